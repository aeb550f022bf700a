import { coalesced } from './coalesced.ts'
import { stopOf } from './integrator.ts'
import { LedgerStop } from './ledger-stop.ts'
import type { KeptCheckpoint } from './ports.ts'
import { publishingRun } from './publishing-run.ts'
import type { RunOptions } from './publishing-run.ts'

export type PublisherState = {
  readonly stop: LedgerStop | null
  /** The newest published checkpoint. */
  readonly published: KeptCheckpoint | null
  /** Whether the quorum has cosigned the newest signed checkpoint; null before there is one. */
  readonly quorumMet: boolean | null
  /** Why the last run did not come through; null when it did. */
  readonly failure: string | null
  /** The same, when it is one that waits for somebody but not for a new start: a full disk. */
  readonly obstacle: LedgerStop | null
}

export type Publisher = {
  /** Publishes what is committed now, and answers the checkpoint; null for an empty ledger. */
  readonly publishNow: () => Promise<KeptCheckpoint | null>
  readonly start: () => void
  readonly stop: () => Promise<void>
  readonly state: () => PublisherState
}

/** Time between two checkpoints of a busy ledger. */
const PACE_MS = 500
/** Commits of other nodes are looked for this often, and failures tried again. */
const POLL_MS = 1_000
/** Waits a moment for the commands that come together. */
const GATHER_MS = 40

/** Publishes within a second of a commit. `onChange` is told after every run. */
export function publisher(
  options: Omit<RunOptions, 'wake'> & { readonly onChange: (state: PublisherState) => void },
): Publisher {
  let state: PublisherState = {
    stop: null,
    published: null,
    quorumMet: null,
    failure: null,
    obstacle: null,
  }
  let isStarted = false
  let timer: NodeJS.Timeout | undefined
  let poll: NodeJS.Timeout | undefined
  let endListening: (() => void) | undefined
  let lastRunMs = 0

  const run = publishingRun({ ...options, wake: () => wake(GATHER_MS) })
  const publishing = coalesced(async (): Promise<KeptCheckpoint | null> => {
    if (state.stop !== null) throw state.stop
    try {
      const { published, quorumMet } = await run.once()
      state = { ...state, published, quorumMet, failure: null, obstacle: null }
      return published
    } catch (error) {
      const reason = stopOf(error)
      // A full disk can be emptied; every other stop needs somebody who looks first.
      const found = reason instanceof LedgerStop ? reason : null
      const isFinal = found?.code !== 'ledger-storage-unwritable'
      const failure = reason instanceof Error ? reason.message : String(reason)
      state = { ...state, failure, stop: isFinal ? found : null, obstacle: isFinal ? null : found }
      throw reason
    } finally {
      options.onChange(state)
    }
  })

  function wake(delayMs: number): void {
    if (!isStarted || timer !== undefined || state.stop !== null) return
    const paceMs = Math.max(delayMs, lastRunMs + PACE_MS - performance.now())
    timer = setTimeout(() => {
      timer = undefined
      lastRunMs = performance.now()
      void publishing.run().catch(() => {})
    }, paceMs)
  }

  async function lookAround(): Promise<void> {
    const size = await options.log.size().catch(() => -1)
    const isQuiet = size === (state.published?.size ?? 0) && state.failure === null && !run.isDue()
    if (!isQuiet) wake(0)
  }

  return {
    publishNow: publishing.run,
    start() {
      isStarted = true
      endListening = options.log.onAppend(() => wake(GATHER_MS))
      poll = setInterval(() => void lookAround(), POLL_MS)
      poll.unref()
      wake(0)
    },
    async stop() {
      isStarted = false
      endListening?.()
      clearInterval(poll)
      clearTimeout(timer)
      await publishing.idle()
    },
    state: () => state,
  }
}
