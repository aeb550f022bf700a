import type { Check } from '../../domain/check.ts'
import type { Catalogue } from '../../domain/criteria/catalogue.ts'
import type { Views } from '../ports.ts'
import { judgeCheck, type CheckFinding } from './judge-checks.ts'
import { judgeControls, judgeCriteria } from './judge-controls.ts'
import { judgeExceptions } from './judge-exceptions.ts'
import type { Judged, JudgedCheck, JudgedControl, JudgedException } from './judged.ts'
import {
  readControls,
  readCriteria,
  readDay,
  readExceptions,
  readOccurrences,
  readOnOccurrence,
} from './rows.ts'
import { judgingStatement, seen } from './statement.ts'

export type Judging = {
  readonly checks: readonly Check[]
  /**
   * Everything there is to say about these views. The same views are judged once; within a few
   * minutes they count as the same, unless they are to be judged `exactly`, as a report's are.
   */
  readonly judge: (views: Views, how?: 'exactly') => Promise<Judged>
}

/** How many judgements are kept: now, and a handful of days that people compare. */
const keptMax = 8
/**
 * Time alone changes a judgement slowly: something falls due, expires or grows stale. It is seen
 * within so long, and exactly at midnight, which is a multiple of it in every zone of the world.
 */
const momentMs = 300_000

/**
 * Judges every check over a log prefix. A judgement depends on the entries and on the instant
 * alone, so it is kept by both; instants are told apart by `momentMs`.
 */
export function createJudging(needs: {
  readonly checks: readonly Check[]
  readonly catalogue: Catalogue
}): Judging {
  const { checks, catalogue } = needs
  checkIds(checks)
  const statement = judgingStatement(checks)
  const kept = new Map<string, Promise<Judged>>()
  const keyOf = (size: number, asOf: Date, how?: 'exactly') =>
    how === 'exactly'
      ? `${size} ${asOf.toISOString()}`
      : `${size} ${Math.floor(asOf.getTime() / momentMs)}`
  return {
    checks,
    async judge(views, how) {
      const key = keyOf(views.size, views.asOf, how)
      const known = kept.get(key)
      if (known !== undefined) {
        const judged = await known
        if (judged.size === views.size) {
          kept.delete(key)
          kept.set(key, known)
          return judged
        }
      }
      const fresh = judgeAll(views, checks, statement, catalogue)
      kept.delete(key)
      kept.set(key, fresh)
      for (const oldest of kept.keys()) {
        if (kept.size <= keptMax) break
        kept.delete(oldest)
      }
      try {
        const judged = await fresh
        // The snapshot may have begun anew, on more entries, before its first question.
        if (keyOf(judged.size, views.asOf, how) !== key) kept.delete(key)
        return judged
      } catch (error) {
        if (kept.get(key) === fresh) kept.delete(key)
        throw error
      }
    },
  }
}

async function judgeAll(
  views: Views,
  checks: readonly Check[],
  statement: string,
  catalogue: Catalogue,
): Promise<Judged> {
  // Asked at once, so that all of it is answered from one snapshot.
  const [answers, rows, occurrences, onOccurrence, criteria, recorded, day] = await Promise.all([
    checks.length === 0 ? [] : views.rows(seen, statement),
    readControls(views),
    readOccurrences(views),
    readOnOccurrence(views),
    readCriteria(views),
    readExceptions(views),
    readDay(views),
  ])
  const { asOf, size } = views
  const byId = new Map(answers.map((answer) => [answer.check, answer]))
  const findings = checks.map((check) => {
    const answer = byId.get(check.id)
    if (answer === undefined) throw new Error(`${check.id} was not answered`)
    return judgeCheck(check, answer, asOf)
  })
  const exceptions = judgeExceptions(findings, recorded, asOf)
  const controls = judgeControls({ rows, findings, occurrences, onOccurrence, exceptions, day })
  return {
    size,
    asOf: asOf.toISOString(),
    day,
    criteria: judgeCriteria(catalogue, criteria, controls),
    controls,
    checks: judgedChecks(findings, exceptions, controls),
    exceptions,
  }
}

function judgedChecks(
  findings: readonly CheckFinding[],
  exceptions: readonly JudgedException[],
  controls: readonly JudgedControl[],
): JudgedCheck[] {
  const accepted = exceptions.filter(({ state }) => state === 'accepted')
  const adopted = controls.filter(({ state }) => state === 'adopted')
  return findings.map(({ found, ...finding }) => ({
    ...finding,
    exceptions: found.length,
    accepted: accepted.filter(
      ({ check, subject }) =>
        check === finding.check.id && found.some((one) => one.subject === subject),
    ).length,
    observation: found.reduce<number | null>(
      (newest, { observation }) =>
        observation === null ? newest : Math.max(newest ?? 0, observation),
      null,
    ),
    controls: adopted
      .filter((control) => control.checks.includes(finding.check.id))
      .map(({ id }) => id),
  }))
}

/** The ids stand in the statement as they are, and in everything that is recorded. */
function checkIds(checks: readonly Check[]): void {
  const ids = checks.map(({ id }) => id)
  const wrong = ids.find((id, at) => !/^[a-z0-9-]{3,60}$/.test(id) || ids.indexOf(id) !== at)
  if (wrong !== undefined) throw new Error(`${wrong} is no id, or of two checks`)
  if (ids.length > 200) throw new Error('an entry holds the results of at most 200 checks')
}
