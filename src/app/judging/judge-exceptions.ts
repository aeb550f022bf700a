import type { Check } from '../../domain/check.ts'
import { exceptionId } from '../../domain/exceptions/identity.ts'
import { reasonText, type CheckFinding } from './judge-checks.ts'
import type { ExceptionState, JudgedException } from './judged.ts'
import type { ExceptionRow } from './rows.ts'
import type { Found } from './statement.ts'

/**
 * What the checks find now, laid over what was recorded before. Whether a job has recorded it yet
 * makes no difference: a new exception is shown under the id that it will have, and one that is
 * gone is shown as fixed. Newest first.
 */
export function judgeExceptions(
  findings: readonly CheckFinding[],
  recorded: readonly ExceptionRow[],
  asOf: Date,
): JudgedException[] {
  const newest = new Map(recorded.map((row) => [keyOf(row.check, row.subject), row]))
  const live = new Map<string, Found>()
  for (const { check, found } of findings) {
    for (const one of found) live.set(keyOf(check.id, one.subject), one)
  }
  const byId = new Map(findings.map((finding) => [finding.check.id, finding]))
  const known = recorded.map((row) => {
    const finding = byId.get(row.check)
    const key = keyOf(row.check, row.subject)
    const isNewest = newest.get(key) === row
    return recordedException(row, finding, (isNewest && live.get(key)) || null, asOf)
  })
  const fresh = findings.flatMap(({ check, found }) =>
    found
      .map((one) => ({ one, before: newest.get(keyOf(check.id, one.subject)) }))
      .filter(({ before }) => before === undefined || before.state === 'fixed')
      .map(({ one, before }) => newException(check, one, (before?.occurrence ?? 0) + 1, asOf)),
  )
  return [...fresh, ...known].sort(
    (a, b) => compare(b.openedAt, a.openedAt) || compare(a.check, b.check) || compare(a.id, b.id),
  )
}

function recordedException(
  row: ExceptionRow,
  finding: CheckFinding | undefined,
  live: Found | null,
  asOf: Date,
): JudgedException {
  const code = live === null ? row.code : live.reason
  const state = row.state === 'fixed' ? 'fixed' : stateNow(row, finding, live)
  const { plan, owner, due } = row
  const fixedAt = row.fixedAt ?? (state === 'fixed' ? asOf.toISOString() : null)
  const response = plan === null || owner === null || due === null ? null : { plan, owner, due }
  return {
    id: row.id,
    check: row.check,
    checkTitle: finding?.check.title ?? { ja: row.check, en: row.check },
    subject: row.subject,
    label: live?.label ?? row.label ?? row.subject,
    occurrence: row.occurrence,
    code,
    reason: textOf(finding, code),
    state,
    recorded: state === row.state && code === row.code,
    openedAt: row.openedAt,
    fixedAt,
    fixedBecause: row.fixedBecause,
    acceptedUntil: row.acceptedUntil,
    acceptedBy: row.acceptedBy,
    observation: live?.observation ?? row.observation,
    cause: row.cause,
    response,
    answeredBy: row.answeredBy,
    ageDays: daysBetween(row.openedAt, fixedAt ?? asOf.toISOString()),
    seq: row.seq,
  }
}

/**
 * An exception is gone only when its check proves something and does not name it any more. Facts
 * that went missing or stale, and members that could not be read, close nothing.
 */
function stateNow(
  row: ExceptionRow,
  finding: CheckFinding | undefined,
  live: Found | null,
): ExceptionState {
  if (live !== null) {
    if (live.reason === row.code || row.state !== 'accepted') return row.state
    return 'answered'
  }
  if (finding === undefined) return row.state
  const isUnread = finding.unread.some(({ subject }) => subject === row.subject)
  const silent = finding.unproven !== 'none' && finding.unproven !== 'unreadable'
  return silent || isUnread ? row.state : 'fixed'
}

function newException(check: Check, one: Found, occurrence: number, asOf: Date): JudgedException {
  return {
    id: exceptionId(check.id, one.subject, occurrence),
    check: check.id,
    checkTitle: check.title,
    subject: one.subject,
    label: one.label,
    occurrence,
    code: one.reason,
    reason: reasonText(check, one.reason),
    state: 'open',
    recorded: false,
    openedAt: asOf.toISOString(),
    fixedAt: null,
    fixedBecause: null,
    acceptedUntil: null,
    acceptedBy: null,
    observation: one.observation,
    cause: null,
    response: null,
    answeredBy: null,
    ageDays: 0,
    seq: null,
  }
}

/** A reason of a former version of the program may have no text any more; its code stays. */
function textOf(finding: CheckFinding | undefined, code: string) {
  return finding?.check.reasons[code] ?? { ja: code, en: code }
}

function keyOf(check: string, subject: string): string {
  return `${check}\n${subject}`
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
