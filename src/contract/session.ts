import { z } from 'zod'
import { permissions } from '../domain/access/permission.ts'
import { customerActs } from './customer-acts.ts'
import { route } from './route.ts'
import {
  category,
  credential,
  day,
  done,
  houseRole,
  instant,
  language,
  personId,
  role,
  shown,
  signature,
  text,
  tokenId,
  who,
} from './shared.ts'

const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Who is signed in, and what the page needs before anything else. */
export const getSession = route({
  id: 'getSession',
  method: 'get',
  path: '/api/session',
  permission: 'public',
  summary: 'Who is signed in, and whether this installation is set up',
  response: z.object({
    setUp: z.boolean(),
    demonstration: z.boolean(),
    person: who.extend({ email: z.string().nullable(), role }).nullable(),
    permissions: z.array(z.enum(permissions)),
    organisation: z
      .object({ name: shown, timeZone: z.string(), categories: z.array(category) })
      .nullable(),
    /** Sent back in the `x-csrf-token` header of every request that changes something. */
    csrfToken: z.string().nullable(),
    /** Today in the organisation's zone, and the first day that can be shown. */
    today: day,
    firstDay: day,
    /** What this person should know at once, such as a passkey that somebody asks for in their name. */
    notices: z.array(
      z.object({
        code: z.enum([
          'enrolment-pending',
          'passkey-held',
          'passkey-unconfirmed',
          'confirmation-waiting',
        ]),
        message: shown,
        /** Whose account it is about. */
        about: who,
      }),
    ),
  }),
})

export const setUpOptions = route({
  id: 'setUpOptions',
  method: 'post',
  path: '/api/set-up/options',
  permission: 'public',
  summary: 'Passkey creation options for the first administrator (needs the set-up link)',
  body: z.object({
    token: secret,
    name: z.string().trim().min(1).max(200),
    email: z.email().max(320),
  }),
  response: z.record(z.string(), z.unknown()),
})

export const setUp = route({
  id: 'setUp',
  method: 'post',
  path: '/api/set-up',
  permission: 'public',
  summary: 'Set up the organisation and its first administrator, once',
  body: z.object({
    token: secret,
    organisation: z.object({ name: text, timeZone: z.string().min(1).max(60) }),
    categories: z.array(category).min(1),
    administrator: z.object({ name: z.string().trim().min(1).max(200), email: z.email().max(320) }),
    credential,
  }),
  response: done,
})

export const signInOptions = route({
  id: 'signInOptions',
  method: 'post',
  path: '/api/sign-in/options',
  permission: 'public',
  summary: 'Passkey request options for signing in',
  response: z.record(z.string(), z.unknown()),
})

export const signIn = route({
  id: 'signIn',
  method: 'post',
  path: '/api/sign-in',
  permission: 'public',
  summary: 'Sign in with a passkey',
  body: z.object({ credential }),
  response: z.object({ person: who }),
})

export const signOut = route({
  id: 'signOut',
  method: 'post',
  path: '/api/sign-out',
  permission: 'any-account',
  summary: 'End this session',
  response: z.object({ ended: z.literal(true) }),
})

export const listAccounts = route({
  id: 'listAccounts',
  method: 'get',
  path: '/api/accounts',
  permission: 'accounts.read',
  summary: 'Accounts of this installation, with role, passkeys and state',
  response: z.array(
    z.object({
      person: who.extend({ email: z.string().nullable() }),
      role,
      state: z.enum(['invited', 'active', 'disabled']),
      passkeys: z.int(),
      invitedAt: instant,
      lastSignInAt: instant.nullable(),
      /** A link that is still open, and whether it replaces a lost passkey. */
      invitation: z
        .object({ by: who, expiresAt: instant, purpose: z.enum(['first-passkey', 're-enrolment']) })
        .nullable(),
      /** The newest passkey that is not revoked: people compare its fingerprint before they vouch. */
      passkey: z
        .object({
          fingerprint: z.string(),
          standing: z.enum(['founding', 'first', 're-enrolled']),
          state: z.enum(['held', 'active']),
          enrolledAt: instant,
          backedUp: z.boolean(),
          invitedBy: who.nullable(),
          confirmedBy: who.nullable(),
          /** Whether it may carry approvals now. */
          maySign: z.boolean(),
          /** Whether I can confirm it: `confirm-passkey` is the act. */
          mayConfirm: z.boolean(),
        })
        .nullable(),
    }),
  ),
})

/**
 * "I did not ask for this": ends the pending link and the passkey that waits for confirmation. The
 * person themself may, and whoever may write accounts.
 */
export const refuseEnrolment = route({
  id: 'refuseEnrolment',
  method: 'post',
  path: '/api/accounts/{person}/refuse-enrolment',
  permission: 'any-account',
  summary: 'Refuse a pending invitation or a passkey that waits for confirmation',
  params: z.object({ person: personId }),
  response: done,
})

/** Inviting somebody who has an account sends a new link (a lost passkey); it is an entry too. */
export const invite = route({
  id: 'invite',
  method: 'post',
  path: '/api/accounts',
  permission: 'accounts.write',
  summary: 'Invite a person; the answer holds the link, shown once',
  body: z.object({
    person: personId.optional(),
    name: z.string().trim().min(1).max(200),
    email: z.email().max(320),
    role: houseRole,
    language,
  }),
  response: z.object({ person: z.string(), link: z.string(), expiresAt: instant }),
})

