import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { triggerKinds } from '../customers/documents.ts'
import {
  address,
  agreementId,
  awsAccount,
  awsRole,
  customerCode,
  hostId,
  hostKey,
  loginName,
  person,
  sha256,
  systemId,
  word,
} from '../customers/words.ts'
import { changeId, kinds, limits, triggerId } from './words.ts'

const instant = z.iso.datetime()
const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.isWellFormed() && text.trim() === text && !/\p{Cc}/u.test(text), 'line')
const prose = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text), 'control-character')
const revision = z.int().min(1).max(1_000)
export const window = z.strictObject({ from: instant, until: instant })
export type Window = z.infer<typeof window>

/** A host as it is reached: what is approved names the address and the host's own key. */
const target = z.strictObject({
  host: hostId,
  system: systemId,
  environment: word,
  production: z.boolean(),
  address,
  port: z.int().min(1).max(65_535),
  hostKey: hostKey.nullable(),
  /** The account on the host: the certificate's principal is `host:account`. */
  account: loginName,
})
const cloudTarget = z.strictObject({ system: systemId, number: awsAccount, role: awsRole })

/**
 * What is asked for and approved, to the letter; a blob named by the SHA-256 of its canonical JSON,
 * which is the request hash. Whoever has the entry and the blob knows what was approved.
 */
export const planDocument = z.strictObject({
  change: changeId,
  revision,
  customer: customerCode,
  kind: z.enum(kinds),
  title: line(200),
  purpose: prose(4_000),
  /** Commands or steps; of agreed work the runbook itself, word for word. */
  steps: prose(60_000),
  rollback: prose(20_000),
  risk: z.enum(['normal', 'destructive']),
  targets: z.array(target).max(limits.targetsMax),
  cloud: z.array(cloudTarget).max(50),
  /** The one command that may be run, where that is all. */
  command: line(1_000).nullable(),
  window,
  executors: z.array(person).min(1).max(limits.executorsMax),
  /** Agreed work: which version of which agreement, and with what values. */
  model: z
    .strictObject({
      agreement: agreementId,
      version: z.int().min(1),
      document: sha256,
      parameters: z.record(word, z.string().max(200)),
      /** A value with which this work was never done before: it is looked at afterwards. */
      unusual: z.boolean(),
      trigger: z.strictObject({
        kind: z.enum(triggerKinds),
        reference: line(200),
        /** The recorded signal of a monitor; null for other occasions. */
        signal: triggerId.nullable(),
      }),
    })
    .nullable(),
  emergency: z.strictObject({ reason: line(2_000), incident: line(100) }).nullable(),
})
export type PlanDocument = z.infer<typeof planDocument>

/** What an entry says of a plan in the clear: enough to judge who may approve and start it. */
export const planned = {
  change: changeId,
  revision,
  customer: customerCode,
  kind: z.enum(kinds),
  requestHash: sha256,
  risk: z.enum(['normal', 'destructive']),
  systems: z.array(systemId).min(1).max(50),
  targets: z.array(z.strictObject({ host: hostId, account: loginName })).max(limits.targetsMax),
  cloud: z.array(z.strictObject({ number: awsAccount, role: awsRole })).max(50),
  window,
  executors: z.array(person).min(1).max(limits.executorsMax),
  model: z
    .strictObject({
      agreement: agreementId,
      version: z.int().min(1),
      document: sha256,
      unusual: z.boolean(),
      signal: triggerId.nullable(),
    })
    .nullable(),
}
export type Planned = z.infer<z.ZodObject<typeof planned>>

/** The bytes of a plan, of which the request hash is made. */
export function planText(document: PlanDocument): string {
  return canonicalJson(document)
}

/** What an entry says of this plan. */
export function plannedOf(document: PlanDocument): Planned {
  const { change, revision: number, customer, kind, risk, executors, model } = document
  const systems = [...document.targets, ...document.cloud].map(({ system }) => system)
  return {
    change,
    revision: number,
    customer,
    kind,
    requestHash: createHash('sha256').update(planText(document)).digest('hex'),
    risk,
    systems: [...new Set(systems)].toSorted(),
    targets: document.targets.map(({ host, account }) => ({ host, account })),
    cloud: document.cloud.map(({ number: account, role }) => ({ number: account, role })),
    window: document.window,
    executors: [...new Set(executors)].toSorted(),
    model:
      model === null
        ? null
        : {
            agreement: model.agreement,
            version: model.version,
            document: model.document,
            unusual: model.unusual,
            signal: model.trigger.signal,
          },
  }
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Eight characters of the request hash, in two groups: short enough to compare between the mail,
 * the page and a telephone, long enough that nobody finds a second request with the same in a day.
 */
export function comparisonCode(requestHash: string): string {
  const bits = BigInt(`0x${requestHash.slice(0, 10)}`)
  const letters = Array.from({ length: 8 }, (_, at) => {
    const five = Number((bits >> BigInt(35 - 5 * at)) & 31n)
    return alphabet[five] ?? ''
  }).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
