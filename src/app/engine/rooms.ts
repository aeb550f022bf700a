import type { EventShape } from '../room.ts'
import type { Origin } from '../projection.ts'
import { EngineError } from './engine-error.ts'
import { readEnvelope } from './envelope.ts'
import type { Envelope } from './envelope.ts'
import type { OpenedRoom } from './opened-room.ts'
import { decryptFields } from './personal-fields.ts'
import type { PersonKeys, Stored } from './store.ts'

/** The rooms that are open, and what their entries say. */
export type Rooms = {
  add(room: OpenedRoom): void
  all(): readonly OpenedRoom[]
  of(type: string): OpenedRoom
  /** Decrypted and upcast; entries of which `wanted` says no are left out, unread. */
  decode(
    stored: readonly Stored[],
    keysOf: (persons: readonly string[]) => Promise<PersonKeys>,
    wanted?: (room: string) => boolean,
  ): Promise<Decoded[]>
  /** The persons whom these events erase. */
  erasedBy(decoded: readonly Decoded[]): string[]
}

/** An entry as rooms and projections see it. */
export type Decoded = { readonly event: EventShape; readonly origin: Origin }

export function openRooms(): Rooms {
  const rooms = new Map<string, OpenedRoom>()
  const of = (type: string) => {
    const room = rooms.get(roomNameOf(type))
    if (room !== undefined) return room
    throw new EngineError('room-unknown', `${type} belongs to no room that is open`)
  }
  return {
    add(room) {
      const { name } = room.room
      if (rooms.has(name)) throw new EngineError('room-twice', `${name} is open already`)
      rooms.set(name, room)
    },
    all: () => [...rooms.values()],
    of,
    async decode(stored, keysOf, wanted = () => true) {
      const read = stored.flatMap(({ seq, bytes }) => {
        const envelope = readEnvelope(bytes)
        return wanted(roomNameOf(envelope.type)) ? [{ seq, envelope }] : []
      })
      const persons = new Set<string>()
      for (const { envelope } of read) {
        const person = personOf(of(envelope.type), envelope)
        if (person !== null) persons.add(person)
      }
      const keys = await keysOf([...persons])
      return read.map(({ seq, envelope }) => decodeOne(of(envelope.type), seq, envelope, keys))
    },
    erasedBy: (decoded) =>
      decoded.flatMap(({ event }) => {
        const field = of(event.type).room.erases[event.type]
        const person: unknown = field === undefined ? null : Reflect.get(event, field)
        return typeof person === 'string' ? [person] : []
      }),
  }
}

export function roomNameOf(type: string): string {
  return type.slice(0, type.indexOf('.'))
}

/** Whose personal data the entry holds, if it is that kind of event. */
function personOf({ room }: OpenedRoom, { type, data }: Envelope): string | null {
  const personal = room.personal[type]
  if (personal === undefined) return null
  const person = data[personal.subject]
  return typeof person === 'string' ? person : null
}

function decodeOne(opened: OpenedRoom, seq: number, envelope: Envelope, keys: PersonKeys): Decoded {
  const { type, stream, by, recordedAt, effectiveAt } = envelope
  const personal = opened.room.personal[type]
  const person = personOf(opened, envelope)
  const data =
    personal === undefined || person === null
      ? envelope.data
      : decryptFields(envelope.data, personal, { person, type, stream }, keys)
  const event = upcast(opened, { ...data, type })
  return { event, origin: { seq, stream, by, recordedAt, effectiveAt } }
}

/** An old version may become one that is old itself by now, so it goes on until none is left. */
function upcast({ room }: OpenedRoom, old: EventShape): EventShape {
  let event = old
  for (let step = room.upcasts[event.type]; step !== undefined; step = room.upcasts[event.type]) {
    const { type, ...next } = step({ ...event })
    if (typeof type !== 'string' || type === event.type) {
      throw new EngineError('event-invalid', `The upcast of ${event.type} does not move on`)
    }
    event = { ...next, type }
  }
  return event
}
