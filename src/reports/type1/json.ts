import { canonicalJson } from '../../domain/canonical-json.ts'
import { requireConsistent } from './consistency.ts'
import { missingFrom } from './missing.ts'
import type { Type1Report } from './model.ts'
import { exceptionState, type1Counts } from './tally.ts'
import { writing } from './writing.ts'

/** Goes up when a reader of the old one would misread the new one. */
const FORMAT = 'arinomama-type1.v1'

/**
 * The report for tools: `{ format, report, counts, exceptionStates, missing }` as canonical JSON.
 * `report` is the model as it is; the rest is what the printed report computes from it.
 * Throws `report-inconsistent`.
 */
export function type1Json(report: Type1Report): string {
  requireConsistent(report)
  return canonicalJson({
    format: FORMAT,
    report,
    counts: type1Counts(report),
    exceptionStates: Object.fromEntries(
      report.exceptions.map((one) => [one.id, exceptionState(one, report.asOf.date)]),
    ),
    missing: missingFrom(writing(report)),
  })
}
