import type { Entry } from 'ldapts'

/** Between 1601, from which Windows counts, and 1970. */
const EPOCH_OFFSET_MS = 11_644_473_600_000n
const TICKS_PER_MS = 10_000n
const NEVER = 9_223_372_036_854_775_807n
const TICKS_PER_MINUTE = 600_000_000n
/** Later than any year that JavaScript and PostgreSQL both know. */
const LATEST_MS = Date.UTC(9_999, 0)

/** The values of an attribute as texts, whatever shape the library gave it: absent is none. */
export function texts(entry: Entry, name: string): string[] {
  const value = attribute(entry, name)
  if (value === undefined) return []
  const list = Array.isArray(value) ? value : [value]
  return list.map((one) => clean(typeof one === 'string' ? one : one.toString('utf8')))
}

export function text(entry: Entry, name: string): string | null {
  const found = texts(entry, name)[0]
  return found === undefined || found === '' ? null : found
}

export function bytes(entry: Entry, name: string): Buffer | null {
  const value = attribute(entry, name)
  const one = Array.isArray(value) ? value[0] : value
  if (one === undefined) return null
  return typeof one === 'string' ? Buffer.from(one, 'latin1') : one
}

/** Servers answer attribute names in their own case. */
function attribute(entry: Entry, name: string) {
  const direct = entry[name]
  if (direct !== undefined) return direct
  const lower = name.toLowerCase()
  const key = Object.keys(entry).find((one) => one.toLowerCase() === lower)
  return key === undefined ? undefined : entry[key]
}

export function integer(entry: Entry, name: string): bigint | null {
  const found = text(entry, name)
  return found !== null && /^-?\d{1,20}$/.test(found) ? BigInt(found) : null
}

export function number(entry: Entry, name: string): number | null {
  const found = integer(entry, name)
  return found === null ? null : Number(found)
}

/** A FILETIME: 100 ns since 1601. Zero and the greatest number mean never, which is null here. */
export function fileTime(entry: Entry, name: string): string | null {
  const ticks = integer(entry, name)
  if (ticks === null || ticks <= 0n || ticks >= NEVER) return null
  const ms = Number(ticks / TICKS_PER_MS - EPOCH_OFFSET_MS)
  return ms < 0 || ms > LATEST_MS ? null : new Date(ms).toISOString()
}

/** `20260105093000.0Z`. */
export function generalizedTime(entry: Entry, name: string): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text(entry, name) ?? '')
  if (found === null) return null
  const [, y, mo, d, h, mi, s] = found
  const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** A length of time, kept as negative 100 ns; 0 is *never*, for which the greatest stands too. */
export function minutes(entry: Entry, name: string): number | null {
  const ticks = integer(entry, name)
  if (ticks === null) return null
  if (ticks >= 0n || ticks <= -NEVER) return 0
  return Number(-ticks / TICKS_PER_MINUTE)
}

export function days(entry: Entry, name: string): number | null {
  const found = minutes(entry, name)
  return found === null ? null : found / 1_440
}

/** An objectGUID as people write it. */
export function guidText(raw: Buffer): string {
  const hex = (from: number, to: number, isSwapped: boolean) => {
    const part = Buffer.from(raw.subarray(from, to))
    return (isSwapped ? part.reverse() : part).toString('hex')
  }
  const parts = [hex(0, 4, true), hex(4, 6, true), hex(6, 8, true), hex(8, 10, false)]
  return [...parts, hex(10, 16, false)].join('-')
}

/** An objectSid as people write it: `S-1-5-21-…`. */
export function sidText(raw: Buffer): string {
  const count = raw.readUInt8(1)
  const authority = raw.readUIntBE(2, 6)
  const parts = Array.from({ length: count }, (_, at) => raw.readUInt32LE(8 + at * 4))
  return ['S', raw.readUInt8(0), authority, ...parts].join('-')
}

/** What no page and no file should have in it; bytes that are no UTF-8 came as U+FFFD already. */
function clean(written: string): string {
  return written.toWellFormed().replaceAll(/\p{Cc}/gu, '\u{fffd}')
}
