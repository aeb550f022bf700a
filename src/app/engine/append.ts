import { randomBytes } from 'node:crypto'
import { isRefused, refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { EventShape, PersonalFields } from '../room.ts'
import type { Request } from './append-queue.ts'
import type { Handled } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { entryBytesMax, printEnvelope } from './envelope.ts'
import { isText } from './entry-text.ts'
import { encryptFields, keyBytes } from './personal-fields.ts'
import type { KeyRing } from './key-ring.ts'
import type { OpenedRoom } from './opened-room.ts'
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
  // One by one: a spread of a hundred thousand would be as many arguments on the stack.
  addition.entries.forEach((entry) => draft.entries.push(entry))
  addition.writes.forEach((write) => draft.writes.push(write))
  addition.newKeys.forEach((key, person) => draft.newKeys.set(person, key))
  addition.erased.forEach((person) => draft.erased.add(person))
  // An id that the engine made up is nobody's to say again, unless there is a result to look up.
  if (length > 0 || request.meta.command !== undefined) {
    draft.commands.push({ id: request.command, done })
  }
  return done
}

/** Decides all, then writes all: so the keys of everybody they speak of are read at once. */
async function decideAsks(
  request: Request,
  draft: Draft,
  parts: Drafting,
): Promise<Addition | Refused> {
  const decided: Decided[] = []
  for (const ask of request.asks) {
    const room = parts.rooms.of(`${ask.room}.`)
    if (!room.knows(ask.stream)) await load(ask.stream, draft, parts, ask.room)
    const answer = room.decide(ask, { by: request.meta.by, at: draft.at })
    if (isRefused(answer)) return answer
    for (const event of answer) {
      if (!isText(event)) return refuse('text-malformed')
      decided.push({ event, stream: ask.stream, ...whose(event, parts.rooms.of(event.type)) })
    }
  }
  return await write(decided, request, draft, parts)
}

/** An event on its way into an entry: what of it is personal, and whom it erases. */
type Decided = {
  readonly event: EventShape
  readonly stream: string
  readonly personal: { readonly person: string; readonly fields: PersonalFields } | null
  readonly erased: string | null
}

function whose(event: EventShape, { room }: OpenedRoom): Pick<Decided, 'personal' | 'erased'> {
  const nameIn = (field: string): string => {
    const person: unknown = Reflect.get(event, field)
    if (typeof person === 'string') return person
    throw new EngineError('event-invalid', `${event.type} names no person in ${field}`)
  }
  const fields = room.personal[event.type]
  const erases = room.erases[event.type]
  return {
    personal: fields === undefined ? null : { person: nameIn(fields.subject), fields },
    erased: erases === undefined ? null : nameIn(erases),
  }
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

/** Makes entries of events, and of entries the writes to the views. */
async function write(
  decided: readonly Decided[],
  request: Request,
  draft: Draft,
  parts: Drafting,
): Promise<Addition | Refused> {
  const { by, effectiveAt = draft.at } = request.meta
  const addition: Addition = { entries: [], newKeys: new Map(), erased: new Set(), writes: [] }
  const decoded: Decoded[] = []
  const keyOf = await keysFor(decided, draft, addition, parts)
  for (const { event, stream, personal, erased } of decided) {
    const { type, ...plain } = event
    const key = personal === null ? undefined : keyOf(personal.person)
    if (key === null) return refuse('person-erased')
    const place = { person: personal?.person ?? '', type, stream }
    const data = key && personal ? encryptFields(plain, personal.fields, place, key) : plain
    const { command } = request
    const origin = { stream, by, recordedAt: draft.at, effectiveAt }
    const bytes = printEnvelope({ v: 1, type, ...origin, command, data })
    if (bytes.length > entryBytesMax) return refuse('entry-too-large')
    const seq = draft.size + addition.entries.length
    addition.entries.push({ ...origin, seq, type, bytes })
    decoded.push({ event, origin: { ...origin, seq } })
    if (erased !== null) addition.erased.add(erased)
  }
  const writes = await parts.projector.project(decoded)
  writes.forEach((write) => addition.writes.push(write))
  return addition
}

/** Each person's key, made at its first use; null for whom there is none any more. */
async function keysFor(
  decided: readonly Decided[],
  draft: Draft,
  addition: Addition,
  { keys }: Drafting,
): Promise<(person: string) => Uint8Array | null> {
  const persons = new Set(decided.flatMap(({ personal }) => personal?.person ?? []))
  const unknown = [...persons].filter((person) => !draft.newKeys.has(person))
  const kept = await keys.read(unknown, draft.tx.personKeys)
  return (person) => {
    if (draft.erased.has(person) || addition.erased.has(person)) return null
    const known = draft.newKeys.get(person) ?? addition.newKeys.get(person)
    if (known !== undefined) return known
    const key = kept.get(person)
    if (key !== undefined) return key
    const made = randomBytes(keyBytes)
    addition.newKeys.set(person, made)
    return made
  }
}
