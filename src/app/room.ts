import type { z } from 'zod'
import type { Decider } from '../domain/decider.ts'

/** An event of a room: its versioned type (`people.joined.v1`) and its own fields, flat. */
export type EventShape = { readonly type: string }

/**
 * Where an event holds personal data: the field whose value is the person's id, and the fields that
 * are encrypted under that person's key. After erasure those fields read as `null`, so the event's
 * schema must allow it.
 */
export type PersonalFields = { readonly subject: string; readonly fields: readonly string[] }

/**
 * A room of the domain as the application runs it. A stream is the consistency boundary: the events
 * of one stream are folded into the state that `decide` sees, under the lock of the ledger's head.
 */
export type Room<Command, State, Event extends EventShape, Code extends string> = {
  /** First word of every event type of this room. */
  readonly name: string
  readonly decider: Decider<Command, State, Event, Code>
  /** Accepts exactly the events of this room at their current versions. */
  readonly event: z.ZodType<Event>
  /** Parses with `event`, the same object once, however many projections read it. */
  readonly parse: (event: EventShape) => Event
  readonly streamOf: (command: Command) => string
  readonly personal: Readonly<Record<string, PersonalFields>>
  /**
   * Older versions of events, by type: what each one means today. Entries are never edited; they
   * are upcast when they are read.
   */
  readonly upcasts: Readonly<
    Record<string, (old: Record<string, unknown>) => Record<string, unknown>>
  >
  /**
   * Events that erase a person: by type, the field that names the person. When one is appended the
   * person's key is deleted in the same transaction, for good; every personal field of that person
   * reads as null from then on, in the views too.
   */
  readonly erases: Readonly<Record<string, string>>
}

/** Says a room and lets TypeScript infer its types. */
export function defineRoom<Command, State, Event extends EventShape, Code extends string>(
  room: Omit<Room<Command, State, Event, Code>, 'parse' | 'personal' | 'upcasts' | 'erases'> &
    Partial<Pick<Room<Command, State, Event, Code>, 'personal' | 'upcasts' | 'erases'>>,
): Room<Command, State, Event, Code> {
  return { personal: {}, upcasts: {}, erases: {}, ...room, parse: parserOf(room.event) }
}

function parserOf<Event extends EventShape>(schema: z.ZodType<Event>) {
  const parsed = new WeakMap<EventShape, Event>()
  return (event: EventShape): Event => {
    const known = parsed.get(event)
    if (known !== undefined) return known
    const made = schema.parse(event)
    parsed.set(event, made)
    parsed.set(made, made)
    return made
  }
}
