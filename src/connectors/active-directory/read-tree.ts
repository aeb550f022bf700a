import { InsufficientAccessError, NoSuchObjectError, type Entry } from 'ldapts'
import { showDeleted, type Connection } from './connection.ts'
import { bytes, guidText, number, text, texts } from './values.ts'

/** What the directory answered. */
export type Tree = {
  readonly reading: 'full' | 'changes'
  readonly top: Entry
  /** Accounts and groups. */
  readonly entries: readonly Entry[]
  /** Every member of a group, by the group's place. */
  readonly members: ReadonlyMap<string, readonly string[]>
  readonly policies: readonly Entry[]
  readonly deleted: readonly Entry[]
  readonly cursor: string
}

const attributes = [
  'objectClass objectGUID objectSid sAMAccountName userPrincipalName displayName cn mail',
  'employeeID employeeNumber userAccountControl pwdLastSet lastLogonTimestamp lastLogon lockoutTime',
  'accountExpires whenCreated uSNChanged primaryGroupID servicePrincipalName member',
  'msDS-AllowedToDelegateTo',
].flatMap((line) => line.split(' '))

const policyAttributes = [
  'name minPwdLength pwdHistoryLength pwdProperties maxPwdAge minPwdAge lockoutThreshold',
  'lockoutDuration lockOutObservationWindow objectSid',
].flatMap((line) => line.split(' '))

const wanted =
  '(|(objectClass=group)(&(objectCategory=person)(objectClass=user))(objectClass=computer)' +
  '(objectClass=msDS-ManagedServiceAccount)(objectClass=msDS-GroupManagedServiceAccount))'

/** Reads everything, or what changed since the cursor when it is of this very server. */
export async function readTree(
  connection: Connection,
  baseDn: string,
  cursor: string | null,
): Promise<Tree> {
  const root = await connection.one('', [
    'highestCommittedUSN',
    'dsServiceName',
    'defaultNamingContext',
  ])
  if (root === null) throw new Error('the directory closed without saying who it is')
  const server = await serverOf(connection, text(root, 'dsServiceName') ?? '')
  const domainDn = text(root, 'defaultNamingContext') ?? baseDn
  const now = number(root, 'highestCommittedUSN') ?? 0
  const since = sinceOf(cursor, server, now)
  const filter = since === null ? wanted : `(&(uSNChanged>=${since + 1})${wanted})`
  const top = await connection.one(domainDn, policyAttributes)
  if (top === null) throw new Error('the directory closed without its domain')
  const policies = await policiesOf(connection, domainDn)
  const asked = [...attributes]
  // Which policy holds is worked out by us, but for policies that the reader may not see.
  if (since === null && policies.length === 0) asked.push('msDS-ResultantPSO')
  const entries = await connection.search(baseDn, { filter, attributes: asked })
  const members = await allMembers(connection, entries)
  const deleted = since === null ? [] : await deletedSince(connection, domainDn, since)
  const reading = since === null ? 'full' : 'changes'
  return { reading, top, entries, members, policies, deleted, cursor: `${server}:${now}` }
}

/** Numbers of changes are each server's own: another server, or one restored, starts anew. */
function sinceOf(cursor: string | null, server: string, now: number): number | null {
  const at = cursor?.lastIndexOf(':') ?? -1
  if (cursor === null || cursor.slice(0, at) !== server) return null
  const since = Number(cursor.slice(at + 1))
  return Number.isSafeInteger(since) && since <= now ? since : null
}

async function serverOf(connection: Connection, settingsDn: string): Promise<string> {
  const settings = await unlessHidden(() => connection.one(settingsDn, ['invocationId']))
  const id = settings === null ? null : bytes(settings, 'invocationId')
  return id?.length === 16 ? guidText(id) : settingsDn.slice(0, 100)
}

/** An ordinary reader gets no policies and no error either. */
async function policiesOf(connection: Connection, domainDn: string): Promise<Entry[]> {
  const place = `CN=Password Settings Container,CN=System,${domainDn}`
  const filter = '(objectClass=msDS-PasswordSettings)'
  return (await unlessHidden(() => connection.search(place, { filter, attributes: ['*'] }))) ?? []
}

async function deletedSince(connection: Connection, domainDn: string, since: number) {
  const filter = `(&(isDeleted=TRUE)(uSNChanged>=${since + 1}))`
  const options = { filter, attributes: ['objectGUID', 'objectClass'] }
  const place = `CN=Deleted Objects,${domainDn}`
  // Ordinary readers may not look there: then the next full reading shows who is gone.
  return (await unlessHidden(() => connection.search(place, options, showDeleted()))) ?? []
}

async function unlessHidden<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof NoSuchObjectError || error instanceof InsufficientAccessError) return null
    throw error
  }
}

const ROUNDS_MAX = 10_000

/** A directory gives 1,500 members at a time and says so in the attribute's name. */
async function allMembers(
  connection: Connection,
  entries: readonly Entry[],
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const entry of entries) {
    if (!texts(entry, 'objectClass').includes('group')) continue
    const members = texts(entry, 'member')
    let part = rangeOf(entry)
    for (let round = 0; part !== null; round += 1) {
      if (round > ROUNDS_MAX) throw new Error('the members of a group never end')
      members.push(...texts(entry, part.name), ...part.more)
      if (part.next === null) break
      const next = await connection.one(entry.dn, [`member;range=${part.next}-*`])
      const following = next === null ? null : rangeOf(next)
      if (next === null || following === null)
        throw new Error('the connection closed within a group')
      members.push(...texts(next, following.name))
      part = following.next === null ? null : { ...following, name: '', more: [] }
    }
    found.set(entry.dn, members)
  }
  return found
}

type Range = { readonly name: string; readonly next: number | null; readonly more: string[] }

function rangeOf(entry: Entry): Range | null {
  const name = Object.keys(entry).find((one) => /^member;range=/i.test(one))
  if (name === undefined) return null
  const [, last = '*'] = /range=\d+-(\d+|\*)$/i.exec(name) ?? []
  return { name, next: last === '*' ? null : Number(last) + 1, more: [] }
}
