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
  const queue = createState()
  const refuseAll = () => {
    for (const request of queue.waiting.splice(0)) request.answer(refuse('ledger-stopped'))
  }
  const run = async () => {
    // Callers of this very moment come along.
    await Promise.resolve()
    while (queue.waiting.length > 0 && !queue.stopped) {
      const again = await append(queue.waiting.splice(0, batchMax))
      queue.waiting.unshift(...again)
    }
    if (queue.stopped) refuseAll()
    // In the same breath as the last look at what waits: nobody can come in between.
    queue.running = null
  }
  return {
    add(request) {
      if (queue.stopped || queue.waiting.length >= waitingMax) {
        request.answer(refuse('ledger-stopped'))
        return
      }
      queue.waiting.push(request)
      queue.running ??= run()
    },
    stop() {
      queue.stopped = true
      refuseAll()
    },
    async idle() {
      while (queue.running !== null) await queue.running
    },
  }
}

function createState(): { waiting: Request[]; running: Promise<void> | null; stopped: boolean } {
  return { waiting: [], running: null, stopped: false }
}
