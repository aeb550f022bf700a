import { z } from 'zod'
import { signature } from '../signature.ts'

/** What a document can be: known by its bytes, never by what an uploader says. */
export const documentTypes = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/tiff',
  'image/heic',
  'text/plain',
] as const
export type DocumentType = (typeof documentTypes)[number]

/** Whether an antivirus engine has looked at the bytes, and which. */
const scanned = z.enum(['clamav', 'none'])
export type Scanned = z.infer<typeof scanned>

export const conclusion = z.enum(['accepted', 'rejected'])
export type Conclusion = z.infer<typeof conclusion>

const evidenceId = z.string().regex(/^evd_[0-9a-z]{26}$/)

const submitted = z.strictObject({
  type: z.literal('evidence.submitted.v1'),
  evidence: evidenceId,
  /** Of the title and the file's name, a blob (`evidenceLabel`): strangers read the ledger. */
  labelSha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(documentTypes),
  /** Of the bytes, which are kept as a blob under this hash. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(1),
  controls: z.array(z.string().max(20)).min(1).max(50),
  /** The days that it shows, first and last; when it was uploaded is the entry's own time. */
  from: z.iso.date(),
  to: z.iso.date(),
  scanned,
})

const inspected = z.strictObject({
  type: z.literal('evidence.inspected.v1'),
  evidence: evidenceId,
  conclusion,
  note: z.string().max(4_000),
  signature,
})

/** How people call a document, as canonical JSON in a blob. */
export const evidenceLabel = z.strictObject({
  title: z.string().min(1).max(200),
  fileName: z.string().min(1).max(200),
})

export const evidenceEvent = z.discriminatedUnion('type', [submitted, inspected])
export type EvidenceEvent = z.infer<typeof evidenceEvent>
export type Submitted = z.infer<typeof submitted>
