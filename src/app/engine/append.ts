import { randomBytes } from 'node:crypto'
import { isRefused, refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { EventShape } from '../room.ts'
import type { Request } from './append-queue.ts'
import type { EngineRefusal, Handled } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { entryBytesMax, printEnvelope } from './envelope.ts'
import { isText } from './entry-text.ts'
import { encryptFields, keyBytes } from './personal-fields.ts'
import type { KeyRing } from './key-ring.ts'
import type { Projector } from './projector.ts'
import type { Decoded, Rooms } from './rooms.ts'
import type { AppendTransaction, NewEntry, ViewWrite } from './store.ts'

/** What a batch has decided so far, in the order in which it will stand in the ledger. */
export type Draft = {
  readonly at: string
  readonly atMs: number
  readonly tx: AppendTransaction
  size: number
  readonly entries: NewEntry[]
  readonly commands: { id: string; done: Handled }[]
  readonly newKeys: Map<string, Uint8Array>
  readonly erased: Set<string>
  readonly writes: ViewWrite[]
}

export type Drafting = {
  readonly rooms: Rooms
  readonly projector: Projector
  readonly keys: KeyRing
}

/**
 * Decides one request against everything before it. It either adds all of its entries to the draft
 * or leaves no trace; a bug of its room or of a projection throws and concerns this request alone.
 */
export async function decideRequest(
  request: Request,
  draft: Draft,
  parts: Drafting,
): Promise<Handled | Refused> {
  const opened = new Set(request.asks.map((ask) => parts.rooms.of(`${ask.room}.`)))
  try {
    const addition = await decideAsks(request, draft, parts)
    if (isRefused(addition)) {
      opened.forEach((room) => room.endRequest('drop'))
      return addition
    }
    draft.tx.check(addition.writes)
    opened.forEach((room) => room.endRequest('keep'))
    return add(addition, request, draft)
  } catch (error) {
    opened.forEach((room) => room.endRequest('drop'))
    throw error
  }
}

type Addition = Pick<Draft, 'entries' | 'newKeys' | 'erased' | 'writes'>

function add(addition: Addition, request: Request, draft: Draft): Handled {
  const { length } = addition.entries
  const done =
    length === 0
      ? { first: null, last: null }
      : { first: draft.size, last: draft.size + length - 1 }
  draft.size += length
  draft.entries.push(...addition.entries)
  draft.writes.push(...addition.writes)
  addition.newKeys.forEach((key, person) => draft.newKeys.set(person, key))
  addition.erased.forEach((person) => draft.erased.add(person))
  // An id that the engine made up is nobody's to say again, unless there is a result to look up.
  if (length > 0 || request.meta.command !== undefined) {
    draft.commands.push({ id: request.command, done })
  }
  return done
}

async function decideAsks(
  request: Request,
  draft: Draft,
  parts: Drafting,
): Promise<Addition | Refused> {
  const { by } = request.meta
  const addition: Addition = {
    entries: [],
    newKeys: new Map(),
    erased: new Set(),
    writes: [],
  }
  const decoded: Decoded[] = []
  for (const ask of request.asks) {
    const room = parts.rooms.of(`${ask.room}.`)
    if (!room.knows(ask.stream)) await load(ask.stream, draft, parts, ask.room)
    const answer = room.decide(ask, { by, at: draft.at })
    if (isRefused(answer)) return answer
    for (const event of answer) {
      const refused = await addEntry(event, ask.stream, request, {
        draft,
        parts,
        addition,
        decoded,
      })
      if (refused !== null) return refuse(refused)
    }
  }
  addition.writes.push(...(await parts.projector.project(decoded)))
  return addition
}

/** Folds a stream that is not in memory; its events were fetched with the lock, or are now. */
async function load(
  stream: string,
  { tx }: Draft,
  { rooms, keys }: Drafting,
  roomName: string,
): Promise<void> {
  const stored = tx.streams.get(stream) ?? (await tx.stream(stream))
  const decoded = await rooms.decode(
    stored,
    (persons) => keys.read(persons, tx.personKeys),
    (name) => name === roomName,
  )
  rooms.of(`${roomName}.`).load(stream, decoded)
}

async function addEntry(
  event: EventShape,
  stream: string,
  request: Request,
  into: { draft: Draft; parts: Drafting; addition: Addition; decoded: Decoded[] },
): Promise<EngineRefusal | null> {
  const { draft, parts, addition, decoded } = into
  const { by, effectiveAt = draft.at } = request.meta
  const room = parts.rooms.of(event.type).room
  const { type, ...plain } = event
  if (!isText(plain)) return 'text-malformed'
  const hidden = await hide(event, stream, into)
  if (typeof hidden === 'string') return hidden
  const envelope = { v: 1, type, stream, by, recordedAt: draft.at, effectiveAt } as const
  const bytes = printEnvelope({ ...envelope, command: request.command, data: hidden })
  if (bytes.length > entryBytesMax) return 'entry-too-large'
  const seq = draft.size + addition.entries.length
  addition.entries.push({ ...envelope, seq, bytes })
  decoded.push({ event, origin: { seq, stream, by, recordedAt: draft.at, effectiveAt } })
  const erases = room.erases[type]
  if (erases !== undefined) {
    const person: unknown = Reflect.get(event, erases)
    if (typeof person !== 'string') throw new EngineError('event-invalid', `${type} erases nobody`)
    addition.erased.add(person)
  }
  return null
}

/** The event's own fields, personal ones encrypted; a person's key is made at its first use. */
async function hide(
  event: EventShape,
  stream: string,
  { draft, parts, addition }: { draft: Draft; parts: Drafting; addition: Addition },
): Promise<Record<string, unknown> | EngineRefusal> {
  const { type, ...data } = event
  const personal = parts.rooms.of(type).room.personal[type]
  if (personal === undefined) return data
  const person: unknown = Reflect.get(event, personal.subject)
  if (typeof person !== 'string') {
    throw new EngineError('event-invalid', `${type} names no person in ${personal.subject}`)
  }
  if (draft.erased.has(person) || addition.erased.has(person)) return 'person-erased'
  let key = addition.newKeys.get(person) ?? draft.newKeys.get(person)
  if (key === undefined) {
    const known = (await parts.keys.read([person], draft.tx.personKeys)).get(person)
    if (known === null) return 'person-erased'
    key = known ?? randomBytes(keyBytes)
    if (known === undefined) addition.newKeys.set(person, key)
  }
  return { ...encryptFields(data, personal, { person, type, stream }, key) }
}
