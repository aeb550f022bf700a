import { setTimeout as delay } from 'node:timers/promises'
import { refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { Clock } from '../ports.ts'
import { decideRequest } from './append.ts'
import type { Draft, Drafting } from './append.ts'
import type { Request } from './append-queue.ts'
import { EngineError } from './engine-error.ts'
import type { EngineRefusal, Handled } from './engine.ts'
import { ConnectionLost, StorageFull } from './store.ts'
import type { AppendTransaction, Head, Store } from './store.ts'

export type Appender = {
  /** Carries out a batch; hands back what must be tried again. Never rejects. */
  readonly append: (batch: readonly Request[]) => Promise<readonly Request[]>
  /** What this node knows of the head. */
  readonly known: () => Head
  readonly adopt: (head: Head) => void
}

/** A machine's clock is set back now and then by this much; more is a mistake, or an attack. */
const clockToleranceMs = 5_000
/** A database that restarts is waited for this long. */
const outageMaxMs = 30_000
const retryAfterMs = 100

type Parts = {
  readonly store: Store
  readonly clock: Clock
  readonly drafting: Drafting
  readonly onCommit: () => void
  readonly onStop: (why: EngineError) => void
}
/** The head as this node left or found it: what it has in memory is as of then. */
type Memory = { known: Head; outageSince: number | null }

export function createAppender(parts: Parts): Appender {
  const memory: Memory = {
    known: { size: 0, lastAt: 0, erasures: 0, viewsEpoch: 0 },
    outageSince: null,
  }
  return {
    append: (batch) => append(batch, parts, memory),
    known: () => memory.known,
    adopt: (head) => void (memory.known = head),
  }
}

async function append(
  batch: readonly Request[],
  parts: Parts,
  memory: Memory,
): Promise<readonly Request[]> {
  try {
    const left = await attempt(batch, parts, memory)
    memory.outageSince = null
    return left
  } catch (error) {
    return await recover(batch, error, parts, memory)
  }
}

/** The whole batch in one transaction; a request with an erasure ends its batch. */
async function attempt(
  batch: readonly Request[],
  parts: Parts,
  memory: Memory,
): Promise<readonly Request[]> {
  const { rooms } = parts.drafting
  const tx = await parts.store.begin(wantedBy(batch, parts.drafting))
  const tellers: (() => void)[] = []
  try {
    await catchUp(tx, parts.drafting, memory)
    const draft = startDraft(tx, parts.clock)
    const answers = new Map<string, Handled>(tx.answered)
    for (const request of batch) {
      tellers.push(await outcomeOf(request, draft, answers, parts.drafting))
      if (draft !== null && draft.erased.size > 0) break
    }
    await (draft === null ? tx.rollback() : commit(draft, parts.drafting, memory))
  } catch (error) {
    rooms.all().forEach((room) => room.endBatch('drop'))
    await tx.rollback().catch(() => {})
    throw error
  }
  rooms.all().forEach((room) => room.endBatch('keep'))
  tellers.forEach((tell) => tell())
  parts.onCommit()
  return batch.slice(tellers.length)
}

/** Brings memory up to what other nodes have added. */
async function catchUp(tx: AppendTransaction, drafting: Drafting, memory: Memory): Promise<void> {
  const { head } = tx
  const { known } = memory
  if (head.size < known.size) throw shrunk(known.size, head.size)
  if (head.viewsEpoch !== known.viewsEpoch) throw takenOver()
  if (head.erasures !== known.erasures) forgetAll(drafting)
  else if (head.size > known.size) {
    for (const { stream } of await tx.changesSince(known.size)) {
      drafting.rooms.all().forEach((room) => room.forget(stream))
    }
  }
  memory.known = head
}

async function commit(draft: Draft, drafting: Drafting, memory: Memory): Promise<void> {
  const { tx, entries, commands, newKeys, erased, writes } = draft
  if (entries.length === 0 && commands.length === 0) return await tx.rollback()
  const head = {
    ...tx.head,
    size: draft.size,
    lastAt: entries.length === 0 ? tx.head.lastAt : draft.atMs,
    erasures: tx.head.erasures + erased.size,
  }
  const keys = [...newKeys].map(([person, key]) => ({ person, key }))
  const { projector } = drafting
  await tx.commit(
    { head, entries, commands, writes, newKeys: keys, erased: [...erased] },
    erased.size === 0
      ? undefined
      : async (build) => {
          const touched = projector.personal()
          await build.empty(touched)
          await projector.fill(build, 0, draft.size, touched)
        },
  )
  memory.known = head
  if (erased.size > 0) forgetAll(drafting)
  else drafting.keys.add(newKeys)
}

async function recover(
  batch: readonly Request[],
  error: unknown,
  parts: Parts,
  memory: Memory,
): Promise<readonly Request[]> {
  if (error instanceof EngineError && stopping.has(error.code)) {
    parts.onStop(error)
    return refuseAll(batch, 'ledger-stopped')
  }
  if (error instanceof StorageFull) return refuseAll(batch, 'storage-full')
  if (!(error instanceof ConnectionLost)) return await oneByOne(batch, error, parts, memory)
  memory.outageSince ??= performance.now()
  if (performance.now() - memory.outageSince > outageMaxMs) {
    const message = 'The database cannot be reached. Start it, then start this program again.'
    parts.onStop(new EngineError('ledger-stopped', message, { cause: error }))
    return refuseAll(batch, 'ledger-stopped')
  }
  await delay(retryAfterMs)
  // Said again under the same ids: what was carried out after all is answered from the table. The
  // head's lock makes this wait until the lost session's transaction has ended one way or another.
  return batch
}

/** One of them breaks the others' transaction, so each gets its own. */
async function oneByOne(
  batch: readonly Request[],
  error: unknown,
  parts: Parts,
  memory: Memory,
): Promise<readonly Request[]> {
  if (batch.length === 1) batch.forEach((request) => request.fail(error))
  if (batch.length <= 1) return []
  for (const [index, request] of batch.entries()) {
    const left = await append([request], parts, memory)
    if (left.length > 0) return batch.slice(index)
  }
  return []
}

const stopping = new Set(['ledger-shrunk', 'ledger-stopped'])

/** Null when the clock is too far behind to record anything. */
function startDraft(tx: AppendTransaction, clock: Clock): Draft | null {
  const now = clock.now().getTime()
  if (now < tx.head.lastAt - clockToleranceMs) return null
  // Entries of one moment share their time; it never goes back.
  const atMs = Math.max(now, tx.head.lastAt)
  return {
    at: new Date(atMs).toISOString(),
    atMs,
    tx,
    size: tx.head.size,
    entries: [],
    commands: [],
    newKeys: new Map(),
    erased: new Set(),
    writes: [],
  }
}

/** What to tell the caller once the batch is durable. */
async function outcomeOf(
  request: Request,
  draft: Draft | null,
  answers: Map<string, Handled>,
  drafting: Drafting,
): Promise<() => void> {
  const before = answers.get(request.command)
  if (before !== undefined) return () => request.answer(before)
  if (draft === null) return () => request.answer(refuse('clock-behind'))
  try {
    const answer: Handled | Refused = await decideRequest(request, draft, drafting)
    if (!('refused' in answer)) answers.set(request.command, answer)
    return () => request.answer(answer)
  } catch (error) {
    if (error instanceof ConnectionLost || error instanceof StorageFull) throw error
    return () => request.fail(error)
  }
}

/** Ids of all, made-up ones too: after a lost connection they tell what was carried out. */
function wantedBy(batch: readonly Request[], { rooms }: Drafting) {
  const streams = new Set<string>()
  for (const { asks } of batch) {
    for (const { room, stream } of asks) {
      if (!rooms.of(`${room}.`).knows(stream)) streams.add(stream)
    }
  }
  return { commands: batch.map(({ command }) => command), streams: [...streams] }
}

function forgetAll({ rooms, keys }: Drafting): void {
  rooms.all().forEach((room) => room.forget())
  keys.clear()
}

function refuseAll(batch: readonly Request[], code: EngineRefusal): [] {
  batch.forEach((request) => request.answer(refuse(code)))
  return []
}

function shrunk(was: number, is: number): EngineError {
  return new EngineError(
    'ledger-shrunk',
    `The database has ${is} entries, and had ${was}. It was set back or exchanged while this ` +
      'program ran. Restore the newest state, then start again.',
  )
}

function takenOver(): EngineError {
  return new EngineError(
    'ledger-stopped',
    'A program with other views has taken this database over. Start this one again in the same ' +
      'version as the other.',
  )
}
