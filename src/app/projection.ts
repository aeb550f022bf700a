import type { EventShape, Room } from './room.ts'

/** What a projection learns of the entry beside the event itself. */
export type Origin = {
  /** Index in the ledger, from 0. */
  readonly seq: number
  readonly stream: string
  /** A person's id, or `system:<name>`. */
  readonly by: string
  /** When we learnt it (ISO 8601 instant, UTC, milliseconds). */
  readonly recordedAt: string
  /** When it happened. */
  readonly effectiveAt: string
}

export type Value = string | number | boolean | null | readonly string[] | object
export type Row = Readonly<Record<string, Value>>

/**
 * Writes rows of views. Writes are gathered and sent in bulk, in an order that the reader cannot
 * tell from one by one. Tables are named without a schema: the same projection fills the live views,
 * a past day's and the verifier's scratch schema.
 */
export type ViewWriter = {
  /** Inserts the row, or replaces the row of the same primary key. Give every column. */
  put(table: string, row: Row): Promise<void>
  /** Changes some columns of the row with that primary key; nothing when there is no such row. */
  patch(table: string, key: Row, changes: Row): Promise<void>
  /** Deletes every row whose columns equal those of `match`. */
  remove(table: string, match: Row): Promise<void>
  /** The bytes of a blob that an event refers to by its SHA-256 (lower-case hex). */
  blob(sha256: string): Promise<Uint8Array>
}

export type Projection = {
  /** Kebab-case; unique. */
  readonly name: string
  /** A higher version empties the tables and refills them from entry 0. */
  readonly version: number
  /** The tables it owns, each with a primary key. */
  readonly tables: readonly string[]
  /** `create table …` statements, without schema names, ending in `;`. */
  readonly ddl: string
  /** Event types that it reads. */
  readonly rooms: readonly string[]
  readonly apply: (event: EventShape, origin: Origin, view: ViewWriter) => Promise<void>
}

/** A reader of one room's events, typed by the room. */
export type Reader = {
  readonly room: string
  readonly apply: (event: EventShape, origin: Origin, view: ViewWriter) => Promise<void>
}

/** Reads the events of `room`: its schema gives the callback its type. */
export function reads<Command, State, Event extends EventShape, Code extends string>(
  room: Room<Command, State, Event, Code>,
  apply: (event: Event, origin: Origin, view: ViewWriter) => Promise<void>,
): Reader {
  return {
    room: room.name,
    apply: (event, origin, view) => apply(room.parse(event), origin, view),
  }
}

/** A projection made of readers; a projection may read several rooms. */
export function defineProjection(
  definition: Pick<Projection, 'name' | 'version' | 'tables' | 'ddl'> & {
    readers: readonly Reader[]
  },
): Projection {
  const { readers, ...rest } = definition
  const byRoom = new Map(readers.map((reader) => [reader.room, reader]))
  return {
    ...rest,
    rooms: readers.map((reader) => reader.room),
    async apply(event, origin, view) {
      const room = event.type.slice(0, event.type.indexOf('.'))
      await byRoom.get(room)?.apply(event, origin, view)
    },
  }
}
