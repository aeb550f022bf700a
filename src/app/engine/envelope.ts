import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { EngineError } from './engine-error.ts'

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

const envelope = z.strictObject({
  v: z.literal(1),
  type: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+\.v[1-9][0-9]*$/),
  stream: z.string().min(1).max(200),
  by: z.string().min(1).max(120),
  command: z.string().min(1).max(120),
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

function damaged(why: string, cause?: unknown): EngineError {
  return new EngineError('entry-damaged', `An entry is damaged: ${why}`, { cause })
}
