import { refuse, type Context } from '../decider.ts'
import { isReleasable, maySign, mayVouchFor } from './account.ts'
import type { Access, Decision, Of } from './commands.ts'
import { cancelled, leavesNoAdministrator, revocations, takesOver } from './endings.ts'
import type { AccessEvent } from './events.ts'
import { guestRoles } from './permission.ts'

/** A new account, or a new link for an account that has one (a lost passkey, a lost link). */
export function invite(command: Of<'invite'>, state: Access, { by, at }: Context): Decision {
  const { person, name, email, role, language, invitation } = command
  if (person === by) return refuse('own-account')
  const account = state.accounts.get(person)
  const holder = [...state.accounts.values()].find((other) => sameEmail(other.email, email))
  if (holder !== undefined && holder.person !== person) return refuse('email-in-use', 'email')
  const had = account !== undefined && account.passkeys.length > 0
  const invited: AccessEvent = {
    type: 'access.invited.v1',
    person,
    invitation,
    expiresAt: command.expiresAt,
    purpose: had ? 're-enrolment' : 'first-passkey',
    reopens: account?.state === 'disabled',
  }
  if (account === undefined) {
    return [
      {
        type: 'access.account-opened.v1',
        person,
        name,
        email,
        role,
        language,
        origin: 'invitation',
      },
      invited,
    ]
  }
  const events: AccessEvent[] = cancelled(account, at, 'replaced')
  if (account.role !== role) {
    if (guestRoles.includes(account.role) || guestRoles.includes(role)) {
      return refuse('guest-account', person)
    }
    if (leavesNoAdministrator(state, person, role)) return refuse('last-administrator')
    events.push({ type: 'access.role-changed.v1', person, from: account.role, to: role })
  }
  return [...events, invited]
}

/** The link's holder enrols a passkey; in place of a lost one it is held until another confirms it. */
export function enrol(command: Of<'enrol'>, state: Access, { at }: Context): Decision {
  const all = [...state.accounts.values()]
  const account = all.find((one) => one.invitation?.hash === command.invitation)
  const invitation = account?.invitation
  if (account === undefined || invitation === undefined || invitation === null) {
    return refuse('invitation-unknown')
  }
  if (invitation.expiresAt <= at) return refuse('invitation-expired')
  const { passkey } = command
  const known = all.some((one) =>
    one.passkeys.some(({ credentialId }) => credentialId === passkey.credentialId),
  )
  if (known) return refuse('passkey-known')
  return [
    // An earlier re-enrolment that nobody confirmed makes room for this one.
    ...revocations(account, (one) => one.state === 'held', 'replaced'),
    {
      type: 'access.passkey-enrolled.v1',
      person: account.person,
      ...passkey,
      standing: invitation.purpose === 'first-passkey' ? 'first' : 're-enrolled',
      invitation: invitation.hash,
      invitedBy: invitation.by,
    },
  ]
}

/** Somebody else vouches that the passkey is in the hands of the person whose name it bears. */
export function confirm(
  command: Of<'confirm-passkey'>,
  state: Access,
  { by, at }: Context,
): Decision {
  const { person, credentialId, signature } = command
  const account = state.accounts.get(person)
  if (account === undefined) return refuse('account-unknown', person)
  const passkey = account.passkeys.find((one) => one.credentialId === credentialId)
  if (passkey === undefined) return refuse('passkey-unknown')
  if (passkey.state === 'revoked') return refuse('passkey-revoked')
  const confirmer = state.accounts.get(by)
  if (confirmer === undefined || !mayVouchFor(confirmer, person, passkey)) {
    return refuse('confirmer-not-third')
  }
  if (!maySign(state.accounts, by, signature.credentialId, at))
    return refuse('confirmer-unconfirmed')
  if (passkey.confirmedBy !== null) return []
  return [
    { type: 'access.passkey-confirmed.v1', person, credentialId, signature },
    ...(passkey.state === 'held' ? takesOver(account, passkey) : []),
  ]
}

/** "I did not ask for this": the pending link and the held passkey end, the old one stays. */
export function refuseEnrolment(person: string, state: Access): Decision {
  const account = state.accounts.get(person)
  if (account === undefined) return refuse('account-unknown', person)
  const held = revocations(account, (one) => one.state === 'held', 'refused')
  const link: AccessEvent[] =
    account.invitation === null
      ? []
      : [
          {
            type: 'access.invitation-cancelled.v1',
            person,
            invitation: account.invitation.hash,
            why: 'refused',
          },
        ]
  const events = [...link, ...held]
  return events.length === 0 ? refuse('nothing-to-refuse', person) : events
}

export function admit(command: Of<'admit'>, state: Access, { at }: Context): Decision {
  const { person, credentialId } = command
  const account = state.accounts.get(person)
  const passkey = account?.passkeys.find((one) => one.credentialId === credentialId)
  if (account === undefined || passkey === undefined) return refuse('passkey-unknown')
  if (account.state === 'disabled') return refuse('account-disabled', person)
  switch (passkey.state) {
    case 'active':
      return []
    case 'revoked':
      return refuse('passkey-revoked')
    case 'held':
      if (!isReleasable(state.accounts, person, passkey, at)) return refuse('passkey-held')
      return [
        { type: 'access.passkey-released.v1', person, credentialId },
        ...takesOver(account, passkey),
      ]
  }
}

function sameEmail(one: string | null, other: string): boolean {
  return one !== null && one.toLowerCase() === other.toLowerCase()
}
