import { refuse, type Context } from '../decider.ts'
import type { AccessDecider, Access, Decision, Of } from './commands.ts'
import { cancelled, leavesNoAdministrator, revocations, tokenRevocations } from './endings.ts'
import { admit, confirm, enrol, invite, refuseEnrolment } from './enrolment.ts'
import type { AccessEvent } from './events.ts'
import { evolveAccess } from './evolve.ts'
import { guestRoles, may } from './permission.ts'

const tokensMax = 20
const tokenDaysMax = 365
const dayMs = 86_400_000

/** People's accounts here: who may come in, as what, with which passkey, and who vouched for it. */
export const access: AccessDecider = {
  initial: { accounts: new Map(), enrolments: 0 },
  decide(command, state, context) {
    switch (command.type) {
      case 'found':
        return found(command, state)
      case 'invite':
        return invite(command, state, context)
      case 'enrol':
        return enrol(command, state, context)
      case 'confirm-passkey':
        return confirm(command, state, context)
      case 'refuse-enrolment':
        return refuseEnrolment(command.person, state)
      case 'change-role':
        return changeRole(command, state, context)
      case 'disable':
        return disable(command, state, context)
      case 'create-token':
        return createToken(command, state, context)
      case 'revoke-token':
        return revokeToken(command.token, state, context)
      case 'admit':
        return admit(command, state, context)
      case 'record-token-use':
      case 'record-sign-in':
      case 'record-sign-out':
      case 'record-failed-sign-ins':
        return [recorded(command)]
    }
  },
  evolve: evolveAccess,
}

function found(command: Of<'found'>, state: Access): Decision {
  if (state.accounts.size > 0) return refuse('account-exists')
  const { person, name, email, language, passkey } = command
  return [
    {
      type: 'access.account-opened.v1',
      person,
      name,
      email,
      role: 'administrator',
      language,
      origin: 'set-up',
    },
    {
      type: 'access.passkey-enrolled.v1',
      person,
      ...passkey,
      standing: 'founding',
      invitation: null,
      invitedBy: null,
    },
  ]
}

function changeRole(command: Of<'change-role'>, state: Access, { by }: Context): Decision {
  const { person, role } = command
  if (person === by) return refuse('own-account')
  const account = state.accounts.get(person)
  if (account === undefined) return refuse('account-unknown', person)
  if (account.state === 'disabled') return refuse('account-disabled', person)
  if (account.role === role) return []
  if (guestRoles.includes(account.role) || guestRoles.includes(role)) return refuse('guest-account')
  if (leavesNoAdministrator(state, person, role)) return refuse('last-administrator')
  return [{ type: 'access.role-changed.v1', person, from: account.role, to: role }]
}

function disable(command: Of<'disable'>, state: Access, { by, at }: Context): Decision {
  const { person, reason } = command
  if (person === by) return refuse('own-account')
  const account = state.accounts.get(person)
  if (account === undefined) return refuse('account-unknown', person)
  if (account.state === 'disabled') return []
  if (leavesNoAdministrator(state, person, null)) return refuse('last-administrator')
  return [
    { type: 'access.account-disabled.v1', person, reason },
    ...cancelled(account, at, 'account-disabled'),
    ...revocations(account, (one) => one.state !== 'revoked', 'account-disabled'),
    ...tokenRevocations(account, 'account-disabled'),
  ]
}

function createToken(command: Of<'create-token'>, state: Access, context: Context): Decision {
  const { token, name, scopes, secretHash, expiresAt } = command
  const account = state.accounts.get(context.by)
  if (account === undefined) return refuse('account-unknown', context.by)
  if (account.state !== 'active') return refuse('account-disabled', context.by)
  const beyond = scopes.find((scope) => !may(account.role, scope))
  if (beyond !== undefined) return refuse('scope-beyond-role', beyond)
  const lifetimeMs = Date.parse(expiresAt) - Date.parse(context.at)
  if (lifetimeMs <= 0 || lifetimeMs > tokenDaysMax * dayMs) return refuse('token-lifetime', 'days')
  const live = account.tokens.filter((one) => !one.revoked && one.expiresAt > context.at)
  if (live.length >= tokensMax) return refuse('tokens-too-many', String(tokensMax))
  return [
    {
      type: 'access.token-created.v1',
      token,
      person: context.by,
      name,
      scopes: [...new Set(scopes)].sort(),
      secretHash,
      expiresAt,
    },
  ]
}

function revokeToken(token: string, state: Access, { by }: Context): Decision {
  const own = state.accounts.get(by)?.tokens.find((one) => one.token === token)
  if (own === undefined) return refuse('token-unknown', token)
  return own.revoked ? [] : [{ type: 'access.token-revoked.v1', token, person: by, why: 'asked' }]
}

function recorded(
  command: Of<'record-token-use' | 'record-sign-in' | 'record-sign-out' | 'record-failed-sign-ins'>,
): AccessEvent {
  switch (command.type) {
    case 'record-token-use': {
      const { token, person } = command
      return { type: 'access.token-used.v1', token, person }
    }
    case 'record-sign-in': {
      const { person, credentialId, signCount, backedUp, address } = command
      return { type: 'access.signed-in.v1', person, credentialId, signCount, backedUp, address }
    }
    case 'record-sign-out':
      return { type: 'access.signed-out.v1', person: command.person }
    case 'record-failed-sign-ins': {
      const { reason, person, attempts } = command
      return { type: 'access.sign-in-failed.v1', reason, person, attempts }
    }
  }
}
