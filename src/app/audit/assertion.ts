import { createHash } from 'node:crypto'
import { z } from 'zod'
import { auditEvent, type Language } from '../../domain/audit/events.ts'
import { writtenDay, writtenNumber } from '../../domain/audit/written-numbers.ts'
import { readEnvelope, type Envelope } from '../engine/envelope.ts'
import type { EntryLog, Views } from '../ports.ts'
import { signedEntry } from '../signing/bundle.ts'
import type { StarterTexts } from './starter-texts.ts'

/** Management's assertion about one day in one language: its exact text, named by its digest. */
export type AssertionText = { readonly text: string; readonly digest: string }

/**
 * The text with every slot filled from the same data as the rest of the report, so that what is
 * signed and what is printed cannot differ. Values are escaped: a name is never markup.
 */
export function assertionText(
  starter: StarterTexts,
  figures: Readonly<Record<string, string | number>>,
  language: Language,
): AssertionText {
  const text = starter.assertion[language].replace(/\{\{([^{}\n]+)\}\}/g, (_, name: string) => {
    const value = figures[name]
    if (value === undefined) throw new Error(`the assertion names no such figure: ${name}`)
    if (typeof value === 'number') return writtenNumber(value)
    return escaped(name === 'report.date' ? writtenDay(value, language) : value)
  })
  return { text, digest: createHash('sha256').update(text).digest('hex') }
}

/** Where CommonMark would see markup, a backslash says that there is none. */
function escaped(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~&#]/g, '\\$&')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^([0-9]+)([.)])/, '$1\\$2')
}

const signatureRow = z.object({
  by: z.object({ id: z.string(), name: z.string().nullable(), title: z.string().nullable() }),
  at: z.string(),
  credentialId: z.string(),
  fingerprint: z.string().nullable(),
  seq: z.number(),
})
export type AssertionSignature = z.infer<typeof signatureRow>

/** The entry, when the signature that it carries holds; null when it does not. */
export type HeldSignature = (views: Views, seq: number) => Promise<Envelope | null>

/** Reads entries from the log itself and judges their signatures again. */
export function heldSignature(log: Pick<EntryLog, 'entries'>): HeldSignature {
  return async (views, seq) => {
    const [bytes] = await log.entries(seq, seq + 1)
    if (bytes === undefined) return null
    const entry = readEnvelope(bytes)
    const signed = await signedEntry(views, entry)
    return signed?.fault === null ? entry : null
  }
}

type Signed = { readonly asOf: string; readonly language: Language; readonly digest: string }

/**
 * The first signature over exactly this text, or none. Management signs after the day is over, so
 * it is looked for in everything that is recorded by now; once there, it stays the first. What the
 * view says is believed of no row: the entry must say the same, and its signature must hold.
 */
export async function assertionSignature(
  now: Views,
  of: Signed,
  held: HeldSignature,
): Promise<AssertionSignature | null> {
  const found = await now.rows(
    signatureRow,
    `select json_build_object('id', s.signer, 'name', p.name, 'title', r.title) as by,
            s.signed_at as at, s.credential_id as "credentialId", k.fingerprint, s.seq
       from assertion_signatures s
       left join persons p on p.person = s.signer
       left join people r on r.person = s.signer
       left join passkeys k on k.credential_id = s.credential_id
      where s.as_of = $1::date and s.language = $2 and s.digest = $3
      order by s.seq
      limit ${SIGNATURES_MAX}`,
    [of.asOf, of.language, of.digest],
  )
  for (const signature of found) {
    const entry = await held(now, signature.seq)
    if (entry !== null && says(entry, of) && entry.by === signature.by.id) return signature
  }
  return null
}

/** People who sign the same text; whoever comes after the first adds nothing to a report. */
const SIGNATURES_MAX = 20

function says(entry: Envelope, of: Signed): boolean {
  const read = auditEvent.safeParse({ ...entry.data, type: entry.type })
  if (!read.success || read.data.type !== 'audit.assertion-signed.v1') return false
  const { asOf, language, digest } = read.data
  return asOf === of.asOf && language === of.language && digest === of.digest
}
