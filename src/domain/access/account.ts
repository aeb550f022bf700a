import { guestRoles, type Role } from './permission.ts'

export type Passkey = {
  readonly credentialId: string
  readonly publicKey: string
  readonly rpId: string
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

type Invitation = {
  readonly hash: string
  readonly by: string
  readonly expiresAt: string
  readonly purpose: 'first-passkey' | 're-enrolment'
}

type Token = {
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
  /** When this account stopped being one that can vouch, and since which enrolment it could. */
  readonly leftOffice: { readonly at: string; readonly order: number } | null
  readonly tokens: readonly Token[]
}

export type Accounts = ReadonlyMap<string, Account>

/**
 * So long a re-enrolled passkey waits when nobody else is there to confirm it. So long, too, those
 * who were disabled or lost their role still count as being there: an insider who first puts the
 * others out of office has to wait in full view.
 */
export const heldHours = 72
const heldMs = heldHours * 3_600_000

export const confirmerRoles: readonly Role[] = ['administrator', 'security-lead']

/**
 * Whether a passkey may carry approvals. An administrator makes the invitation links, so one could
 * enrol a passkey of his own under another's name. Therefore a third person who was here before,
 * neither the holder nor whoever made the link, has to vouch for it. Where nobody else is (the
 * first steps of a small company) it may sign, and a check shows it until somebody has vouched.
 */
export function maySign(
  accounts: Accounts,
  person: string,
  credentialId: string,
  at: string,
): boolean {
  const own = accounts.get(person)?.passkeys.some((one) => one.credentialId === credentialId)
  return own === true && signingPasskeys(accounts, at).has(credentialId)
}

/** Somebody who can confirm the passkey and was here, able to sign, before it. */
function voucherOf(
  accounts: Accounts,
  person: string,
  passkey: Pick<Passkey, 'invitedBy' | 'order'>,
  at: string,
): Account | undefined {
  const signing = signingPasskeys(accounts, at, passkey.order)
  return voucherAmong(accounts, signing, person, passkey, at)
}

/**
 * Every passkey of ours that may sign, judged from the oldest on: each stands on earlier ones only.
 * Guests' are none of them: who vouches for those is their own customer's matter.
 */
function signingPasskeys(accounts: Accounts, at: string, before = Infinity): ReadonlySet<string> {
  const signing = new Set<string>()
  const usable = [...accounts.values()]
    .filter((account) => account.state === 'active' && !guestRoles.includes(account.role))
    .flatMap(({ person, passkeys }) => passkeys.map((passkey) => ({ person, passkey })))
    .filter(({ passkey }) => passkey.state === 'active' && passkey.order < before)
    .sort((one, other) => one.passkey.order - other.passkey.order)
  for (const { person, passkey } of usable) {
    const alone = voucherAmong(accounts, signing, person, passkey, at) === undefined
    if (isVouchedFor(passkey) || alone) signing.add(passkey.credentialId)
  }
  return signing
}

function voucherAmong(
  accounts: Accounts,
  signing: ReadonlySet<string>,
  person: string,
  passkey: Pick<Passkey, 'invitedBy' | 'order'>,
  at: string,
): Account | undefined {
  return [...accounts.values()].find((other) => {
    const { leftOffice } = other
    const justLeft =
      leftOffice !== null &&
      leftOffice.order < passkey.order &&
      Date.parse(at) - Date.parse(leftOffice.at) < heldMs &&
      isThird(other, person, passkey)
    return (
      justLeft ||
      (mayVouchFor(other, person, passkey) &&
        other.passkeys.some((own) => signing.has(own.credentialId)))
    )
  })
}

function isThird(other: Account, person: string, passkey: Pick<Passkey, 'invitedBy'>): boolean {
  return other.person !== person && other.person !== passkey.invitedBy
}

/** Another person with the right role: neither the holder nor the one who made the link. */
export function mayVouchFor(
  other: Account,
  person: string,
  passkey: Pick<Passkey, 'invitedBy'>,
): boolean {
  return (
    isThird(other, person, passkey) &&
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
  return waitedMs >= heldMs && voucherOf(accounts, person, passkey, at) === undefined
}

/** The founding passkey came with the set-up link of the machine itself. */
function isVouchedFor(passkey: Passkey): boolean {
  return passkey.standing === 'founding' || passkey.confirmedBy !== null
}
