import type { Account, Passkey } from './account.ts'
import type { Access } from './commands.ts'
import type { AccessEvent } from './events.ts'
import type { Role } from './permission.ts'

/** A passkey takes the place of a lost one: whatever the old one opened is closed. */
export function takesOver(account: Account, passkey: Passkey): AccessEvent[] {
  const others = (one: Passkey) =>
    one.credentialId !== passkey.credentialId && one.state !== 'revoked'
  return [...revocations(account, others, 'replaced'), ...tokenRevocations(account, 're-enrolled')]
}

export function revocations(
  { person, passkeys }: Account,
  which: (passkey: Passkey) => boolean,
  why: 'replaced' | 'refused' | 'account-disabled',
): AccessEvent[] {
  return passkeys.filter(which).map(({ credentialId }) => ({
    type: 'access.passkey-revoked.v1',
    person,
    credentialId,
    why,
  }))
}

export function tokenRevocations(
  { person, tokens }: Account,
  why: 'account-disabled' | 're-enrolled',
): AccessEvent[] {
  return tokens
    .filter((one) => !one.revoked)
    .map(({ token }) => ({ type: 'access.token-revoked.v1', token, person, why }))
}

export function cancelled(
  { person, invitation }: Account,
  at: string,
  why: 'replaced' | 'account-disabled',
): AccessEvent[] {
  if (invitation === null || invitation.expiresAt <= at) return []
  return [{ type: 'access.invitation-cancelled.v1', person, invitation: invitation.hash, why }]
}

/** Whether nobody could administer any more if this person had that role (or none). */
export function leavesNoAdministrator(state: Access, person: string, role: Role | null): boolean {
  const account = state.accounts.get(person)
  if (account?.role !== 'administrator' || account.state !== 'active') return false
  if (role === 'administrator') return false
  return ![...state.accounts.values()].some(
    (other) =>
      other.person !== person && other.role === 'administrator' && other.state === 'active',
  )
}
