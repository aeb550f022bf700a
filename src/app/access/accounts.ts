import { isRefused, refuse } from '../../domain/decider.ts'
import { maySign, mayVouchFor, type Accounts } from '../../domain/access/account.ts'
import { guestRoles, may, type Role } from '../../domain/access/permission.ts'
import type { Handled } from '../engine/engine.ts'
import type { AccessAnswer, AccessParts } from './parts.ts'
import {
  accountRows,
  isKnownPerson,
  livePasskeys,
  namesOf,
  openInvitations,
  personsWithEmail,
  type AccountRow,
  type InvitationRow,
  type PasskeyRow,
} from './reads.ts'
import { hashOf, newSecret } from './secrets.ts'

const invitationHours = { 'first-passkey': 7 * 24, 're-enrolment': 24 } as const
const hourMs = 3_600_000

type Invite = {
  readonly person?: string | undefined
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly language: 'ja' | 'en'
}

type MadeLink = {
  readonly person: string
  readonly link: string
  readonly expiresAt: string
}

type Who = { readonly id: string; readonly name: string | null }
type ShownAccount = {
  readonly person: Who & { readonly email: string | null }
  readonly role: Role
  readonly state: AccountRow['state']
  readonly passkeys: number
  readonly invitedAt: string
  readonly lastSignInAt: string | null
  readonly invitation: {
    readonly by: Who
    readonly expiresAt: string
    readonly purpose: InvitationRow['purpose']
  } | null
  readonly passkey: {
    readonly fingerprint: string
    readonly standing: PasskeyRow['standing']
    readonly state: 'held' | 'active'
    readonly enrolledAt: string
    readonly backedUp: boolean
    readonly invitedBy: Who | null
    readonly confirmedBy: Who | null
    readonly maySign: boolean
    readonly mayConfirm: boolean
  } | null
}

export type AccountCases = {
  readonly list: (by: string) => Promise<ShownAccount[]>
  readonly invite: (asked: Invite, by: string) => AccessAnswer<MadeLink>
  /**
   * For whoever runs the program: a link for somebody who can no longer come in. It is an entry like
   * any other, and the passkey waits like any other.
   */
  readonly recover: (email: string) => AccessAnswer<MadeLink>
  readonly changeRole: (person: string, role: Role, by: string) => AccessAnswer<Handled>
  readonly disable: (person: string, reason: string, by: string) => AccessAnswer<Handled>
  /** Of one's own account, or of anybody's for those who may confirm. */
  readonly refuseEnrolment: (
    person: string,
    asker: { readonly person: string; readonly role: Role },
  ) => AccessAnswer<Handled>
}

export function openAccounts(parts: AccessParts): AccountCases {
  const { room, sessions } = parts
  return {
    list: (by) => listAccounts(parts, by),
    invite: (asked, by) => invite(parts, asked, by),
    recover: (email) => recover(parts, email),
    async changeRole(person, role, by) {
      const done = await room.handle({ type: 'change-role', person, role }, { by })
      if (!isRefused(done) && done.last !== null) await sessions.endAll(person)
      return done
    },
    async disable(person, reason, by) {
      const done = await room.handle({ type: 'disable', person, reason }, { by })
      if (!isRefused(done)) await sessions.endAll(person)
      return done
    },
    async refuseEnrolment(person, asker) {
      const own = person === asker.person
      if (!own && !may(asker.role, 'accounts.confirm'))
        return refuse('enrolment-of-another', person)
      return room.handle({ type: 'refuse-enrolment', person }, { by: asker.person })
    },
  }
}

/**
 * The link goes to whoever invites, once; only its hash is kept. Somebody on the roster keeps the
 * id that they have there, so that account and person are one.
 */
async function invite(parts: AccessParts, asked: Invite, by: string) {
  const { engine, room, party } = parts
  const views = await engine.views()
  const { name, email, role, language } = asked
  if (asked.person !== undefined && !(await isKnownPerson(views, asked.person))) {
    return refuse('account-unknown', asked.person)
  }
  const accounts = new Map((await accountRows(views)).map((row) => [row.person, row]))
  const listed = await personsWithEmail(views, email)
  const [known, ...others] = listed.filter((person) => !accounts.has(person))
  const person =
    asked.person ?? (known !== undefined && others.length === 0 ? known : engine.newId('per'))
  const secret = newSecret()
  const had = (accounts.get(person)?.passkeys ?? 0) > 0
  const hours = invitationHours[had ? 're-enrolment' : 'first-passkey']
  const expiresAt = new Date(Date.parse(engine.now()) + hours * hourMs).toISOString()
  const done = await room.handle(
    {
      type: 'invite',
      person,
      name,
      email,
      role,
      language,
      invitation: hashOf(secret),
      expiresAt,
    },
    { by },
  )
  if (isRefused(done)) return done
  return { person, link: `${party.origin}/invitations/${secret}`, expiresAt }
}

async function recover(parts: AccessParts, email: string) {
  const rows = await accountRows(await parts.engine.views())
  const row = rows.find((one) => one.email?.toLowerCase() === email.toLowerCase())
  if (row?.email === undefined || row.email === null || row.state === 'disabled') {
    return refuse('account-unknown', email)
  }
  const { person, role, language } = row
  const name = row.name ?? row.email
  return invite(parts, { person, name, email: row.email, role, language }, 'system:terminal')
}

async function listAccounts({ engine, room }: AccessParts, by: string): Promise<ShownAccount[]> {
  const views = await engine.views()
  const names = await namesOf(views)
  const who = (id: string): Who => ({ id, name: names.get(id) ?? null })
  const passkeys = await livePasskeys(views)
  const invitations = await openInvitations(views)
  const { accounts } = await room.state('access')
  const at = engine.now()
  return (await accountRows(views)).map((row) => {
    const invitation = invitations.findLast((one) => one.person === row.person)
    const passkey = passkeys.find((one) => one.person === row.person)
    return {
      person: { ...who(row.person), email: row.email },
      role: row.role,
      state: row.state,
      passkeys: row.passkeys,
      invitedAt: row.invited_at,
      lastSignInAt: row.last_sign_in_at,
      invitation:
        invitation === undefined
          ? null
          : {
              by: who(invitation.invited_by),
              expiresAt: invitation.expires_at,
              purpose: invitation.purpose,
            },
      passkey: passkey === undefined ? null : shownPasskey(passkey, accounts, { by, at }, who),
    }
  })
}

function shownPasskey(
  passkey: PasskeyRow,
  accounts: Accounts,
  asking: { readonly by: string; readonly at: string },
  who: (id: string) => Who,
): NonNullable<ShownAccount['passkey']> {
  const {
    person,
    fingerprint,
    standing,
    invited_by: invitedBy,
    confirmed_by: confirmedBy,
  } = passkey
  const { by, at } = asking
  const asker = accounts.get(by)
  // A guest's first passkey is vouched for by his own side.
  const isOurs =
    passkey.state === 'held' || !guestRoles.includes(accounts.get(person)?.role ?? 'employee')
  return {
    fingerprint,
    standing,
    state: passkey.state === 'held' ? 'held' : 'active',
    enrolledAt: passkey.created_at,
    backedUp: passkey.backed_up,
    invitedBy: invitedBy === null ? null : who(invitedBy),
    confirmedBy: confirmedBy === null ? null : who(confirmedBy),
    maySign: maySign(accounts, person, passkey.credential_id, at),
    mayConfirm:
      standing !== 'founding' &&
      isOurs &&
      confirmedBy === null &&
      asker !== undefined &&
      mayVouchFor(asker, person, { invitedBy }),
  }
}
