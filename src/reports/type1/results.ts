import {
  code,
  facts,
  faint,
  joined,
  lineBreak,
  paragraph,
  strong,
  table,
  text,
} from '../elements.ts'
import type { Element, FactRow, Span } from '../elements.ts'
import { visibleLine } from '../plain-text.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import { exceptionCards } from './exception-cards.ts'
import type { ControlResult, CriterionResult, EvidenceRecord, TestResult, Turn } from './model.ts'
import type { Missing } from './missing.ts'
import { standingExceptions } from './tally.ts'
import { anchors, authored, line, lineOr, mark, markSpan, reference, seen } from './writing.ts'
import type { Writing } from './writing.ts'

/** Section IV: criteria, controls, what was looked at, what came out, and every exception. */
export function resultsSection(given: Writing, missing: readonly Missing[]): readonly Element[] {
  const { texts, report } = given
  const { results } = texts
  return [
    {
      kind: 'section',
      anchor: 'section-4',
      label: texts.section.label('IV'),
      title: texts.section.IV,
      author: authored(given, texts.section.program),
    },
    heading('criteria', results.criteriaTitle),
    paragraph(text(results.criteriaIntro)),
    ...report.categories.flatMap((category) => criteriaOf(given, category)),
    heading('controls', results.controlsTitle),
    controlList(given),
    heading('exceptions', results.exceptionsTitle),
    ...exceptionCards(given),
    heading('unproven', results.unprovenTitle),
    ...unproven(given, missing),
    heading('details', results.detailTitle),
    ...report.controls.flatMap((control) => controlDetails(given, control)),
    ...(report.otherTests.length === 0
      ? []
      : [
          heading('other-tests', results.otherTitle),
          paragraph(text(results.otherIntro)),
          testTable(given, report.otherTests),
        ]),
  ]
}

function heading(anchor: string, title: string): Element {
  return { kind: 'heading', level: 2, anchor, tag: null, title, mark: null }
}

function criteriaOf(given: Writing, category: CriterionResult['category']): readonly Element[] {
  const { texts, report } = given
  const criteria = report.criteria.filter((criterion) => criterion.category === category)
  if (criteria.length === 0) return []
  const controls = new Map(report.controls.map((control) => [control.id, control]))
  const rows = criteria.map((criterion) => {
    const own = criterion.controls.flatMap((id) => controls.get(id) ?? [])
    return [
      [{ kind: 'anchor', anchor: anchors.criterion(criterion.id), text: criterion.id } as const],
      [line(criterion.title), ...reasonBelow(criterion.reason)],
      [markSpan(given, criterion.status)],
      own.length === 0 && criterion.status !== 'not-applicable'
        ? [lineOr(null, texts.results.noControls)]
        : joined(controlLinks(criterion.controls), text(', ')),
      [text(writtenNumber(standingExceptions(report, own).length))],
    ]
  })
  return [
    {
      kind: 'heading',
      level: 3,
      anchor: `category-${category}`,
      tag: null,
      title: texts.category[category],
      mark: null,
    },
    table(
      [
        [texts.results.criterion, 9],
        [texts.results.title, 40],
        [texts.results.status, 15],
        [texts.results.controls, 26],
        [texts.results.exceptions, 10, 'end'],
      ],
      rows,
    ),
  ]
}

function reasonBelow(reason: string | null): readonly Span[] {
  return reason === null ? [] : [lineBreak, faint(line(reason))]
}

function controlLinks(ids: readonly string[]): readonly Span[] {
  return ids.map((id) => reference(anchors.control(id), id))
}

function controlList(given: Writing): Element {
  const { texts, report } = given
  return table(
    [
      [texts.results.control, 11],
      [texts.results.title, 46],
      [texts.results.status, 17],
      [texts.results.exceptions, 13, 'end'],
      [texts.document.page, 13, 'end'],
    ],
    report.controls.map((control) => [
      [reference(anchors.control(control.id), control.id)],
      [line(control.title)],
      [markSpan(given, control.status)],
      [text(writtenNumber(standingExceptions(report, [control]).length))],
      [{ kind: 'page', anchor: anchors.control(control.id) }],
    ]),
  )
}

function controlDetails(given: Writing, control: ControlResult): readonly Element[] {
  const { texts } = given
  const untested: Element = {
    kind: 'callout',
    tone: 'missing',
    title: texts.status['not-proven'],
    elements: [paragraph(text(texts.results.untested))],
  }
  const nothing = control.tests.length === 0 && control.evidence.length === 0
  return [
    {
      kind: 'heading',
      level: 3,
      anchor: anchors.control(control.id),
      tag: visibleLine(control.id),
      title: visibleLine(control.title),
      mark: mark(given, control.status),
    },
    paragraph(line(control.statement)),
    facts(controlFacts(given, control), 2),
    ...(nothing ? [untested] : []),
    ...(control.tests.length === 0 ? [] : [testTable(given, control.tests)]),
    ...(control.evidence.length === 0 ? [] : [evidenceTable(given, control.evidence)]),
  ]
}