export const getInvitation = route({
  id: 'getInvitation',
  method: 'get',
  path: '/api/invitations/{token}',
  permission: 'public',
  summary: 'What an invitation offers, and passkey creation options for it',
  params: z.object({ token: secret }),
  response: z.object({
    person: who,
    role,
    organisation: shown,
    expiresAt: instant,
    options: z.record(z.string(), z.unknown()),
  }),
})

export const acceptInvitation = route({
  id: 'acceptInvitation',
  method: 'post',
  path: '/api/invitations/{token}',
  permission: 'public',
  summary: 'Accept an invitation with a passkey',
  params: z.object({ token: secret }),
  body: z.object({ credential }),
  response: done,
})

export const changeRole = route({
  id: 'changeRole',
  method: 'post',
  path: '/api/accounts/{person}/role',
  permission: 'accounts.write',
  summary: 'Change a role; nobody changes their own',
  params: z.object({ person: personId }),
  body: z.object({ role: houseRole }),
  response: done,
})

export const disableAccount = route({
  id: 'disableAccount',
  method: 'post',
  path: '/api/accounts/{person}/disable',
  permission: 'accounts.write',
  summary: 'Disable an account and end its sessions',
  params: z.object({ person: personId }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  response: done,
})

export const listTokens = route({
  id: 'listTokens',
  method: 'get',
  path: '/api/tokens',
  permission: 'signed-in',
  summary: 'My API tokens',
  response: z.array(
    z.object({
      id: tokenId,
      name: z.string(),
      scopes: z.array(z.string()),
      createdAt: instant,
      expiresAt: instant,
      revoked: z.boolean(),
      /** The last day's first use; null when it was never used. */
      lastUsedAt: instant.nullable(),
    }),
  ),
})

export const createToken = route({
  id: 'createToken',
  method: 'post',
  path: '/api/tokens',
  permission: 'signed-in',
  summary: 'Create an API token; the secret is shown once and never grants more than my own role',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(permissions)).min(1),
    days: z.int().min(1).max(365),
  }),
  response: z.object({ id: tokenId, secret: z.string(), expiresAt: instant }),
})

export const revokeToken = route({
  id: 'revokeToken',
  method: 'post',
  path: '/api/tokens/{token}/revoke',
  permission: 'signed-in',
  summary: 'Revoke one of my API tokens',
  params: z.object({ token: tokenId }),
  response: done,
})

/** What somebody can be asked to sign. The server words the statement; the person sees all of it. */
export const act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('approve-policy'), policy: z.string(), version: z.int() }),
  z.object({ act: z.literal('acknowledge-policy'), policy: z.string(), version: z.int() }),
  z.object({
    act: z.literal('inspect-evidence'),
    evidence: z.string(),
    conclusion: z.enum(['accepted', 'rejected']),
    note: z.string().max(4_000),
  }),
  z.object({
    act: z.literal('accept-exception'),
    exception: z.string(),
    until: day,
    reason: z.string().trim().min(1).max(4_000),
  }),
  z.object({
    act: z.literal('exclude-criterion'),
    criterion: z.string(),
    reason: z.string().trim().min(1).max(4_000),
  }),
  z.object({ act: z.literal('sign-assertion'), asOf: day, language }),
  /** To vouch that the newest passkey of a person is in that person's hands. */
  z.object({
    act: z.literal('confirm-passkey'),
    person: personId,
    fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  }),
  ...customerActs,
])
export type Act = z.infer<typeof act>

export const prepareSignature = route({
  id: 'prepareSignature',
  method: 'post',
  path: '/api/signatures/prepare',
  permission: 'any-account',
  summary: 'The exact statement to sign, and passkey request options over it',
  body: act,
  response: z.object({ statement: z.string(), options: z.record(z.string(), z.unknown()) }),
})

/** Carries out a signed act: the statement says which. */
export const submitSignature = route({
  id: 'submitSignature',
  method: 'post',
  path: '/api/signatures',
  permission: 'any-account',
  summary: 'Carry out what was signed; the permission is that of the act',
  body: signature,
  response: done,
})

/**
 * Everything that is needed to check a signed act with nothing of ours: the SSH signature and the
 * `allowed_signers` line are for `ssh-keygen -Y verify -n arinomama`.
 */
export const signatureBundle = z.object({
  format: z.literal('arinomama-signature/v1'),
  seq: z.int(),
  person: z.string(),
  origin: z.string(),
  rpId: z.string(),
  /** COSE key, base64url, as enrolled. */
  publicKey: z.string(),
  fingerprint: z.string(),
  enrolledAt: instant,
  revokedAt: instant.nullable(),
  signedAt: instant,
  signature,
  sshSignature: z.string(),
  allowedSigners: z.string(),
})
export type SignatureBundle = z.infer<typeof signatureBundle>

export const getSignature = route({
  id: 'getSignature',
  method: 'get',
  path: '/api/entries/{seq}/signature',
  permission: 'ledger.read',
  summary: 'The signature of a signed entry, to be checked offline',
  params: z.object({ seq: z.coerce.number().int().min(0) }),
  response: signatureBundle,
})

export const sessionRoutes = [
  getSession,
  setUpOptions,
  setUp,
  signInOptions,
  signIn,
  signOut,
  listAccounts,
  invite,
  getInvitation,
  acceptInvitation,
  changeRole,
  disableAccount,
  refuseEnrolment,
  listTokens,
  createToken,
  revokeToken,
  prepareSignature,
  submitSignature,
  getSignature,
] as const
