import type { z } from 'zod'

/** The clock is a port: the demonstration writes fourteen months of history through it. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/**
 * Reads views; every row is parsed, so that a wrong query fails loudly and not in silence.
 *
 * Values arrive as JSON would have them: `bigint`, `numeric` and counts are numbers, `timestamptz`
 * is an ISO 8601 instant in UTC with milliseconds, `date` is `YYYY-MM-DD`, arrays are arrays, `json`
 * is parsed. Besides the tables of the projections a query may use `as_of()` (timestamptz),
 * `as_of_day()` (date, organisation's zone) and the view `entries (seq, type, stream, by,
 * recorded_at, effective_at)`. It can only read.
 */
export type Views = {
  /** Rows of a query over one log prefix. `$1`… are values; tables are named without a schema. */
  readonly rows: <T>(row: z.ZodType<T>, query: string, values?: readonly unknown[]) => Promise<T[]>
  /** Number of entries in the prefix that these views show. */
  readonly size: number
  /** The instant at which these views are judged: now, or the end of the past day. */
  readonly asOf: Date
}

/** Content-addressed bytes, named by the lower-case hex of their SHA-256; durable once put. */
export type Blobs = {
  readonly put: (bytes: Uint8Array) => Promise<string>
  /** The bytes; throws when there is no such blob or its bytes no longer have that hash. */
  readonly get: (sha256: string) => Promise<Uint8Array>
}

/** The committed entries in order. What can be read here is durable. */
export type EntryLog = {
  /** Number of committed entries. */
  readonly size: () => Promise<number>
  /** The bytes of entries `from` (inclusive) to `to` (exclusive), at most 1,024 of them. */
  readonly entries: (from: number, to: number) => Promise<Uint8Array[]>
  /** Calls back soon after commits of this node; returns what ends it. */
  readonly onAppend: (listener: () => void) => () => void
}

/** Work that is done again and again beside the requests; a failure is logged and tried again. */
export type Job = {
  /** Kebab-case; unique. */
  readonly name: string
  readonly everyMs: number
  readonly run: () => Promise<void>
}

/** A message to one person, in plain text. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Takes mail; it is durable once taken, and delivered soon after, however often that fails. */
export type Mailer = { readonly send: (mail: Mail) => Promise<void> }

/** Tells the people on duty, in one line, without a secret and without personal data. */
export type Alarm = { readonly tell: (text: string) => Promise<void> }

export type KeptMail = Omit<Mail, 'text'> & {
  readonly id: number
  readonly at: string
  /** Null once a server has taken it. */
  readonly text: string | null
  readonly state: 'kept' | 'waiting' | 'sent' | 'failed'
  readonly attempts: number
  readonly fault: string | null
}

/** Mail as it waits or was delivered; no part of the ledger, and forgotten after 30 days. */
export type Outbox = Mailer & {
  readonly delivery: 'smtp' | 'outbox'
  /** Newest first. */
  readonly list: () => Promise<KeptMail[]>
  /** Tries what waits; forgets what is old. */
  readonly deliver: () => Promise<void>
}
