import { createHash } from 'node:crypto'
import { z } from 'zod'
import { failureCodes } from './failures.ts'

const instant = z.iso.datetime()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const source = z.string().regex(/^dir_[0-9a-z]{26}$/)
const person = z.string().regex(/^per_[0-9a-z]{26}$/)
/** `accountKey` of the account: its name may be a person's. */
const account = z.string().regex(/^[0-9a-f]{32}$/)
const reason = z.string().min(1).max(500)
const count = z.int().min(0)

const uses = ['person', 'shared', 'service'] as const
export type Use = (typeof uses)[number]

const sourceAdded = z.strictObject({
  type: z.literal('directory.source-added.v1'),
  source,
  name: z.string().min(1).max(100),
  connector: z.enum(['active-directory', 'list']),
  /** The target is a blob: the ledger is read by strangers, and an address helps an intruder. */
  targetSha256: sha256,
  /** Null when somebody hands the lists in. */
  everyHours: z.int().min(1).max(168).nullable(),
})

const sourceRemoved = z.strictObject({
  type: z.literal('directory.source-removed.v1'),
  source,
  reason,
})

/** That a new password for the connection was put into the safe; the password is nowhere here. */
const secretReplaced = z.strictObject({ type: z.literal('directory.secret-replaced.v1'), source })

const observed = z.strictObject({
  type: z.literal('directory.observed.v1'),
  source,
  startedAt: instant,
  endedAt: instant,
  /** Everything, or what has changed since the observation before. */
  reading: z.enum(['full', 'changes']),
  /** The source's answer, compressed with gzip. */
  rawSha256: sha256,
  /** What differs from the observation before. */
  changesSha256: sha256,
  /** `changesSha256` of the observation that it was held against; null at the first. */
  previous: sha256.nullable(),
  /** Where the next one goes on; null when the source has no such place. */
  cursor: z.string().max(200).nullable(),
  accounts: count,
  groups: count,
  added: count,
  changed: count,
  gone: count,
  /** Somebody said beforehand that fewer accounts are to be expected. */
  lossAccepted: z.boolean(),
})

const observationFailed = z.strictObject({
  type: z.literal('directory.observation-failed.v1'),
  source,
  startedAt: instant,
  endedAt: instant,
  code: z.enum(failureCodes),
  /** The other side's own words, a blob; null when there were none. */
  detailSha256: sha256.nullable(),
})

/** What the rules found out by themselves, many at once: `[{account, person, rule}]`, a blob. */
const accountsLinked = z.strictObject({
  type: z.literal('directory.accounts-linked.v1'),
  source,
  linksSha256: sha256,
  count: z.int().min(1),
})

/** Somebody decided whose account it is, or what for. */
const accountAssigned = z.strictObject({
  type: z.literal('directory.account-assigned.v1'),
  source,
  account,
  use: z.enum(uses),
  /** Who it belongs to, or who answers for it; null takes an assignment back. */
  person: person.nullable(),
  reason,
})

/** After a move somebody looked at the rights that a person has kept. */
const rightsReviewed = z.strictObject({
  type: z.literal('directory.rights-reviewed.v1'),
  person,
  reason,
})

export const directoryEvent = z.discriminatedUnion('type', [
  sourceAdded,
  sourceRemoved,
  secretReplaced,
  observed,
  observationFailed,
  accountsLinked,
  accountAssigned,
  rightsReviewed,
])
export type DirectoryEvent = z.infer<typeof directoryEvent>
export type Observed = z.infer<typeof observed>
export type ObservationFailed = z.infer<typeof observationFailed>

const rules = ['employee-number', 'email', 'login'] as const

/** The blob of `directory.accounts-linked.v1`. */
export const links = z.array(z.strictObject({ account, person, rule: z.enum(rules) }))
export type Links = z.infer<typeof links>

/** How an account is named in the ledger: by its lasting id, never by its name. */
export function accountKey(source: string, id: string): string {
  const digest = createHash('sha256').update(`arinomama directory account\n${source}\n${id}`)
  return digest.digest('hex').slice(0, 32)
}
