import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { EngineError } from './engine-error.ts'
import { isText } from './entry-text.ts'

/**
 * An entry of the ledger; spec/event-envelope.md defines it. `data` holds the event's own fields,
 * personal ones as ciphertext.
 */
export type Envelope = {
  readonly v: 1
  readonly type: string
  readonly stream: string
  readonly by: string
  readonly command: string
  readonly recordedAt: string
  readonly effectiveAt: string
  readonly data: Readonly<Record<string, unknown>>
}

export const entryBytesMax = 65_535
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Printable ASCII: ids and names that machines give. */
export const plainName = z.string().regex(/^[\x21-\x7e]{1,120}$/)

const envelope = z.strictObject({
  v: z.literal(1),
  type: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+\.v[1-9][0-9]*$/),
  stream: z.string().min(1).max(200),
  by: plainName,
  command: plainName,
  recordedAt: z.string().regex(instantPattern),
  effectiveAt: z.string().regex(instantPattern),
  data: z.record(z.string(), z.unknown()),
})

/** Prints an entry: its one and only form. Throws `CanonicalJsonError` on what JSON cannot hold. */
export function printEnvelope(value: Envelope): Buffer {
  return Buffer.from(canonicalJson(value))
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads an entry strictly: exactly one form is accepted (parse, print again, compare).
 * Throws `entry-damaged` or `entry-not-canonical`.
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > entryBytesMax) throw damaged('it is larger than 65,535 bytes')
  const read = readEnvelope(bytes)
  if (!isText(read)) throw damaged('it holds what is no text')
  for (const instant of [read.recordedAt, read.effectiveAt]) {
    if (!isInstant(instant)) throw damaged(`there is no ${instant}`)
  }
  if (!printEnvelope(read).equals(bytes)) {
    throw new EngineError('entry-not-canonical', 'An entry is not in its canonical form (RFC 8785)')
  }
  return read
}

/** As `parseEnvelope`, for bytes that this program wrote itself: without printing them again. */
export function readEnvelope(bytes: Uint8Array): Envelope {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch (error) {
    throw damaged('it is no JSON text in UTF-8', error)
  }
  const read = envelope.safeParse(value)
  if (!read.success) throw damaged(z.prettifyError(read.error))
  return read.data
}

/** The pattern allows days that do not exist; a calendar does not. */
function isInstant(text: string): boolean {
  const at = new Date(text)
  return !Number.isNaN(at.getTime()) && at.toISOString() === text
}

function damaged(why: string, cause?: unknown): EngineError {
  return new EngineError('entry-damaged', `An entry is damaged: ${why}`, { cause })
}
