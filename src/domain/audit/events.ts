import { z } from 'zod'
import { signature } from '../signature.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]
const language = z.enum(languages)

const reportFormats = ['pdf', 'markdown', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Texts are longer than an entry may be: blobs, by the SHA-256 of their UTF-8. */
const descriptionWritten = z.strictObject({
  type: z.literal('audit.description-written.v1'),
  block: z.string().regex(/^[a-z0-9-]{2,60}$/),
  /** 1 for the first text of the organisation's own; the starter text is version 0. */
  version: z.int().min(1),
  text: z.strictObject({ ja: sha256, en: sha256 }),
})

/** The signed statement holds the text itself; `digest` is that of its UTF-8. */
const assertionSigned = z.strictObject({
  type: z.literal('audit.assertion-signed.v1'),
  asOf: z.iso.date(),
  language,
  digest: sha256,
  signature,
})

/** Somebody was handed a report: which prefix it tells, and the file's own hash. */
const reportMade = z.strictObject({
  type: z.literal('audit.report-made.v1'),
  asOf: z.iso.date(),
  language,
  format: z.enum(reportFormats),
  /** Number of entries that the report's facts come from; this entry is never among them. */
  prefix: z.int().min(1),
  /** Size of the published checkpoint that is printed in it. */
  checkpoint: z.int().min(1),
  assertion: z.enum(['signed', 'unsigned']),
  sha256,
  size: z.int().min(1),
})

export const auditEvent = z.discriminatedUnion('type', [
  descriptionWritten,
  assertionSigned,
  reportMade,
])
export type AuditEvent = z.infer<typeof auditEvent>
export type ReportMade = z.infer<typeof reportMade>
