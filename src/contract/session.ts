import { z } from 'zod'
import { permissions } from '../domain/access/permission.ts'
import { route } from './route.ts'
import {
  category,
  credential,
  day,
  done,
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
  permission: 'signed-in',
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
    }),
  ),
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
    role,
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
  body: z.object({ role }),
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
])
export type Act = z.infer<typeof act>

export const prepareSignature = route({
  id: 'prepareSignature',
  method: 'post',
  path: '/api/signatures/prepare',
  permission: 'signed-in',
  summary: 'The exact statement to sign, and passkey request options over it',
  body: act,
  response: z.object({ statement: z.string(), options: z.record(z.string(), z.unknown()) }),
})

/** Carries out a signed act: the statement says which. */
export const submitSignature = route({
  id: 'submitSignature',
  method: 'post',
  path: '/api/signatures',
  permission: 'signed-in',
  summary: 'Carry out what was signed; the permission is that of the act',
  body: signature,
  response: done,
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
  listTokens,
  createToken,
  revokeToken,
  prepareSignature,
  submitSignature,
] as const
