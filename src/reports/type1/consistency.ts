import { createHash } from 'node:crypto'
import { ReportError } from '../report-error.ts'
import type { ExceptionRecord, TestResult, Type1Report } from './model.ts'

/** Contradictions named in the error's message; the rest are only counted. */
const NAMED_MAX = 20

/**
 * Refuses a model that contradicts itself: above all one whose counts and whose list of exceptions
 * differ, because that is how an exception would be hidden. Throws `report-inconsistent`.
 */
export function requireConsistent(report: Type1Report): void {
  const found = [
    ...duplicates(report),
    ...contradictingTests(report),
    ...exceptionCounts(report),
    ...brokenReferences(report),
    ...wrongStatuses(report),
    ...outsideThePrefix(report),
    ...checkpointLines(report),
    ...assertedOtherwise(report),
  ]
  if (found.length === 0) return
  const named = found.slice(0, NAMED_MAX).join('; ')
  const more = found.length > NAMED_MAX ? `; and ${found.length - NAMED_MAX} more` : ''
  throw new ReportError('report-inconsistent', `The report contradicts itself: ${named}${more}`)
}

/** Each check once, in the order in which the controls name them; then those that none names. */
export function checksOf(report: Checked): readonly TestResult[] {
  const byId = new Map<string, TestResult>()
  const tests = report.controls.flatMap((control) => control.tests)
  for (const test of [...tests, ...report.otherTests]) {
    if (!byId.has(test.check)) byId.set(test.check, test)
  }
  return [...byId.values()]
}

type Checked = Pick<Type1Report, 'controls' | 'otherTests'>

function duplicates(report: Type1Report): string[] {
  const lists = {
    criterion: report.criteria.map((criterion) => criterion.id),
    control: report.controls.map((control) => control.id),
    exception: report.exceptions.map((exception) => exception.id),
    block: report.description.map((block) => block.id),
    summary: report.summaries.map((summary) => summary.id),
  }
  return Object.entries(lists).flatMap(([kind, ids]) => {
    const seen = new Set<string>()
    return ids.flatMap((id) => {
      if (seen.has(id)) return [`${kind} ${id} occurs twice`]
      seen.add(id)
      return []
    })
  })
}

/** A check has one result, whichever control it stands below. */
function contradictingTests(report: Type1Report): string[] {
  const first = new Map(checksOf(report).map((test) => [test.check, test]))
  return report.controls.flatMap((control) =>
    control.tests.flatMap((test) => {
      const same = JSON.stringify(first.get(test.check)) === JSON.stringify(test)
      return same ? [] : [`check ${test.check} has another result below ${control.id}`]
    }),
  )
}

function exceptionCounts(report: Type1Report): string[] {
  const listed = new Map<string, number>()
  for (const exception of report.exceptions.filter((one) => one.fixedOn === null)) {
    listed.set(exception.check, (listed.get(exception.check) ?? 0) + 1)
  }
  const tests = checksOf(report).flatMap((test) => {
    const count = listed.get(test.check) ?? 0
    if (count !== test.exceptions) {
      return [`check ${test.check} counts ${test.exceptions} exceptions, ${count} are listed`]
    }
    if (count >= test.found) return []
    return [`check ${test.check} found ${test.found} exceptions, ${count} are listed`]
  })
  return [...tests, ...hiddenFromControls(report)]
}

/** A control answers for every exception of its checks that stands. */
function hiddenFromControls(report: Type1Report): string[] {
  const standing = report.exceptions.filter((one) => one.fixedOn === null)
  const ids = new Set(standing.map((one) => one.id))
  return report.controls.flatMap((control) => {
    const named = new Set(control.exceptions)
    const checks = new Set(control.tests.map((test) => test.check))
    return [
      ...standing
        .filter((one) => checks.has(one.check) && !named.has(one.id))
        .map((one) => `control ${control.id} does not name exception ${one.id}`),
      ...control.exceptions
        .filter((id) => !ids.has(id))
        .map((id) => `control ${control.id} names exception ${id}, which does not stand`),
    ]
  })
}

