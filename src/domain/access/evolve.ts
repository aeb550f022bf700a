import type { Context } from '../decider.ts'
import { confirmerRoles, type Account, type Passkey } from './account.ts'
import type { Access } from './commands.ts'
import type { AccessEvent } from './events.ts'

/** The accounts after the event; events about people who are not there change nothing. */
export function evolveAccess(state: Access, event: AccessEvent, context: Context): Access {
  switch (event.type) {
    case 'access.account-opened.v1':
      return withAccount(state, opening(event))
    case 'access.invited.v1':
      return change(state, event.person, (account) => ({
        ...account,
        state: event.reopens ? 'invited' : account.state,
        invitation: {
          hash: event.invitation,
          by: context.by,
          expiresAt: event.expiresAt,
          purpose: event.purpose,
        },
      }))
    case 'access.invitation-cancelled.v1':
      return change(state, event.person, (account) => ({ ...account, invitation: null }))
    case 'access.passkey-enrolled.v1':
      return enrolled(state, event, context)
    case 'access.passkey-confirmed.v1':
      return change(state, event.person, (account) =>
        opened(account, event.credentialId, { confirmedBy: context.by }),
      )
    case 'access.passkey-released.v1':
      return change(state, event.person, (account) => opened(account, event.credentialId, {}))
    case 'access.passkey-revoked.v1':
      return change(state, event.person, (account) =>
        withPasskey(account, event.credentialId, { state: 'revoked' }),
      )
    case 'access.role-changed.v1':
      return change(state, event.person, (account) => ({
        ...outOfOffice(account, !confirmerRoles.includes(event.to), context.at),
        role: event.to,
      }))
    case 'access.account-disabled.v1':
      return change(state, event.person, (account) => ({
        ...outOfOffice(account, true, context.at),
        state: 'disabled',
      }))
    case 'access.token-created.v1':
      return change(state, event.person, (account) => ({
        ...account,
        tokens: [
          ...account.tokens,
          { token: event.token, expiresAt: event.expiresAt, revoked: false },
        ],
      }))
    case 'access.token-revoked.v1':
      return change(state, event.person, (account) => ({
        ...account,
        tokens: account.tokens.map((one) =>
          one.token === event.token ? { ...one, revoked: true } : one,
        ),
      }))
    case 'access.token-used.v1':
    case 'access.signed-in.v1':
    case 'access.signed-out.v1':
    case 'access.sign-in-failed.v1':
      return state
  }
}

function opening({
  person,
  email,
  role,
}: Extract<AccessEvent, { type: 'access.account-opened.v1' }>): Account {
  return {
    person,
    email,
    role,
    state: 'invited',
    invitation: null,
    passkeys: [],
    leftOffice: null,
    tokens: [],
  }
}

function enrolled(
  state: Access,
  event: Extract<AccessEvent, { type: 'access.passkey-enrolled.v1' }>,
  { at }: Context,
): Access {
  const { person, credentialId, publicKey, rpId, fingerprint, standing, invitedBy } = event
  const held = standing === 're-enrolled'
  const passkey: Passkey = {
    credentialId,
    publicKey,
    rpId,
    fingerprint,
    standing,
    invitedBy,
    enrolledAt: at,
    order: state.enrolments,
    confirmedBy: null,
    state: held ? 'held' : 'active',
  }
  const next = change(state, person, (account) => ({
    ...account,
    state: held ? account.state : 'active',
    invitation: null,
    passkeys: [...account.passkeys, passkey],
  }))
  return { ...next, enrolments: state.enrolments + 1 }
}

/** The passkey opens the account from now on. */
function opened(account: Account, credentialId: string, changes: Partial<Passkey>): Account {
  const next = withPasskey(account, credentialId, { ...changes, state: 'active' })
  return { ...next, state: account.state === 'invited' ? 'active' : account.state }
}

/** Remembers when somebody who could vouch stopped being able to. */
function outOfOffice(account: Account, leaves: boolean, at: string): Account {
  const orders = account.passkeys.filter((one) => one.state === 'active').map((one) => one.order)
  const inOffice = account.state === 'active' && confirmerRoles.includes(account.role)
  if (!leaves || !inOffice || orders.length === 0) return account
  return { ...account, leftOffice: { at, order: Math.min(...orders) } }
}

function withPasskey(account: Account, credentialId: string, changes: Partial<Passkey>): Account {
  return {
    ...account,
    passkeys: account.passkeys.map((one) =>
      one.credentialId === credentialId ? { ...one, ...changes } : one,
    ),
  }
}

function change(state: Access, person: string, to: (account: Account) => Account): Access {
  const account = state.accounts.get(person)
  return account === undefined ? state : withAccount(state, to(account))
}

function withAccount(state: Access, account: Account): Access {
  return { ...state, accounts: new Map(state.accounts).set(account.person, account) }
}
