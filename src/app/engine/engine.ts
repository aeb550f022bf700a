import type { Refused } from '../../domain/decider.ts'
import type { Views } from '../ports.ts'
import type { EventShape, Room } from '../room.ts'

/** Who does it, under which id, and when it happened. */
export type Meta = {
  /** A person's id, or `system:<name>`. */
  readonly by: string
  /**
   * The command's own id (1–120 characters). Saying the same command again is answered with the
   * first result and changes nothing. Without one, the engine makes one: then a retry is new.
   */
  readonly command?: string
  /** ISO 8601 instant; the time of recording when absent. */
  readonly effectiveAt?: string
}

/** Acknowledged: the entries are durable. `first` and `last` are null when nothing changed. */
export type Handled = { readonly first: number | null; readonly last: number | null }

/** One command to one room, ready to be decided. Made by `RoomHandle.ask`. */
export type Ask = {
  readonly room: string
  readonly stream: string
  readonly key: symbol
  readonly command: unknown
}

export type RoomHandle<Command, State, Code extends string> = {
  readonly ask: (command: Command) => Ask
  /** Decides, appends, applies the views, commits, acknowledges; or refuses and changes nothing. */
  readonly handle: (
    command: Command,
    meta: Meta,
  ) => Promise<Handled | Refused<Code | EngineRefusal>>
  /** The state of a stream now (for reading; a decision sees it under the lock). */
  readonly state: (stream: string) => Promise<State>
}

/** Codes with which the engine itself refuses. */
export type EngineRefusal =
  | 'clock-behind'
  | 'entry-too-large'
  | 'ledger-stopped'
  | 'person-erased'
  | 'storage-full'
  | 'text-malformed'

export type Engine = {
  /** Opens a room: its events can be appended from now on. Once per room. */
  readonly open: <Command, State, Event extends EventShape, Code extends string>(
    room: Room<Command, State, Event, Code>,
  ) => RoomHandle<Command, State, Code>
  /** Several commands, to one or more rooms, all or nothing, in this order. */
  readonly transact: (asks: readonly Ask[], meta: Meta) => Promise<Handled | Refused>
  /** The views now, or as they were at the end of a day (`YYYY-MM-DD`, organisation's zone). */
  readonly views: (asOf?: string) => Promise<Views>
  /** A new id such as `per_01jb…`: the prefix and 26 characters of Crockford's base 32, lower case. */
  readonly newId: (prefix: string) => string
  /** The engine's clock, which never goes back: an ISO 8601 instant in UTC, milliseconds. */
  readonly now: () => string
}
