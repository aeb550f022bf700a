import type { Language } from '../../domain/audit/events.ts'
import { writtenDay, writtenInstant, writtenNumber } from '../../domain/audit/written-numbers.ts'
import type {
  Gap,
  Judged,
  JudgedCheck,
  JudgedControl,
  JudgedCriterion,
  JudgedException,
} from '../../app/judging/judged.ts'
import type {
  ControlResult,
  CriterionResult,
  EvidenceRecord,
  ExceptionRecord,
  Reason,
  TestResult,
  Unproven,
} from './model.ts'
import { procedureOf } from './procedures.ts'
import type { Type1Texts } from './texts-en.ts'

/** What is judged, in the words of one language. */
export type Telling = {
  readonly judged: Judged
  readonly language: Language
  readonly texts: Type1Texts
  readonly zone: string
  /** Days, in the organisation's zone, of the exceptions' instants. */
  readonly dayOf: (instant: string) => string
  /** Name by person; null once erased. */
  readonly nameOf: (person: string) => string | null
  /** Reason by exception, of the acceptance that stands. */
  readonly acceptances: ReadonlyMap<string, string>
  readonly evidence: ReadonlyMap<string, readonly EvidenceRecord[]>
}

export function criteriaResults(told: Telling): CriterionResult[] {
  const { judged, language } = told
  return judged.criteria
    .filter(({ inScope }) => inScope)
    .map((criterion) => ({
      id: criterion.entry.id,
      title: criterion.entry.title[language],
      category: criterion.category,
      status: criterion.status,
      reason: criterionReason(told, criterion),
      controls: criterion.controls,
    }))
}

function criterionReason(told: Telling, { exclusion, unproven }: JudgedCriterion): string | null {
  if (exclusion === null) return gap(told, unproven)?.text ?? null
  const { texts, language, dayOf } = told
  const by = exclusion.by.name ?? texts.document.erased
  return texts.unproven.excluded(exclusion.reason, by, writtenDay(dayOf(exclusion.at), language))
}

export function controlResults(told: Telling): ControlResult[] {
  const { judged, language } = told
  const checks = new Map(judged.checks.map((check) => [check.check.id, check]))
  return adopted(judged).map((control): ControlResult => {
    const ids = (framework: string) =>
      control.mappings.filter((to) => to.framework === framework).map((to) => to.id)
    return {
      id: control.id,
      title: control.title[language],
      statement: control.statement[language],
      owner: control.owner?.name ?? null,
      cadence: control.cadence,
      status: control.status,
      unproven: gap(told, control.unproven),
      criteria: ids('soc2'),
      iso27001: ids('iso27001'),
      pcidss: ids('pcidss'),
      tests: control.checks.flatMap((id) => {
        const check = checks.get(id)
        return check === undefined ? [] : [testResult(told, check)]
      }),
      evidence: told.evidence.get(control.id) ?? [],
      turns: control.occurrences.map(({ from, to, state }) => ({ from, to, state })),
      exceptions: control.exceptions,
    }
  })
}

/** Checks that no control in place names, so that retiring a control hides nothing. */
export function otherResults(told: Telling): TestResult[] {
  const { judged } = told
  const named = new Set(adopted(judged).flatMap((control) => control.checks))
  const known = new Set(judged.checks.map(({ check }) => check.id))
  const gone = judged.exceptions.filter(({ check }) => !known.has(check))
  return [
    ...judged.checks
      .filter(({ check }) => !named.has(check.id))
      .map((check) => testResult(told, check)),
    ...[...Map.groupBy(gone, ({ check }) => check)].map(([check, all]) =>
      goneTest(told, check, all),
    ),
  ]
}

/** A check that this version of the program does not have any more: its exceptions stay. */
function goneTest(told: Telling, check: string, all: readonly JudgedException[]): TestResult {
  return {
    check,
    title: all[0]?.checkTitle[told.language] ?? check,
    rule: check,
    procedure: procedureOf(check),
    population: 0,
    found: 0,
    exceptions: all.filter(({ state }) => state !== 'fixed').length,
    status: 'not-proven',
    unproven: gap(told, 'no-test'),
    sql: { population: '', exceptions: '', unread: null, freshness: null },
    observedAt: null,
    entry: null,
  }
}

function adopted(judged: Judged): readonly JudgedControl[] {
  return judged.controls.filter(({ state }) => state === 'adopted')
}

function testResult(told: Telling, judged: JudgedCheck): TestResult {
  const { check } = judged
  const { language } = told
  const standing = told.judged.exceptions.filter(
    (one) => one.check === check.id && one.state !== 'fixed',
  )
  return {
    check: check.id,
    title: check.title[language],
    rule: check.rule[language],
    procedure: procedureOf(check.id),
    population: judged.population,
    found: judged.exceptions,
    exceptions: standing.length,
    status: judged.status,
    unproven: checkGap(told, judged),
    sql: {
      population: check.population,
      exceptions: check.exceptions,
      unread: check.unproven ?? null,
      freshness: check.freshness?.query ?? null,
    },
    observedAt: judged.lastSeenAt,
    entry: judged.observation,
  }
}

function checkGap(told: Telling, { unproven, lastSeenAt, check }: JudgedCheck): Reason | null {
  if (unproven !== 'stale' || lastSeenAt === null || check.freshness === null) {
    return gap(told, unproven)
  }
  const at = writtenInstant(lastSeenAt, told.zone)
  const days = writtenNumber(check.freshness.days)
  return { code: unproven, text: told.texts.unproven.staleSince(at, days) }
}

function gap({ texts }: Telling, code: Gap): Reason | null {
  return code === 'none' ? null : { code, text: texts.unproven[code] }
}

/** In the order of the checks, and of when they were found; every one, also what is fixed since. */
export function exceptionRecords(told: Telling): ExceptionRecord[] {
  const order = new Map(told.judged.checks.map(({ check }, index) => [check.id, index]))
  const place = ({ check }: JudgedException) => order.get(check) ?? order.size
  return [...told.judged.exceptions]
    .sort(
      (one, other) =>
        place(one) - place(other) ||
        compare(one.openedAt, other.openedAt) ||
        compare(one.label, other.label) ||
        compare(one.id, other.id),
    )
    .map((one) => exceptionRecord(told, one))
}

function exceptionRecord(told: Telling, one: JudgedException): ExceptionRecord {
  const { dayOf, nameOf, language, acceptances } = told
  const { response, acceptedBy, acceptedUntil, fixedAt } = one
  return {
    id: one.id,
    check: one.check,
    subject: one.label,
    reason: one.reason[language],
    openedOn: dayOf(one.openedAt),
    fixedOn: fixedAt === null ? null : dayOf(fixedAt),
    cause: one.cause,
    response:
      response === null
        ? null
        : { plan: response.plan, owner: nameOf(response.owner), due: response.due },
    acceptance:
      acceptedBy === null || acceptedUntil === null
        ? null
        : {
            by: nameOf(acceptedBy),
            until: acceptedUntil,
            reason: acceptances.get(one.id) ?? '',
          },
    entry: one.observation ?? one.seq,
  }
}

/** Members of a check's population of which nothing could be read. */
export function unreadMembers({ judged, language }: Telling): Unproven[] {
  return judged.checks.flatMap(({ check, unread }) =>
    unread.map(({ label, reason }) => ({
      subject: `${check.id}: ${label}`,
      code: 'unreadable',
      text: reason[language],
    })),
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
