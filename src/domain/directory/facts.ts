import { z } from 'zod'

const text = z.string()
const instant = z.iso.datetime()

/**
 * What an account can have about it that an auditor asks about; the words are ours, the sources'
 * own bits and columns are read into them.
 */
const flags = [
  'password-not-required',
  'password-reversible',
  'password-never-expires',
  'smartcard-required',
  'no-preauthentication',
  'unconstrained-delegation',
  'protocol-transition',
  'delegation',
  'locked',
  'administrator',
] as const
export type Flag = (typeof flags)[number]

/** An account as its source shows it. `null` is *not known*, which is not *no*. */
const account = z.strictObject({
  /** The source's own lasting id (objectGUID, a number): a name can be given to somebody else. */
  id: text,
  /** The security identifier, where there is one: a re-created account has another. */
  sid: text.nullable(),
  login: text,
  name: text.nullable(),
  email: text.nullable(),
  employeeNumber: text.nullable(),
  kind: z.enum(['user', 'computer', 'service']),
  enabled: z.boolean().nullable(),
  createdAt: instant.nullable(),
  expiresAt: instant.nullable(),
  /** Last use that the source knows of. */
  lastUsedAt: instant.nullable(),
  /** Whether it was never used at all; null when the source keeps no such record. */
  neverUsed: z.boolean().nullable(),
  passwordSetAt: instant.nullable(),
  flags: z.array(z.enum(flags)),
  mfa: z.boolean().nullable(),
  /** Name of the password policy that holds for it alone; null for the one of everybody. */
  policy: text.nullable(),
  /** The place in the tree, where there is one. */
  dn: text.nullable(),
  /** Number of the group that an account of a domain is in without being on its list. */
  primaryGroup: z.int().nullable(),
})
export type Account = z.infer<typeof account>

const group = z.strictObject({
  id: text,
  sid: text.nullable(),
  name: text,
  /** Whether being in it means power over others' accounts or the whole service. */
  privileged: z.boolean(),
  dn: text.nullable(),
  /** Ids of accounts and groups, sorted. */
  members: z.array(text),
  /** Members that belong to another directory. */
  foreign: z.int().min(0),
})
export type Group = z.infer<typeof group>

/** A password policy; `null` is *not known*, days and minutes of 0 are *never*. */
export const passwordPolicy = z.strictObject({
  /** `domain`, or the policy's own lasting id. */
  id: text,
  name: text,
  /** Lower wins; null for the one of the whole domain. */
  precedence: z.int().nullable(),
  minLength: z.int().nullable(),
  history: z.int().nullable(),
  complexity: z.boolean().nullable(),
  reversible: z.boolean().nullable(),
  maxAgeDays: z.number().nullable(),
  minAgeDays: z.number().nullable(),
  /** Wrong tries before it locks; 0 never locks. */
  lockAfter: z.int().nullable(),
  /** How long it stays locked; 0 until somebody unlocks it. */
  lockMinutes: z.number().nullable(),
  windowMinutes: z.number().nullable(),
  appliesTo: z.array(text),
  /** Whether its content could be read. */
  readable: z.boolean(),
})
export type PasswordPolicy = z.infer<typeof passwordPolicy>

/** An account with what only comparing with earlier observations tells. */
export const keptAccount = account.extend({
  firstSeenAt: instant,
  /** When it was first seen to be disabled; null while it is not. */
  disabledSince: instant.nullable(),
})
export type KeptAccount = z.infer<typeof keptAccount>

/** A group whose members carry since when each is known to be in it. */
export const keptGroup = group
  .omit({ members: true })
  .extend({ members: z.array(z.tuple([text, instant])) })
export type KeptGroup = z.infer<typeof keptGroup>

/**
 * What differs from the observation before: the fact blob of an observation. Applied one after the
 * other from the first, they give what was known at any time.
 */
export const changes = z.strictObject({
  accounts: z.array(keptAccount),
  /** Accounts that the source no longer has, and when that was seen. */
  gone: z.array(z.strictObject({ id: text, at: instant })),
  groups: z.array(keptGroup),
  goneGroups: z.array(text),
  /** All of them when any differs; null when none does. */
  policies: z.array(passwordPolicy).nullable(),
})
export type Changes = z.infer<typeof changes>