function brokenReferences(report: Type1Report): string[] {
  const controls = new Set(report.controls.map((control) => control.id))
  const checks = new Set(checksOf(report).map((test) => test.check))
  return [
    ...report.criteria.flatMap((criterion) =>
      criterion.controls
        .filter((id) => !controls.has(id))
        .map((id) => `criterion ${criterion.id} names control ${id}, which is not there`),
    ),
    ...report.criteria
      .filter((criterion) => !report.categories.includes(criterion.category))
      .map(({ id, category }) => `criterion ${id} is of ${category}, which is not in scope`),
    ...report.exceptions
      .filter((exception) => !checks.has(exception.check))
      .map(({ id, check }) => `exception ${id} names check ${check}, which is not there`),
    ...report.summaries.flatMap((summary) =>
      summary.rows
        .filter((row) => row.length !== summary.columns.length)
        .map(() => `summary ${summary.id} has a row of the wrong length`),
    ),
  ]
}

function wrongStatuses(report: Type1Report): string[] {
  return [
    ...report.criteria
      .filter(({ status, reason }) => status === 'not-applicable' && reason === null)
      .map(({ id }) => `criterion ${id} is not applicable without a reason`),
    ...checksOf(report)
      .filter(({ status, population }) => status === 'met' && population === 0)
      .map(({ check }) => `check ${check} is met on an empty population`),
    ...checksOf(report)
      .filter(({ found, population }) => found > population)
      .map(({ check }) => `check ${check} found more exceptions than its population has members`),
    ...checksOf(report)
      .filter(({ status, found }) => status === 'met' && found > 0)
      .map(({ check }) => `check ${check} is met in spite of its exceptions`),
  ]
}

function outsideThePrefix(report: Type1Report): string[] {
  const { prefix, checkpoint, assertion } = report
  const tests = checksOf(report)
  const evidence = report.controls.flatMap((control) => control.evidence)
  const entries: readonly (readonly [string, number | null])[] = [
    ...tests.map((test) => [`check ${test.check}`, test.entry] as const),
    ...evidence.map((one) => [`evidence ${one.digest}`, one.entry] as const),
    ...report.exceptions.map((one: ExceptionRecord) => [`exception ${one.id}`, one.entry] as const),
  ]
  const covered = assertion.status === 'signed' ? Math.max(prefix, assertion.entry + 1) : prefix
  return [
    ...entries.flatMap(([name, entry]) =>
      entry !== null && entry >= prefix ? [`${name} is entry ${entry} of ${prefix}`] : [],
    ),
    ...(covered > checkpoint.size
      ? [`the checkpoint covers ${checkpoint.size} entries of ${covered}`]
      : []),
  ]
}

/**
 * What management states and what the sections say come from the same data: the digest is that of
 * the text, and every figure that counts something on the lists counts what is on them.
 */
function assertedOtherwise(report: Type1Report): string[] {
  const { assertion, figures } = report
  const digest = createHash('sha256').update(assertion.markdown).digest('hex')
  const of = (list: readonly { readonly status: string }[], status: string) =>
    list.filter((one) => one.status === status).length
  const { criteria, controls } = report
  const counted: Readonly<Record<string, number>> = {
    'criteria.count': criteria.length - of(criteria, 'not-applicable'),
    'criteria.met': of(criteria, 'met'),
    'criteria.not-met': of(criteria, 'not-met'),
    'criteria.not-proven': of(criteria, 'not-proven'),
    'criteria.not-applicable': of(criteria, 'not-applicable'),
    'controls.count': controls.length,
    'controls.met': of(controls, 'met'),
    'controls.not-met': of(controls, 'not-met'),
    'controls.not-proven': of(controls, 'not-proven'),
    'exceptions.standing': report.exceptions.filter((one) => one.fixedOn === null).length,
  }
  return [
    ...(digest === assertion.digest ? [] : ['the assertion has another digest than its text']),
    ...Object.entries(counted)
      .filter(([name, count]) => (figures[name] ?? count) !== count)
      .map(([name, count]) => `the figure ${name} is ${figures[name]}, ${count} are listed`),
  ]
}

function checkpointLines(report: Type1Report): string[] {
  const { origin, size, rootBase64, text } = report.checkpoint
  const same = text.startsWith(`${origin}\n${size}\n${rootBase64}\n`)
  return same ? [] : ['the checkpoint differs from its own text']
}
