import type { Projection, Row } from '../projection.ts'
import type { Handled } from './engine.ts'

/**
 * What the engine needs of a database; `src/store` makes it real with PostgreSQL. All SQL stays on
 * the other side, all meaning on this one: the store knows bytes, numbers and rows.
 */
export type Store = {
  readonly head: () => Promise<Head>
  /**
   * Starts a transaction, takes the head's lock, and reads in the same flight what is asked for.
   * Until it ends nobody else appends, on this node or another.
   */
  readonly begin: (wanted: Wanted) => Promise<AppendTransaction>
  /** What the commands with these ids were answered, as far as they were carried out. */
  readonly answers: (commands: readonly string[]) => Promise<Map<string, Handled>>
  /** Entries `from` (inclusive) to `to` (exclusive). */
  readonly entries: (from: number, to: number) => Promise<Stored[]>
  readonly stream: (stream: string) => Promise<Stored[]>
  readonly personKeys: (persons: readonly string[]) => Promise<PersonKeys>
  readonly views: ViewStore
}

/** The one row that orders all appends. */
export type Head = {
  /** Number of entries. */
  readonly size: number
  /** When the last entry was recorded, in milliseconds since 1970; 0 before the first one. */
  readonly lastAt: number
  /** How many persons have been erased: whoever keeps decrypted data drops it when this moves. */
  readonly erasures: number
  /** Goes up when a program with other projections takes the views over. */
  readonly viewsEpoch: number
}

/** An entry as it is kept: its bytes, and the index columns that are copied from them. */
export type Stored = { readonly seq: number; readonly bytes: Uint8Array }
export type NewEntry = Stored & {
  readonly type: string
  readonly stream: string
  readonly by: string
  readonly recordedAt: string
  readonly effectiveAt: string
}

/** A person's key; null once erased. A person who is not in the map has none yet. */
export type PersonKeys = Map<string, Uint8Array | null>

export type Wanted = { readonly commands: readonly string[]; readonly streams: readonly string[] }

export type Append = {
  readonly head: Head
  readonly entries: readonly NewEntry[]
  readonly commands: readonly { readonly id: string; readonly done: Handled }[]
  readonly newKeys: readonly { readonly person: string; readonly key: Uint8Array }[]
  readonly erased: readonly string[]
  readonly writes: readonly ViewWrite[]
}

export type AppendTransaction = {
  readonly head: Head
  /** Answers to the wanted commands that were carried out before. */
  readonly answered: ReadonlyMap<string, Handled>
  /** Events of the wanted streams; an empty list for a new stream. */
  readonly streams: ReadonlyMap<string, readonly Stored[]>
  /** Reads under the lock. */
  readonly stream: (stream: string) => Promise<Stored[]>
  readonly personKeys: (persons: readonly string[]) => Promise<PersonKeys>
  /** Streams and types of the entries from `seq` on: what another node has added. */
  readonly changesSince: (seq: number) => Promise<{ stream: string; type: string }[]>
  /** Throws `view-write-invalid` when a write does not fit its table; nothing is sent yet. */
  readonly check: (writes: readonly ViewWrite[]) => void
  /**
   * Sends everything and commits. `before` runs inside the transaction after the writes, for what
   * has to read them back. Rejects with `CommitUnknown` when nobody can say whether it is durable.
   */
  readonly commit: (append: Append, before?: (build: ViewBuild) => Promise<void>) => Promise<void>
  readonly rollback: () => Promise<void>
}

/** The connection broke: `sent` says whether the commit may have happened. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  readonly sent: boolean

  constructor(sent: boolean, cause: unknown) {
    super('the connection to the database broke', { cause })
    this.sent = sent
  }
}

/** There is no room left on the database's disk; nothing was written. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull'
}

/** One write to a view, as `ViewWriter` gathers them. */
export type ViewWrite =
  | { readonly kind: 'put'; readonly table: string; readonly row: Row }
  | { readonly kind: 'patch'; readonly table: string; readonly key: Row; readonly row: Row }
  | { readonly kind: 'remove'; readonly table: string; readonly row: Row }

/** A schema that is being filled, inside one transaction. */
export type ViewBuild = {
  readonly entries: (from: number, to: number) => Promise<Stored[]>
  readonly personKeys: (persons: readonly string[]) => Promise<PersonKeys>
  /** Gathers writes and sends them in bulk now and then. */
  readonly write: (writes: readonly ViewWrite[]) => Promise<void>
  readonly flush: () => Promise<void>
  /** Empties the tables of these projections. */
  readonly empty: (projections: readonly Projection[]) => Promise<void>
}

export type ViewDifference = {
  readonly table: string
  /** The primary key, as JSON. */
  readonly key: string
  readonly kind: 'missing' | 'unexpected' | 'differs'
  /** Columns that differ; empty unless `differs`. */
  readonly columns: readonly string[]
}

/** A name for a filled schema: the live one, or that of a past size. */
export type ViewSchema = { readonly schema: string; readonly size: number }

export type ViewStore = {
  /**
   * Makes the live views fit these projections under the head's lock: `fill` is called with those
   * that are new or changed, whose tables are empty then. Also drops what dead nodes left behind.
   */
  readonly prepare: (
    projections: readonly Projection[],
    fill: (stale: readonly Projection[], size: number, build: ViewBuild) => Promise<void>,
  ) => Promise<Head>
  /** Builds a schema for a past size, from `from` (or from nothing) by `fill`; atomic. */
  readonly buildPast: (
    size: number,
    from: ViewSchema | null,
    fill: (build: ViewBuild) => Promise<void>,
  ) => Promise<ViewSchema>
  readonly dropPast: (past: ViewSchema) => Promise<void>
  /** Rebuilds everything aside and names every row that differs from the live views. */
  readonly compare: (
    fill: (size: number, build: ViewBuild) => Promise<void>,
  ) => AsyncIterable<ViewDifference>
  /** Opens a snapshot for reading: the live views, or a past size's. */
  readonly read: (options: ReadOptions) => Promise<ViewSnapshot>
  /** The end of a day in the organisation's time zone, and how many entries stood then. */
  readonly endOfDay: (day: string) => Promise<DayEnd>
}

export type ReadOptions = {
  /** Asked for again whenever the snapshot starts anew; null reads the live views. */
  readonly past: (() => Promise<ViewSchema>) | null
  /** The instant that `as_of()` gives. */
  readonly asOf: () => Date
  /** The zone of `as_of_day()`; null reads the organisation's from the views themselves. */
  readonly zone: string | null
}

export type DayEnd = {
  readonly zone: string
  readonly startsAt: Date
  /** The first instant that no longer belongs to the day. */
  readonly endsAt: Date
  readonly size: number
  /** The head's count of erasures now: what was built before the last one is not to be shown. */
  readonly erasures: number
}

/** Reads one snapshot; it gives its connection back by itself when it is idle. */
export type ViewSnapshot = {
  readonly size: number
  readonly query: (text: string, values: readonly unknown[]) => Promise<unknown[]>
}
