import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import {
  address,
  awsAccount,
  awsRole,
  hostId,
  hostKey,
  loginName,
  sha256,
  systemId,
} from './words.ts'
import { topics, word } from './words.ts'
import { safePattern } from './pattern.ts'

/**
 * What customers are called and what they run is theirs and not for whoever reads the ledger: it is
 * kept as blobs in canonical JSON, and entries name the SHA-256.
 */
const text = z.strictObject({
  ja: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(200),
})

export const customerDocument = z.strictObject({ name: text, since: z.iso.date() })
export type CustomerDocument = z.infer<typeof customerDocument>

const environment = z.strictObject({ code: word, production: z.boolean() })
const host = z.strictObject({
  /** First word of its id: `db1` of `db1.acme`. */
  name: word,
  environment: word,
  address,
  port: z.int().min(1).max(65_535),
  principals: z.array(loginName).min(1).max(10),
  hostKey: hostKey.nullable(),
})
const cloudAccount = z.strictObject({
  number: awsAccount,
  environment: word,
  roles: z.array(awsRole).min(1).max(20),
})

/** A system of a customer: its environments, the hosts in each, and cloud accounts. */
export const systemDocument = z
  .strictObject({
    name: text,
    environments: z.array(environment).min(1).max(10),
    hosts: z.array(host).max(200),
    accounts: z.array(cloudAccount).max(50),
  })
  .refine((system) => unique(system.environments.map(({ code }) => code)), 'environment-twice')
  .refine((system) => unique(system.hosts.map(({ name }) => name)), 'host-twice')
  .refine((system) => unique(system.accounts.map(({ number }) => number)), 'account-twice')
  .refine((system) => {
    const codes = new Set(system.environments.map(({ code }) => code))
    return [...system.hosts, ...system.accounts].every((one) => codes.has(one.environment))
  }, 'environment-unknown')
export type SystemDocument = z.infer<typeof systemDocument>

/** What a parameter of agreed work may be; everything outside is refused before anybody is asked. */
const parameter = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choice'),
    name: word,
    label: text,
    values: z
      .array(z.string().regex(/^[^\p{Cc}\p{Cf}]{1,100}$/u))
      .min(1)
      .max(50),
  }),
  z
    .strictObject({
      kind: z.literal('integer'),
      name: word,
      label: text,
      min: z.int(),
      max: z.int(),
    })
    .refine(({ min, max }) => min <= max, 'bounds-backwards'),
  z.strictObject({
    kind: z.literal('text'),
    name: word,
    label: text,
    pattern: z
      .string()
      .min(1)
      .max(200)
      .refine((pattern) => safePattern(pattern) !== null, 'pattern-unsafe'),
  }),
])
export type Parameter = z.infer<typeof parameter>

/** What sets agreed work going: a monitor that the executor cannot write, a calendar, a request. */
export const triggerKinds = ['monitor', 'schedule', 'customer-request'] as const

/**
 * An agreement (事前承認作業) as the customer signs it, by the SHA-256 of its canonical JSON: where,
 * what exactly (the runbook), within which bounds, on what occasion, how often, until when.
 */
export const agreementDocument = z.strictObject({
  title: text,
  systems: z.array(systemId).min(1).max(20),
  hosts: z.array(hostId).min(1).max(200),
  risk: z.enum(['normal', 'destructive']),
  /** Markdown; a blob of its own, so that an executed runbook can be compared by its digest. */
  runbook: sha256,
  parameters: z
    .array(parameter)
    .max(20)
    .refine((all) => unique(all.map(({ name }) => name)), 'parameter-twice'),
  trigger: z.strictObject({
    kind: z.enum(triggerKinds),
    source: z.string().trim().min(1).max(200),
  }),
  runLimit: z.strictObject({ runs: z.int().min(1).max(1_000), days: z.int().min(1).max(366) }),
  expires: z.iso.date(),
})
export type AgreementDocument = z.infer<typeof agreementDocument>

/** A session held with the customer, in the words of whoever held it. */
export const briefingDocument = z.strictObject({
  title: z.string().trim().min(1).max(200),
  topics: z.array(z.enum(topics)).min(1).max(topics.length),
  summary: z.string().trim().min(1).max(20_000),
  materials: z
    .array(z.strictObject({ fileName: z.string().min(1).max(200), sha256, size: z.int().min(1) }))
    .max(20),
})
export type BriefingDocument = z.infer<typeof briefingDocument>

/** How people call a contract that is kept as a blob. */
export const contractLabel = z.strictObject({
  title: z.string().trim().min(1).max(200),
  fileName: z.string().min(1).max(200),
})

export function documentText(document: object): Uint8Array {
  return new TextEncoder().encode(canonicalJson(document))
}

export function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
}

function unique(names: readonly string[]): boolean {
  return new Set(names).size === names.length
}