function controlFacts(given: Writing, control: ControlResult): readonly FactRow[] {
  const { texts, report } = given
  const { results, document } = texts
  const { numbers } = given
  const known = new Set(report.criteria.map((criterion) => criterion.id))
  const criteria = control.criteria.map((id) =>
    known.has(id) ? reference(anchors.criterion(id), id) : line(id),
  )
  const exceptions = standingExceptions(report, [control]).map(({ id }) =>
    reference(anchors.exception(id), numbers.get(id) ?? id),
  )
  const ids = (list: readonly string[]): readonly Span[] =>
    list.length === 0 ? [text(document.none)] : [line(list.join(', '))]
  return [
    { label: results.owner, spans: [lineOr(control.owner, results.noOwner)] },
    { label: results.cadence, spans: [text(texts.cadence[control.cadence])] },
    { label: results.criteria, spans: joined(criteria, text(', ')) },
    { label: results.iso27001, spans: ids(control.iso27001) },
    { label: results.pcidss, spans: ids(control.pcidss) },
    ...(control.turns.length === 0
      ? []
      : [{ label: results.turns, spans: [line(turns(given, control.turns))] }]),
    ...(control.unproven === null
      ? []
      : [{ label: results.whyNotProven, spans: [line(control.unproven.text)] }]),
    {
      label: results.exceptions,
      spans: exceptions.length === 0 ? [text(document.none)] : joined(exceptions, text(', ')),
    },
  ]
}

/** How often it was carried out of the times that are over, and when it was not. */
function turns({ texts }: Writing, all: readonly Turn[]): string {
  const { results, document } = texts
  const of = (state: Turn['state']) => all.filter((turn) => turn.state === state)
  const periods = (some: readonly Turn[]) =>
    document.listOf(some.map(({ from, to }) => (from === to ? from : `${from} – ${to}`)))
  const [done, missed, uninspected] = [of('done'), of('missed'), of('awaiting-inspection')]
  const over = done.length + missed.length + uninspected.length
  return document.listOf([
    results.turnsDone(writtenNumber(done.length), writtenNumber(over)),
    ...(missed.length === 0 ? [] : [results.turnsMissed(periods(missed))]),
    ...(uninspected.length === 0 ? [] : [results.turnsUninspected(periods(uninspected))]),
  ])
}

function testTable(given: Writing, tests: readonly TestResult[]): Element {
  const { results, procedure } = given.texts
  return table(
    [
      [results.tests, 36],
      [results.procedure, 13],
      [results.population, 11, 'end'],
      [results.exceptions, 11, 'end'],
      [results.result, 15],
      [results.observed, 14],
    ],
    tests.map((test) => [
      [
        strong(visibleLine(test.title)),
        lineBreak,
        line(test.rule),
        lineBreak,
        faint(reference(anchors.check(test.check), test.check)),
      ],
      [text(procedure[test.procedure])],
      [text(writtenNumber(test.population))],
      [text(writtenNumber(test.exceptions))],
      [markSpan(given, test.status), ...reasonBelow(test.unproven?.text ?? null)],
      seen(given, test.observedAt, test.entry),
    ]),
  )
}

function evidenceTable(given: Writing, evidence: readonly EvidenceRecord[]): Element {
  const { results, conclusion } = given.texts
  const sign = { accepted: 'met', rejected: 'not-met', none: 'not-proven' } as const
  return table(
    [
      [results.evidence, 41],
      [results.period, 16],
      [results.inspectedBy, 16],
      [results.conclusion, 17],
      [results.entry, 10, 'end'],
    ],
    evidence.map((one) => [
      [strong(visibleLine(one.title)), lineBreak, faint(code(one.digest))],
      [text(one.period.from), text(' – '), text(one.period.to)],
      [lineOr(one.inspectedBy, results.nobody)],
      [{ kind: 'mark', mark: { sign: sign[one.conclusion], word: conclusion[one.conclusion] } }],
      [text(writtenNumber(one.entry))],
    ]),
  )
}

function unproven(given: Writing, missing: readonly Missing[]): readonly Element[] {
  const { results } = given.texts
  if (missing.length === 0) return [paragraph(text(results.unprovenNone))]
  return [
    paragraph(text(results.unprovenIntro)),
    table(
      [
        [results.subject, 28],
        [results.why, 54],
        [results.code, 18],
      ],
      missing.map((one) => [[line(one.subject)], [line(one.text)], [code(one.code)]]),
    ),
  ]
}
