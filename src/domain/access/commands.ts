import type { Decider } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { Accounts } from './account.ts'
import type { AccessEvent, SignInFailure } from './events.ts'
import type { Grant, Role } from './permission.ts'

/** What a browser's new passkey said, after the library has verified it. */
export type NewPasskey = Omit<
  Extract<AccessEvent, { type: 'access.passkey-enrolled.v1' }>,
  'type' | 'person' | 'standing' | 'invitation' | 'invitedBy'
>

export type AccessCommand =
  | {
      readonly type: 'found'
      readonly person: string
      readonly name: string
      readonly email: string
      readonly language: 'ja' | 'en'
      readonly passkey: NewPasskey
    }
  | {
      readonly type: 'invite'
      readonly person: string
      readonly name: string
      readonly email: string
      readonly role: Role
      readonly language: 'ja' | 'en'
      readonly invitation: string
      readonly expiresAt: string
    }
  | { readonly type: 'enrol'; readonly invitation: string; readonly passkey: NewPasskey }
  | {
      readonly type: 'confirm-passkey'
      readonly person: string
      readonly credentialId: string
      readonly signature: Signature
    }
  | { readonly type: 'refuse-enrolment'; readonly person: string }
  | { readonly type: 'change-role'; readonly person: string; readonly role: Role }
  | { readonly type: 'disable'; readonly person: string; readonly reason: string }
  | {
      readonly type: 'create-token'
      readonly token: string
      readonly name: string
      readonly scopes: readonly Grant[]
      readonly secretHash: string
      readonly expiresAt: string
    }
  | { readonly type: 'revoke-token'; readonly token: string }
  | { readonly type: 'record-token-use'; readonly token: string; readonly person: string }
  /** Asks under the lock whether a passkey opens the door; releases a held one whose wait is over. */
  | { readonly type: 'admit'; readonly person: string; readonly credentialId: string }
  | {
      readonly type: 'record-sign-in'
      readonly person: string
      readonly credentialId: string
      readonly signCount: number
      readonly backedUp: boolean
      readonly address: string | null
    }
  | { readonly type: 'record-sign-out'; readonly person: string }
  | {
      readonly type: 'record-failed-sign-ins'
      readonly reason: SignInFailure
      readonly person: string | null
      readonly attempts: number
    }

export type AccessRefusal =
  | 'account-unknown'
  | 'account-exists'
  | 'account-disabled'
  | 'own-account'
  | 'email-in-use'
  | 'last-administrator'
  | 'guest-account'
  | 'invitation-unknown'
  | 'invitation-expired'
  | 'passkey-known'
  | 'passkey-unknown'
  | 'passkey-held'
  | 'passkey-revoked'
  | 'confirmer-not-third'
  | 'confirmer-unconfirmed'
  | 'nothing-to-refuse'
  | 'scope-beyond-role'
  | 'token-unknown'
  | 'token-lifetime'
  | 'tokens-too-many'

export type Access = { readonly accounts: Accounts; readonly enrolments: number }

export type AccessDecider = Decider<AccessCommand, Access, AccessEvent, AccessRefusal>
export type Decision = ReturnType<AccessDecider['decide']>
/** The command of that name. */
export type Of<T extends AccessCommand['type']> = Extract<AccessCommand, { type: T }>
