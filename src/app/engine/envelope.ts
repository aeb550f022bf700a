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
const typePattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+\.v[1-9][0-9]*$/
const namePattern = /^[\x21-\x7e]{1,120}$/

/** Printable ASCII: ids and names that machines give. */
export const plainName = z.string().regex(namePattern)

/** Each member and its form; by hand, for every rebuild asks it of every entry there is. */
const members: Readonly<Record<keyof Envelope, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  type: matches(typePattern),
  stream: (value) => typeof value === 'string' && value.length > 0 && value.length <= 200,
  by: matches(namePattern),
  command: matches(namePattern),
  recordedAt: matches(instantPattern),
  effectiveAt: matches(instantPattern),
  data: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}
const memberNames = Object.keys(members)

function matches(pattern: RegExp) {
  return (value: unknown) => typeof value === 'string' && pattern.test(value)
}

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false
  if (Object.keys(value).length !== memberNames.length) return false
  return Object.entries(members).every(([name, holds]) => holds(Reflect.get(value, name)))
}

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
  if (!isEnvelope(value)) throw damaged('it is no envelope of version 1')
  return value
}

/** The pattern allows days that do not exist; a calendar does not. */
function isInstant(text: string): boolean {
  const at = new Date(text)
  return !Number.isNaN(at.getTime()) && at.toISOString() === text
}

function damaged(why: string, cause?: unknown): EngineError {
  return new EngineError('entry-damaged', `An entry is damaged: ${why}`, { cause })
}
