import { createHash } from 'node:crypto'
import { z } from 'zod'
import { areas } from './areas.ts'
import { failureCodes } from './failures.ts'

const instant = z.iso.datetime()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const source = z.string().regex(/^src_[0-9a-z]{26}$/)
/** A digest of the machine's own id, so that the id itself, which is confidential, stays there. */
const host = z.string().regex(/^[0-9a-f]{32}$/)
const area = z.enum(areas)
const reason = z.string().min(1).max(500)
const protocol = z.enum(['tcp', 'udp'])
const port = z.int().min(1).max(65_535)

const sourceAdded = z.strictObject({
  type: z.literal('devices.source-added.v1'),
  source,
  name: z.string().min(1).max(100),
  connector: z.literal('this-host'),
  /** The target is a blob: the ledger is read by strangers, and an address helps an intruder. */
  targetSha256: sha256,
  everyHours: z.int().min(1).max(168),
})

const sourceRemoved = z.strictObject({
  type: z.literal('devices.source-removed.v1'),
  source,
  reason,
})

const observed = z.strictObject({
  type: z.literal('devices.observed.v1'),
  source,
  host,
  startedAt: instant,
  endedAt: instant,
  /** The machine's answer as it came, compressed with gzip. */
  rawSha256: sha256,
  /** Number of facts. */
  facts: z.int().min(0),
  /** What was found out about each area, each a blob. */
  areas: z.record(area, sha256),
  /** Areas of which nothing could be read. */
  unreadable: z.array(area),
  /** Areas that differ from the observation before; all of them when there was none. */
  changed: z.array(area),
})

const observationFailed = z.strictObject({
  type: z.literal('devices.observation-failed.v1'),
  source,
  startedAt: instant,
  endedAt: instant,
  code: z.enum(failureCodes),
  /** The other side's own words, a blob; null when there were none. */
  detailSha256: sha256.nullable(),
  /** What came of the answer, compressed with gzip; null when nothing did. */
  rawSha256: sha256.nullable(),
})

const hostEnrolled = z.strictObject({
  type: z.literal('devices.host-enrolled.v1'),
  host,
  source,
})

const hostRetired = z.strictObject({
  type: z.literal('devices.host-retired.v1'),
  host,
  source,
  reason,
})

const portDeclared = z.strictObject({
  type: z.literal('devices.port-declared.v1'),
  host,
  protocol,
  port,
  allowed: z.boolean(),
  reason,
})

const accountAssigned = z.strictObject({
  type: z.literal('devices.account-assigned.v1'),
  host,
  /** `accountKey` of the account: its name may be a person's. */
  account: z.string().regex(/^[0-9a-f]{32}$/),
  person: z.string().nullable(),
  reason,
})

export const devicesEvent = z.discriminatedUnion('type', [
  sourceAdded,
  sourceRemoved,
  observed,
  observationFailed,
  hostEnrolled,
  hostRetired,
  portDeclared,
  accountAssigned,
])
export type DevicesEvent = z.infer<typeof devicesEvent>
export type Observed = z.infer<typeof observed>
export type ObservationFailed = z.infer<typeof observationFailed>

/** How an account of a machine is named in the ledger. */
export function accountKey(host: string, account: string): string {
  const digest = createHash('sha256').update(`arinomama account\n${host}\n${account}`)
  return digest.digest('hex').slice(0, 32)
}
