import { openCheckpoint } from './checkpoint.ts'
import type { OpenedCheckpoint } from './checkpoint.ts'
import { equalBytes, parseDecimal, parseUtf8 } from './encoding.ts'
import { parseVerifierKey } from './keys.ts'
import type { KeyType, VerifierKey } from './keys.ts'
import { LedgerError } from './ledger-error.ts'
import type { VerifiedSignature } from './note.ts'

/** Whom to believe about a log (tlog-policy). */
export type Policy = {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  /** In the order of the file: a group's members come before it. */
  readonly groups: readonly PolicyGroup[]
  /** The name of a witness or group, or `none`. */
  readonly quorum: string
}

/** The name of the key is the log's origin. */
type PolicyLog = { readonly key: VerifierKey; readonly url: string | undefined }

/** `url` should be the prefix to which checkpoints are submitted. */
export type PolicyWitness = {
  readonly name: string
  readonly key: VerifierKey
  readonly url: string | undefined
}

type PolicyGroup = {
  readonly name: string
  /** How many members must have witnessed: from 1 to all. */
  readonly threshold: number
  readonly members: readonly string[]
}

export const POLICY_BYTES_MAX = 262_144

/** Throws `policy-malformed`, or `key-…` for a key that cannot be used; both name the line. */
export function parsePolicy(file: Uint8Array): Policy {
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: [],
    quorum: undefined,
    members: new Set(),
  }
  for (const [at, line] of linesOf(file).entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words[0] === undefined || words[0].startsWith('#')) continue
    try {
      readLine(draft, words)
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      throw new LedgerError(error.code, `line ${at + 1} of the policy: ${error.message}`)
    }
  }
  const { logs, witnesses, groups, quorum } = draft
  if (quorum === undefined) throw malformed('the policy has no quorum line')
  return { logs, witnesses, groups, quorum }
}

/** True when the witnesses that made these cosignatures are enough. */
export function isQuorumMet(policy: Policy, cosignatures: readonly VerifiedSignature[]): boolean {
  const witnessed = new Set([NONE, ...cosignersOf(policy, cosignatures)])
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name)
  }
  return witnessed.has(policy.quorum)
}

/** The policy's names of the witnesses that made these cosignatures, each once. */
export function cosignersOf(
  policy: Policy,
  cosignatures: readonly VerifiedSignature[],
): readonly string[] {
  return policy.witnesses
    .filter(({ key }) => cosignatures.some((made) => equalBytes(made.key.publicKey, key.publicKey)))
    .map(({ name }) => name)
}

/**
 * The checkpoint, once one of the policy's logs has signed it and its quorum has cosigned it.
 * Throws as `openCheckpoint`, or `policy-unmet`.
 */
export function verifyCheckpoint(bytes: Uint8Array, policy: Policy): OpenedCheckpoint {
  const opened = openCheckpoint(bytes, keysOf(policy.logs), keysOf(policy.witnesses))
  if (isQuorumMet(policy, opened.cosignatures)) return opened
  const cosigners = cosignersOf(policy, opened.cosignatures).join(', ') || 'nobody'
  throw new LedgerError(
    'policy-unmet',
    `the quorum ${policy.quorum} has not cosigned the checkpoint; ${cosigners} has`,
  )
}

const NONE = 'none'

type Draft = {
  readonly logs: PolicyLog[]
  readonly witnesses: PolicyWitness[]
  readonly groups: PolicyGroup[]
  quorum: string | undefined
  /** Names that some group has as a member: a witness counts in one way only. */
  readonly members: Set<string>
}

/**
 * Names are opaque octets (tlog-policy, "Character set"): both ways of reading them keep different
 * names different.
 */
function linesOf(file: Uint8Array): string[] {
  if (file.byteLength > POLICY_BYTES_MAX) {
    throw malformed(`the policy is over ${POLICY_BYTES_MAX} bytes`)
  }
  const stray = file.findIndex(
    (octet) => (octet < 0x20 && octet !== 9 && octet !== 10) || octet === 127,
  )
  if (stray >= 0) throw malformed(`the policy has a control character: octet ${file[stray]}`)
  const lines = (parseUtf8(file) ?? Buffer.from(file).toString('latin1')).split('\n')
  if (lines.pop() !== '') throw malformed('the last line of the policy does not end')
  return lines
}

function readLine(draft: Draft, [keyword, ...words]: readonly string[]): void {
  if (keyword === 'log') readLog(draft, words)
  else if (keyword === 'witness') readWitness(draft, words)
  else if (keyword === 'group') readGroup(draft, words)
  else if (keyword === 'quorum') readQuorum(draft, words)
  else throw malformed(`${JSON.stringify(keyword)} begins no line of a policy`)
}

function readLog({ logs }: Draft, [vkey, url, ...rest]: readonly string[]): void {
  if (vkey === undefined || rest.length > 0) throw malformed('it should be: log <vkey> [<url>]')
  logs.push({ key: newKey(vkey, 'ed25519', logs), url })
}

function readWitness(draft: Draft, [name, vkey, url, ...rest]: readonly string[]): void {
  if (name === undefined || vkey === undefined || rest.length > 0) {
    throw malformed('it should be: witness <name> <vkey> [<url>]')
  }
  checkNew(draft, name)
  draft.witnesses.push({ name, key: newKey(vkey, 'cosignature', draft.witnesses), url })
}

function readGroup(draft: Draft, [name, rule, ...members]: readonly string[]): void {
  if (name === undefined || rule === undefined || members.length === 0) {
    throw malformed('it should be: group <name> <all, any or a number> <name>...')
  }
  checkNew(draft, name)
  for (const member of members) {
    if (member === NONE || !isDefined(draft, member))
      throw malformed(`${member} is not defined yet`)
    if (draft.members.has(member)) throw malformed(`${member} is already a member of a group`)
    draft.members.add(member)
  }
  const shorthand = rule === 'any' ? 1 : rule === 'all' ? members.length : undefined
  const threshold = shorthand ?? parseDecimal(rule)
  if (threshold === undefined || threshold < 1 || threshold > members.length) {
    throw malformed(`${rule} of ${members.length} members cannot be asked`)
  }
  draft.groups.push({ name, threshold, members })
}

function readQuorum(draft: Draft, [name, ...rest]: readonly string[]): void {
  if (name === undefined || rest.length > 0) throw malformed('it should be: quorum <name>')
  if (draft.quorum !== undefined) throw malformed('the quorum is already given')
  if (name !== NONE && !isDefined(draft, name)) throw malformed(`${name} is not defined yet`)
  draft.quorum = name
}

function checkNew(draft: Draft, name: string): void {
  if (name === NONE || isDefined(draft, name)) throw malformed(`${name} is already defined`)
}

function isDefined({ witnesses, groups }: Draft, name: string): boolean {
  return [...witnesses, ...groups].some((known) => known.name === name)
}

/** Two keys are the same when their key material is, whatever their names (tlog-policy). */
function newKey(
  vkey: string,
  type: KeyType,
  known: readonly { readonly key: VerifierKey }[],
): VerifierKey {
  const key = parseVerifierKey(vkey)
  if (key.type !== type)
    throw malformed(`the key of ${key.name} is not for this: it is ${key.type}`)
  if (known.some((other) => equalBytes(other.key.publicKey, key.publicKey))) {
    throw malformed(`the key of ${key.name} is already given`)
  }
  return key
}

function keysOf(known: readonly { readonly key: VerifierKey }[]): VerifierKey[] {
  return known.map(({ key }) => key)
}

function malformed(why: string): LedgerError {
  return new LedgerError('policy-malformed', why)
}
