import { setTimeout as delay } from 'node:timers/promises'
import { refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { Clock } from '../ports.ts'
import { decideRequest } from './append.ts'
import type { Draft, Drafting } from './append.ts'
import type { Request } from './append-queue.ts'
import { EngineError } from './engine-error.ts'
import type { Handled } from './engine.ts'
import { ConnectionLost } from './store.ts'
import type { AppendTransaction, Head, Store } from './store.ts'

export type Appender = {
  /** Carries out a batch; hands back what must be tried again. */
  append(batch: readonly Request[]): Promise<readonly Request[]>
  /** What this node knows of the head. */
  readonly known: Head
  adopt(head: Head): void
}

/** A machine's clock is set back now and then by this much; more is a mistake, or an attack. */
export const clockToleranceMs = 5_000
/** A database that restarts is waited for this long. */
const outageMaxMs = 30_000

export function createAppender(options: {
  readonly store: Store
  readonly clock: Clock
  readonly parts: Drafting
  readonly onCommit: () => void
  readonly onStop: (why: EngineError) => void
}): Appender {
  const { store, clock, parts, onCommit, onStop } = options
  let known: Head = { size: 0, lastAt: 0, erasures: 0, viewsEpoch: 0 }
  let outageSince: number | null = null

  /** Brings memory up to what other nodes have added. */
  const catchUp = async (tx: AppendTransaction) => {
    const { head } = tx
    if (head.size < known.size) throw shrunk(known.size, head.size)
    if (head.viewsEpoch !== known.viewsEpoch) throw takenOver()
    if (head.erasures !== known.erasures) forgetAll(parts)
    else if (head.size > known.size) {
      for (const { stream } of await tx.changesSince(known.size)) {
        parts.rooms.all().forEach((room) => room.forget(stream))
      }
    }
    known = head
  }

  const commit = async (draft: Draft) => {
    const { tx, entries, commands, newKeys, erased, writes } = draft
    if (entries.length === 0 && commands.length === 0) return await tx.rollback()
    const head = {
      ...tx.head,
      size: draft.size,
      lastAt: draft.atMs,
      erasures: tx.head.erasures + erased.size,
    }
    const keys = [...newKeys].map(([person, key]) => ({ person, key }))
    const { projector } = parts
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
    known = head
    if (erased.size > 0) forgetAll(parts)
    else parts.keys.add(newKeys)
  }

  /** The whole batch in one transaction; a request with an erasure ends its batch. */
  const attempt = async (batch: readonly Request[]): Promise<readonly Request[]> => {
    const tx = await store.begin(wantedBy(batch, parts))
    const outcomes: (() => void)[] = []
    let done = 0
    try {
      await catchUp(tx)
      const draft = startDraft(tx, clock)
      const answers = new Map<string, Handled>(tx.answered)
      for (const request of batch) {
        done++
        outcomes.push(await outcomeOf(request, draft, answers, parts))
        if (draft !== null && draft.erased.size > 0) break
      }
      await (draft === null ? tx.rollback() : commit(draft))
    } catch (error) {
      parts.rooms.all().forEach((room) => room.endBatch('drop'))
      await tx.rollback().catch(() => {})
      throw error
    }
    parts.rooms.all().forEach((room) => room.endBatch('keep'))
    outcomes.forEach((tell) => tell())
    onCommit()
    return batch.slice(done)
  }

  const recover = async (batch: readonly Request[], error: unknown) => {
    if (error instanceof EngineError && stopping.has(error.code)) {
      onStop(error)
      return refuseAll(batch)
    }
    if (!(error instanceof ConnectionLost)) {
      if (batch.length === 1) batch.forEach((request) => request.fail(error))
      // One of them breaks the others' transaction: each gets its own.
      return await oneByOne(batch)
    }
    outageSince ??= performance.now()
    if (performance.now() - outageSince > outageMaxMs) {
      onStop(new EngineError('ledger-stopped', 'The database cannot be reached', { cause: error }))
      return refuseAll(batch)
    }
    await delay(100)
    // Said again under the same ids: what was carried out after all is answered from the table.
    return batch
  }

  const append = async (batch: readonly Request[]): Promise<readonly Request[]> => {
    try {
      const left = await attempt(batch)
      outageSince = null
      return left
    } catch (error) {
      return await recover(batch, error)
    }
  }

  const oneByOne = async (batch: readonly Request[]): Promise<readonly Request[]> => {
    if (batch.length <= 1) return []
    for (const [index, request] of batch.entries()) {
      const left = await append([request])
      if (left.length > 0) return batch.slice(index)
    }
    return []
  }
  return {
    append,
    get known() {
      return known
    },
    adopt: (head) => void (known = head),
  }
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
  parts: Drafting,
): Promise<() => void> {
  const before = answers.get(request.command)
  if (before !== undefined) return () => request.answer(before)
  if (draft === null) return () => request.answer(refuse('clock-behind'))
  try {
    const answer: Handled | Refused = await decideRequest(request, draft, parts)
    if (!('refused' in answer)) answers.set(request.command, answer)
    return () => request.answer(answer)
  } catch (error) {
    if (error instanceof ConnectionLost) throw error
    return () => request.fail(error)
  }
}

/** Ids of all, made-up ones too: after a lost connection they tell what was carried out. */
function wantedBy(batch: readonly Request[], { rooms }: Drafting) {
  const streams = new Set<string>()
  for (const { asks } of batch) {
    for (const { room, stream } of asks)
      if (!rooms.of(`${room}.`).knows(stream)) streams.add(stream)
  }
  return { commands: batch.map(({ command }) => command), streams: [...streams] }
}

function forgetAll({ rooms, keys }: Drafting): void {
  rooms.all().forEach((room) => room.forget())
  keys.clear()
}

function refuseAll(batch: readonly Request[]): [] {
  batch.forEach((request) => request.answer(refuse('ledger-stopped')))
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
