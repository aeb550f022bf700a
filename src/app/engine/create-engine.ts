import { isRefused, refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { Blobs, Clock, EntryLog, Views } from '../ports.ts'
import type { Projection } from '../projection.ts'
import type { EventShape, Room } from '../room.ts'
import { createAppendQueue } from './append-queue.ts'
import { createAppender } from './appender.ts'
import { compareWithEntries } from './comparison.ts'
import type { EngineError } from './engine-error.ts'
import type { Ask, Engine, Handled, Meta, RoomHandle } from './engine.ts'
import { createEntryLog } from './entry-log.ts'
import { isText } from './entry-text.ts'
import { newIdText } from './ids.ts'
import { createKeyRing } from './key-ring.ts'
import { checkMeta } from './meta.ts'
import { openRoom } from './opened-room.ts'
import { createProjector } from './projector.ts'
import { isEngineRefusal } from './refusals.ts'
import { openRooms } from './rooms.ts'
import type { Rooms } from './rooms.ts'
import type { Store, ViewDifference } from './store.ts'
import { createViewsInTime } from './views-in-time.ts'

/** The engine as the program that wires it sees it. */
export type RunningEngine = Engine & {
  /**
   * Makes the views fit the projections, rebuilding what is new or changed. Every room that they
   * read must be open by then. Happens by itself at the first question or command.
   */
  readonly ready: () => Promise<void>
  readonly log: EntryLog
  /**
   * The views after exactly `size` entries, as of when the last of them was recorded, or as of
   * `notBefore` when that is later.
   */
  readonly viewsAtSize: (size: number, notBefore?: Date) => Promise<Views>
  /**
   * Rebuilds what follows from the entries and names each row in which the database differs: of
   * views, of the answers to commands, and keys of erased persons.
   */
  readonly compareViews: () => AsyncIterable<ViewDifference>
  /** Resolves with the reason when the ledger's state is unknown and nothing is written any more. */
  readonly stopped: Promise<EngineError>
  /** Answers what waits, then ends. The store is closed by whoever opened it. */
  readonly close: () => Promise<void>
}

export function createEngine(options: {
  readonly store: Store
  readonly blobs: Blobs
  readonly clock: Clock
  readonly projections: readonly Projection[]
}): RunningEngine {
  const { store, blobs, clock, projections } = options
  const rooms = openRooms()
  const projector = createProjector(projections, rooms, blobs)
  const log = createEntryLog(store)
  const stop = Promise.withResolvers<EngineError>()
  const appender = createAppender({
    store,
    clock,
    drafting: { rooms, keys: createKeyRing(), projector },
    onCommit: log.announce,
    onStop(why) {
      queue.stop()
      stop.resolve(why)
    },
  })
  const queue = createAppendQueue(appender.append)
  const ready = once(async () => {
    const { prepare } = store.views
    appender.adopt(
      await prepare(projections, (stale, size, build) => projector.fill(build, 0, size, stale)),
    )
  })
  const nowMs = steadyClock(clock, () => appender.known().lastAt)
  const views = createViewsInTime({ store, projector, now: () => new Date(nowMs()) })
  const newId = (prefix: string) => `${prefix}_${newIdText(nowMs())}`

  const submit = async (asks: readonly Ask[], meta: Meta): Promise<Handled | Refused> => {
    const checked = checkMeta(meta)
    // Streams are named after what people typed, and are looked up before anything is decided.
    if (!isText(asks.map(({ stream }) => stream))) return refuse('text-malformed')
    await ready()
    const { promise, resolve, reject } = Promise.withResolvers<Handled | Refused>()
    const command = checked.command ?? newId('cmd')
    queue.add({ asks, meta: checked, command, answer: resolve, fail: reject })
    return await promise
  }
  return {
    open: (room) => openHandle(room, { rooms, store, submit }),
    transact: submit,
    async views(asOf) {
      await ready()
      return asOf === undefined ? await views.now() : await views.atEndOf(asOf)
    },
    async viewsAtSize(size, notBefore) {
      await ready()
      return await views.atSize(size, notBefore)
    },
    newId,
    now: () => new Date(nowMs()).toISOString(),
    ready,
    log,
    async *compareViews() {
      await ready()
      yield* compareWithEntries(store, rooms, projector)
    },
    stopped: stop.promise,
    async close() {
      await queue.idle()
      await views.close()
    },
  }
}

function openHandle<Command, State, Event extends EventShape, Code extends string>(
  room: Room<Command, State, Event, Code>,
  engine: {
    readonly rooms: Rooms
    readonly store: Store
    readonly submit: (asks: readonly Ask[], meta: Meta) => Promise<Handled | Refused>
  },
): RoomHandle<Command, State, Code> {
  const { rooms, store, submit } = engine
  const opened = openRoom(room)
  rooms.add(opened)
  return {
    ask: (command) => opened.ask(command),
    async handle(command, meta) {
      const answer = await submit([opened.ask(command)], meta)
      if (!isRefused(answer)) return answer
      const refusal = opened.ownRefusal(answer)
      if (refusal !== undefined) return refusal
      if (isEngineRefusal(answer)) return answer
      throw new Error(`${answer.refused} is nobody's code`)
    },
    async state(stream) {
      const stored = await store.stream(stream)
      const decoded = await rooms.decode(stored, store.personKeys, (name) => name === room.name)
      return opened.fold(decoded)
    },
  }
}

/** Never goes back, and never before the last entry. */
function steadyClock(clock: Clock, lastAt: () => number): () => number {
  let last = 0
  return () => (last = Math.max(last, clock.now().getTime(), lastAt()))
}

/** Runs once, however many ask; a failure is told to those who asked and may be tried again. */
function once(work: () => Promise<void>): () => Promise<void> {
  let started: Promise<void> | null = null
  return () =>
    (started ??= work().catch((error: unknown) => {
      started = null
      throw error
    }))
}
