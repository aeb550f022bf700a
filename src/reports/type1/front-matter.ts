import { paragraph, row, table, text } from '../elements.ts'
import type { Element, Sign, Span } from '../elements.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import type { Missing } from './missing.ts'
import { type1Counts } from './tally.ts'
import type { Tally } from './tally.ts'
import { anchors, line, mark, markSpan, reference } from './writing.ts'
import type { Writing } from './writing.ts'

/** What somebody with two minutes must know: the counts, what is not met, what is missing. */
export function summarySection(given: Writing, missing: readonly Missing[]): readonly Element[] {
  const { texts, report } = given
  return [
    section('summary', texts.summary.title),
    heading('summary-counts', texts.summary.counts),
    ...countTables(given),
    heading('summary-categories', texts.summary.byCategory),
    categoryBars(given),
    ...listOfCriteria(given, 'not-met', texts.summary.notMet),
    ...listOfCriteria(given, 'not-proven', texts.summary.notProven),
    heading('summary-missing', texts.summary.missing),
    missing.length === 0
      ? paragraph(text(texts.summary.missingNone))
      : table(
          [
            [texts.summary.subject, 84],
            [texts.summary.count, 16, 'end'],
          ],
          missingCounts(given, missing),
        ),
    ...(report.sectionI === 'not-issued'
      ? [callout('note', texts.document.draft, texts.document.draftNote)]
      : []),
  ]
}

function countTables(given: Writing): readonly Element[] {
  const { summary } = given.texts
  const { criteria, controls, checks, exceptions } = type1Counts(given.report)
  const signs = ['not-met', 'not-proven', 'met', 'not-applicable'] as const
  const counts = (tally: Tally) => signs.map((sign) => tally[sign])
  const states = ['open', 'answered', 'accepted', 'fixed'] as const
  return [
    countTable(given, signs, [
      [summary.criteria, counts(criteria)],
      [summary.controls, counts(controls)],
      [summary.checks, counts(checks)],
    ]),
    countTable(given, states, [[summary.exceptions, states.map((state) => exceptions[state])]]),
  ]
}

function categoryBars(given: Writing): Element {
  const { report, texts } = given
  const signs = ['met', 'not-met', 'not-proven', 'not-applicable'] as const
  return {
    kind: 'bars',
    rows: report.categories.map((category) => {
      const own = report.criteria.filter((criterion) => criterion.category === category)
      const parts = signs.map((sign) => ({
        mark: mark(given, sign),
        count: own.filter((criterion) => criterion.status === sign).length,
      }))
      return { label: texts.category[category], parts: parts.filter(({ count }) => count > 0) }
    }),
  }
}

function countTable(
  given: Writing,
  signs: readonly Sign[],
  counts: readonly (readonly [label: string, counts: readonly number[]])[],
): Element {
  const first = { title: [text(given.texts.summary.subject)], weight: 20, align: 'start' } as const
  return {
    kind: 'table',
    columns: [
      first,
      ...signs.map((sign) => ({
        title: [markSpan(given, sign)],
        weight: 20,
        align: 'end' as const,
      })),
    ],
    rows: counts.map(([label, numbers]) =>
      row([[text(label)], ...numbers.map((number) => [text(writtenNumber(number))])]),
    ),
  }
}

function listOfCriteria(
  given: Writing,
  status: 'not-met' | 'not-proven',
  title: string,
): readonly Element[] {
  const criteria = given.report.criteria.filter((criterion) => criterion.status === status)
  if (criteria.length === 0) return []
  return [
    heading(`summary-${status}`, title),
    table(
      [
        [given.texts.results.criterion, 12],
        [given.texts.results.title, 76],
        [given.texts.document.page, 12, 'end'],
      ],
      criteria.map(({ id, title: words }) => [
        [reference(anchors.criterion(id), id)],
        [line(words)],
        [{ kind: 'page', anchor: anchors.criterion(id) }],
      ]),
    ),
  ]
}

function missingCounts(
  given: Writing,
  missing: readonly Missing[],
): readonly (readonly Span[])[][] {
  const { summary } = given.texts
  const labels: readonly (readonly [Missing['kind'], string])[] = [
    ['assertion', summary.missingAssertion],
    ['description', summary.missingDescription],
    ['fill', summary.missingFills],
    ['figure', summary.missingFigures],
    ['owner', summary.missingOwners],
    ['witness', summary.missingWitness],
    ['unproven', summary.missingUnproven],
  ]
  return labels.flatMap(([kind, label]) => {
    const count = missing.filter((one) => one.kind === kind).length
    return count === 0 ? [] : [[[text(label)], [text(writtenNumber(count))]]]
  })
}

/** How to read the report: what Type 1 means, the marks, the procedures, entries and times. */
export function guideSection(given: Writing): readonly Element[] {
  const { texts, report } = given
  const { guide } = texts
  const signs = ['met', 'not-met', 'not-proven', 'not-applicable'] as const
  const states = ['open', 'answered', 'accepted', 'fixed'] as const
  const procedures = ['inspection', 'observation', 'reperformance', 'inquiry'] as const
  return [
    section('guide', guide.title),
    paragraph(text(guide.type1)),
    paragraph(text(guide.computed)),
    paragraph(text(guide.own)),
    paragraph(text(guide.entries(report.organisation.zone))),
    heading('guide-marks', guide.marks),
    table(
      [
        [guide.mark, 24],
        [guide.meaning, 76],
      ],
      [...signs, ...states].map((sign) => [[markSpan(given, sign)], [text(guide[sign])]]),
    ),
    heading('guide-procedures', guide.procedures),
    table(
      [
        [guide.procedure, 24],
        [guide.meaning, 76],
      ],
      procedures.map((one) => [[text(texts.procedure[one])], [text(guide[one])]]),
    ),
  ]
}

function section(anchor: string, title: string): Element {
  return { kind: 'section', anchor, label: null, title, author: null }
}

function heading(anchor: string, title: string): Element {
  return { kind: 'heading', level: 2, anchor, tag: null, title, mark: null }
}

function callout(tone: 'missing' | 'bad' | 'note', title: string, words: string): Element {
  return { kind: 'callout', tone, title, elements: [paragraph(text(words))] }
}
