import type { getCheck, getTrend, listChecks, runChecks } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import type { Check } from '../../domain/check.ts'
import type { Catalogue } from '../../domain/criteria/catalogue.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Engine } from '../engine/engine.ts'
import { exceptionsRoom } from '../exceptions/room.ts'
import type { Blobs, EntryLog, Job, Views } from '../ports.ts'
import { judgingJob } from './job.ts'
import type { Judged } from './judged.ts'
import { createJudging } from './judging.ts'
import { membersMax, readHistory, readMembers, readTrend } from './reads.ts'
import { createRecorder, tallyOf, type ExceptionsHandle, type Recorder } from './recording.ts'
import { showCheck, showException } from './show.ts'

export type JudgingCases = {
  readonly catalogue: Catalogue
  /** Every check there is. */
  readonly checks: readonly Check[]
  /** Everything judged for these views: what the board and the report stand on. */
  readonly judge: (views: Views, how?: 'exactly') => Promise<Judged>
  readonly listChecks: (asOf?: string) => Promise<Output<typeof listChecks>>
  readonly getCheck: (check: string, asOf?: string) => Promise<Output<typeof getCheck> | Refused>
  readonly trend: (asOf?: string) => Promise<Output<typeof getTrend>>
  /** Judges now and records what is new. */
  readonly run: (by: string) => Promise<Output<typeof runChecks> | Refused>
  readonly recorder: Recorder
  readonly exceptions: ExceptionsHandle
  readonly jobs: readonly Job[]
}

/**
 * Holds what is against the rules. The checks come from every room; whoever wires hands them over.
 */
export function openJudging(
  engine: Engine,
  needs: {
    readonly checks: readonly Check[]
    readonly catalogue: Catalogue
    readonly blobs: Blobs
    readonly log: EntryLog
  },
): JudgingCases {
  const { checks, catalogue, blobs, log } = needs
  const judging = createJudging({ checks, catalogue })
  const exceptions = engine.open(exceptionsRoom)
  const recorder = createRecorder(engine, { judging, blobs, exceptions })
  return {
    catalogue,
    checks,
    judge: judging.judge,
    async listChecks(asOf) {
      const judged = await judging.judge(await engine.views(asOf))
      return judged.checks.map(showCheck)
    },
    async getCheck(id, asOf) {
      const views = await engine.views(asOf)
      const judged = await judging.judge(views)
      const one = judged.checks.find(({ check }) => check.id === id)
      if (one === undefined) return refuse('check-unknown', id)
      const { check } = one
      const [members, history] = await Promise.all([
        readMembers(views, check),
        readHistory(views, id),
      ])
      return {
        ...showCheck(one),
        remedy: check.remedy,
        populationSql: check.population,
        exceptionsSql: check.exceptions,
        unprovenSql: check.unproven ?? null,
        freshnessDays: check.freshness?.days ?? null,
        members,
        exceptionRows: judged.exceptions.filter((x) => x.check === id).map(showException),
        unprovenRows: one.unread.slice(0, membersMax),
        history,
      }
    },
    trend: async (asOf) => readTrend(await engine.views(asOf)),
    async run(by) {
      const recorded = await recorder.record(by)
      if (isRefused(recorded)) return recorded
      const { judged, done } = recorded
      const { met, notMet, notProven } = tallyOf(judged.checks.map(({ status }) => status))
      return { seq: done.last, totals: { met, notMet, notProven } }
    },
    recorder,
    exceptions,
    jobs: [judgingJob({ recorder, log, now: engine.now })],
  }
}
