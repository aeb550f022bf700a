import { z } from 'zod'
import { signature } from '../signature.ts'
import { permissions, roles } from './permission.ts'

const person = z.string().regex(/^per_[0-9a-z]{26}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.iso.datetime()
const role = z.enum(roles)
const credentialId = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/)

/** Somebody was given a place here: by the set-up link, or by an administrator's invitation. */
const accountOpened = z.strictObject({
  type: z.literal('access.account-opened.v1'),
  person,
  /** Null once the person's key was destroyed. */
  name: z.string().min(1).max(200).nullable(),
  email: z.string().min(3).max(320).nullable(),
  role,
  language: z.enum(['ja', 'en']),
  origin: z.enum(['set-up', 'invitation']),
})

/** A link was made with which a passkey can be enrolled. Only the digest of its secret is kept. */
const invited = z.strictObject({
  type: z.literal('access.invited.v1'),
  person,
  /** SHA-256 of the link's secret. */
  invitation: sha256,
  expiresAt: instant,
  purpose: z.enum(['first-passkey', 're-enrolment']),
  /** Whether the account had been disabled and waits for a passkey again. */
  reopens: z.boolean(),
})

const passkeyEnrolled = z.strictObject({
  type: z.literal('access.passkey-enrolled.v1'),
  person,
  credentialId,
  /** COSE key (RFC 9052) of an ES256 credential, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{1,400}$/),
  /** SHA-256 of the SSH public key line's blob, as `ssh-keygen -l` prints it: people compare this. */
  fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  /** Relying party and origin for which the passkey was made. */
  rpId: z.string().min(1).max(253),
  origin: z.string().min(1).max(300),
  /** Model of the authenticator; zeros when it does not say. */
  /** Makers choose all 128 bits: Google's own is no UUID of any version. */
  aaguid: z.guid(),
  signCount: z.int().min(0).max(4_294_967_295),
  /** Whether the passkey can leave the device, and whether it has. */
  backupEligible: z.boolean(),
  backedUp: z.boolean(),
  transports: z.array(z.string().max(20)).max(10),
  /** How it came: with the set-up, as a person's first one, or in place of a lost one. */
  standing: z.enum(['founding', 'first', 're-enrolled']),
  /** The link that was used (SHA-256 of its secret) and whoever made it; null for the founding one. */
  invitation: sha256.nullable(),
  invitedBy: z.string().min(1).max(60).nullable(),
})

/** Another person has compared the fingerprint with the holder and vouches for it with a signature. */
const passkeyConfirmed = z.strictObject({
  type: z.literal('access.passkey-confirmed.v1'),
  person,
  credentialId,
  signature,
})

/** A held passkey became usable because nobody else was there to confirm it and the wait is over. */
const passkeyReleased = z.strictObject({
  type: z.literal('access.passkey-released.v1'),
  person,
  credentialId,
})

const passkeyRevoked = z.strictObject({
  type: z.literal('access.passkey-revoked.v1'),
  person,
  credentialId,
  why: z.enum(['replaced', 'refused', 'account-disabled']),
})

const invitationCancelled = z.strictObject({
  type: z.literal('access.invitation-cancelled.v1'),
  person,
  invitation: sha256,
  why: z.enum(['replaced', 'refused', 'account-disabled']),
})

const roleChanged = z.strictObject({
  type: z.literal('access.role-changed.v1'),
  person,
  from: role,
  to: role,
})

const accountDisabled = z.strictObject({
  type: z.literal('access.account-disabled.v1'),
  person,
  reason: z.string().min(1).max(500).nullable(),
})

const tokenCreated = z.strictObject({
  type: z.literal('access.token-created.v1'),
  token: z.string().regex(/^tok_[0-9a-z]{26}$/),
  person,
  name: z.string().min(1).max(100).nullable(),
  scopes: z.array(z.enum(permissions)).min(1).max(60),
  secretHash: sha256,
  expiresAt: instant,
})

const tokenRevoked = z.strictObject({
  type: z.literal('access.token-revoked.v1'),
  token: z.string().regex(/^tok_[0-9a-z]{26}$/),
  person,
  why: z.enum(['asked', 'account-disabled', 're-enrolled']),
})

/** A program used a token on a day; said once a day, so that unused tokens can be told. */
const tokenUsed = z.strictObject({
  type: z.literal('access.token-used.v1'),
  token: z.string().regex(/^tok_[0-9a-z]{26}$/),
  person,
})

const signedIn = z.strictObject({
  type: z.literal('access.signed-in.v1'),
  person,
  credentialId,
  signCount: z.int().min(0).max(4_294_967_295),
  backedUp: z.boolean(),
  address: z.string().max(64).nullable(),
})

const signedOut = z.strictObject({
  type: z.literal('access.signed-out.v1'),
  person,
})

/** Attempts that failed for one reason, gathered over a short while so that nobody floods the log. */
const signInFailed = z.strictObject({
  type: z.literal('access.sign-in-failed.v1'),
  reason: z.enum([
    'passkey-unknown',
    'passkey-revoked',
    'passkey-held',
    'passkey-copied',
    'signature-invalid',
    'account-disabled',
  ]),
  /** Whose passkey it was; null when it is nobody's. */
  person: person.nullable(),
  attempts: z.int().min(1),
})

export const accessEvent = z.discriminatedUnion('type', [
  accountOpened,
  invited,
  passkeyEnrolled,
  passkeyConfirmed,
  passkeyReleased,
  passkeyRevoked,
  invitationCancelled,
  roleChanged,
  accountDisabled,
  tokenCreated,
  tokenRevoked,
  tokenUsed,
  signedIn,
  signedOut,
  signInFailed,
])
export type AccessEvent = z.infer<typeof accessEvent>
export type SignInFailure = z.infer<typeof signInFailed>['reason']

/** Where these events hold personal data: encrypted under the key of that person. */
export const accessPersonal = {
  'access.account-opened.v1': { subject: 'person', fields: ['name', 'email'] },
  'access.account-disabled.v1': { subject: 'person', fields: ['reason'] },
  'access.token-created.v1': { subject: 'person', fields: ['name'] },
  'access.signed-in.v1': { subject: 'person', fields: ['address'] },
} as const
