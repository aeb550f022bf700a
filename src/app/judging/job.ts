import { isRefused } from '../../domain/decider.ts'
import { judge } from '../../domain/exceptions/exceptions.ts'
import type { EntryLog, Job } from '../ports.ts'
import type { Recorder } from './recording.ts'

const everyMs = 10_000
/** Entries that keep arriving put a judgement off for so long at most. */
const patienceMs = 60_000
/** Facts grow stale and days end without any entry. */
const atLeastEveryMs = 3_600_000

/** Judges and records soon after entries have stopped arriving, and once an hour. */
export function judgingJob(needs: {
  readonly recorder: Recorder
  readonly log: EntryLog
  readonly now: () => string
}): Job {
  const { recorder, log, now } = needs
  /** The size of the ledger that the last judgement knows of, itself included. */
  let known = 0
  let judgedAt = 0
  let lastSize = 0
  let newSince: number | null = null
  return {
    name: 'judge',
    everyMs,
    async run() {
      const size = await log.size()
      const at = Date.parse(now())
      const isQuiet = size === lastSize
      lastSize = size
      if (size === 0) return
      if (size !== known) newSince ??= at
      const isReady = newSince !== null && (isQuiet || at - newSince >= patienceMs)
      if (!isReady && at - judgedAt < atLeastEveryMs) return
      const recorded = await recorder.record(judge)
      if (isRefused(recorded)) throw new Error(`the judgement was refused: ${recorded.refused}`)
      const { judged, done } = recorded
      // What somebody appended in between has not been looked at.
      known = done.last !== null && done.first === judged.size ? done.last + 1 : judged.size
      judgedAt = at
      newSince = null
    },
  }
}
