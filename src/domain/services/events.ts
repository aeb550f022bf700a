import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const service = z.string().regex(/^svc_[0-9a-z]{26}$/)
const person = z.string().regex(/^per_[0-9a-z]{26}$/)
const evidence = z
  .string()
  .regex(/^evd_[0-9a-z]{26}$/)
  .nullable()
const source = z.string().regex(/^dir_[0-9a-z]{26}$/)
const word = z.string().min(1).max(200)
const day = z.iso.date()

export const kinds = ['saas', 'cloud', 'internal'] as const
export const dataClasses = ['public', 'internal', 'confidential', 'personal', 'customer'] as const
export const signOns = ['enforced', 'optional', 'off', 'unsupported'] as const
export const reports = ['soc2-type2', 'soc2-type1', 'iso27001', 'other'] as const

/**
 * What is said of a service. It is a claim, with the evidence that somebody has looked at; a claim
 * without evidence proves nothing. A blob: the ledger is read by strangers, and how a service is
 * entered helps an intruder.
 */
export const details = z.strictObject({
  name: word,
  kind: z.enum(kinds),
  url: z.string().max(500).nullable(),
  vendor: word.nullable(),
  owner: person,
  dataClass: z.enum(dataClasses),
  /** Who may use it, in words or groups. */
  audience: word,
  signOn: z.strictObject({
    /** Whether only the directory lets somebody in. */
    state: z.enum(signOns),
    checkedOn: day.nullable(),
    evidence,
  }),
  /** Its own rules, where the directory’s do not answer for it. */
  ownPolicy: z
    .strictObject({
      minLength: z.int().min(0).max(256),
      lockAfter: z.int().min(0).max(1_000),
      mfa: z.boolean(),
      evidence,
    })
    .nullable(),
  /** Local accounts for the day on which the directory fails. */
  breakGlass: z.array(word).max(20),
  /** Where its accounts are read. */
  sources: z.array(source).max(20),
  /** What the vendor's auditor says. */
  report: z.strictObject({ kind: z.enum(reports), expires: day, evidence }).nullable(),
})
export type Details = z.infer<typeof details>

const registered = z.strictObject({
  type: z.literal('services.registered.v1'),
  service,
  detailsSha256: sha256,
})

const changed = z.strictObject({
  type: z.literal('services.changed.v1'),
  service,
  detailsSha256: sha256,
})

const retired = z.strictObject({
  type: z.literal('services.retired.v1'),
  service,
  reason: z.string().min(1).max(500),
})

export const servicesEvent = z.discriminatedUnion('type', [registered, changed, retired])
export type ServicesEvent = z.infer<typeof servicesEvent>
