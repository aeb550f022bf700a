import type { Status } from '../../domain/check.ts'
import { checksOf } from './consistency.ts'
import type { ControlResult, ExceptionRecord, Type1Report } from './model.ts'

export type Tally = Readonly<Record<Status, number>>
export type ExceptionState = 'open' | 'answered' | 'accepted' | 'fixed'

/** What the report counts. Computed from its lists, so that a count can't differ from them. */
export type Type1Counts = {
  readonly criteria: Tally
  readonly controls: Tally
  readonly checks: Tally
  readonly exceptions: Readonly<Record<ExceptionState, number>>
}

export function type1Counts(report: Type1Report): Type1Counts {
  const states = report.exceptions.map((one) => exceptionState(one, report.asOf.date))
  const count = (state: ExceptionState) => states.filter((one) => one === state).length
  return {
    criteria: tally(report.criteria),
    controls: tally(report.controls),
    checks: tally(checksOf(report)),
    exceptions: {
      open: count('open'),
      answered: count('answered'),
      accepted: count('accepted'),
      fixed: count('fixed'),
    },
  }
}

function tally(judged: readonly { readonly status: Status }[]): Tally {
  const count = (status: Status) => judged.filter((one) => one.status === status).length
  return {
    met: count('met'),
    'not-met': count('not-met'),
    'not-proven': count('not-proven'),
    'not-applicable': count('not-applicable'),
  }
}

/** An acceptance that has run out is none: the exception is what it would be without it. */
export function exceptionState(exception: ExceptionRecord, date: string): ExceptionState {
  if (exception.fixedOn !== null) return 'fixed'
  if (exception.acceptance !== null && exception.acceptance.until >= date) return 'accepted'
  return exception.response === null ? 'open' : 'answered'
}

/** The exceptions of the controls that still stand, each once, in the report's order. */
export function standingExceptions(
  report: Type1Report,
  controls: readonly ControlResult[],
): readonly ExceptionRecord[] {
  const ids = new Set(controls.flatMap((control) => control.exceptions))
  return report.exceptions.filter((one) => ids.has(one.id))
}
