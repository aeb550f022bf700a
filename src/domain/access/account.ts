import type { Role } from './permission.ts'

export type Passkey = {
  readonly credentialId: string
  readonly fingerprint: string
  readonly standing: 'founding' | 'first' | 're-enrolled'
  readonly invitedBy: string | null
  readonly enrolledAt: string
  /** Place in the order of all enrolments, from 0. */
  readonly order: number
  readonly confirmedBy: string | null
  /** A held passkey opens nothing yet; a revoked one never again. */
  readonly state: 'held' | 'active' | 'revoked'
}

export type Invitation = {
  readonly hash: string
  readonly by: string
  readonly expiresAt: string
  readonly purpose: 'first-passkey' | 're-enrolment'
}

export type Token = {
  readonly token: string
  readonly expiresAt: string
  readonly revoked: boolean
}

export type Account = {
  readonly person: string
  readonly email: string | null
  readonly role: Role
  readonly state: 'invited' | 'active' | 'disabled'
  readonly invitation: Invitation | null
  readonly passkeys: readonly Passkey[]
  readonly tokens: readonly Token[]
}

export type Accounts = ReadonlyMap<string, Account>

/** So long a re-enrolled passkey waits when nobody else is there to confirm it. */
export const heldHours = 72

const confirmerRoles: readonly Role[] = ['administrator', 'security-lead']

/**
 * Whether a passkey may carry approvals. An administrator makes the invitation links, so one could
 * enrol a passkey of his own under another's name. Therefore a third person who was here before,
 * neither the holder nor whoever made the link, has to vouch for it. Where nobody else is (the
 * first steps of a small company) it may sign, and a check shows it until somebody has vouched.
 */
export function maySign(accounts: Accounts, person: string, credentialId: string): boolean {
  const holder = accounts.get(person)
  const passkey = holder?.passkeys.find((one) => one.credentialId === credentialId)
  if (holder?.state !== 'active' || passkey?.state !== 'active') return false
  return isVouchedFor(passkey) || voucherOf(accounts, person, passkey) === undefined
}

/**
 * Somebody who could confirm the passkey and was here before it. Only those who may sign count;
 * that question always goes to earlier passkeys, so it ends.
 */
export function voucherOf(
  accounts: Accounts,
  person: string,
  passkey: Pick<Passkey, 'invitedBy' | 'order'>,
): Account | undefined {
  return [...accounts.values()].find(
    (other) =>
      mayVouchFor(other, person, passkey) &&
      other.passkeys.some(
        (own) => own.order < passkey.order && maySign(accounts, other.person, own.credentialId),
      ),
  )
}

/** Another person with the right role: neither the holder nor the one who made the link. */
export function mayVouchFor(
  other: Account,
  person: string,
  passkey: Pick<Passkey, 'invitedBy'>,
): boolean {
  return (
    other.person !== person &&
    other.person !== passkey.invitedBy &&
    other.state === 'active' &&
    confirmerRoles.includes(other.role)
  )
}

/** Whether a held passkey may be used from now on although nobody has confirmed it. */
export function isReleasable(
  accounts: Accounts,
  person: string,
  passkey: Passkey,
  at: string,
): boolean {
  const waitedMs = Date.parse(at) - Date.parse(passkey.enrolledAt)
  return waitedMs >= heldHours * 3_600_000 && voucherOf(accounts, person, passkey) === undefined
}

/** The founding passkey came with the set-up link of the machine itself. */
function isVouchedFor(passkey: Passkey): boolean {
  return passkey.standing === 'founding' || passkey.confirmedBy !== null
}
