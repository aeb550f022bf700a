import { refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { Ask, Handled, Meta } from './engine.ts'

/** A command, or several that stand and fall together, waiting for its turn. */
export type Request = {
  readonly asks: readonly Ask[]
  readonly meta: Meta
  /** The command's id: the caller's own, or one that the engine made. */
  readonly command: string
  readonly answer: (answer: Handled | Refused) => void
  readonly fail: (error: unknown) => void
}

export type AppendQueue = {
  add(request: Request): void
  /** Refuses everything from now on with `ledger-stopped`. */
  stop(): void
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>
}

/** Commands that share one transaction, and so one fsync. */
const batchMax = 512
/** Commands that may wait. More than these would be answered after their callers have gone. */
const waitingMax = 50_000

/**
 * Group commit: while one batch is on its way to the disk, the next one gathers. A single caller
 * does not wait for others; many callers share what a commit costs.
 */
export function createAppendQueue(
  /** Answers every request of the batch, or hands back those that must be tried again, in order. */
  append: (batch: readonly Request[]) => Promise<readonly Request[]>,
): AppendQueue {
  let waiting: Request[] = []
  let running: Promise<void> | null = null
  let stopped = false
  const refuseAll = () => {
    for (const request of waiting) request.answer(refuse('ledger-stopped'))
    waiting = []
  }
  const run = async () => {
    // Callers of this very moment come along.
    await Promise.resolve()
    while (waiting.length > 0 && !stopped) {
      const batch = waiting.slice(0, batchMax)
      waiting = waiting.slice(batchMax)
      const again = await append(batch)
      if (again.length > 0) waiting = [...again, ...waiting]
    }
    if (stopped) refuseAll()
    // In the same breath as the last look at what waits: nobody can come in between.
    running = null
  }
  return {
    add(request) {
      if (stopped || waiting.length >= waitingMax) {
        request.answer(refuse('ledger-stopped'))
        return
      }
      waiting.push(request)
      running ??= run()
    },
    stop() {
      stopped = true
      refuseAll()
    },
    async idle() {
      while (running !== null) await running
    },
  }
}
