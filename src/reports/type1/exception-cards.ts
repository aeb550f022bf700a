import {
  code,
  facts,
  faint,
  isTall,
  joined,
  lineBreak,
  missing,
  paragraph,
  strong,
  table,
  text,
} from '../elements.ts'
import type { Element, FactRow, Span } from '../elements.ts'
import { visibleLine } from '../plain-text.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import { checksOf } from './consistency.ts'
import type { ExceptionRecord, TestResult } from './model.ts'
import { exceptionState } from './tally.ts'
import { anchors, day, entryOr, line, lineOr, mark, reference } from './writing.ts'
import type { Writing } from './writing.ts'

/** With more exceptions than this, a check's stand in a table: cards would need half a page each. */
const CARDS_MAX = 12

/** Every exception, check by check. There is no way to ask for fewer. */
export function exceptionCards(given: Writing): readonly Element[] {
  const { report, texts } = given
  if (report.exceptions.length === 0) return [paragraph(text(texts.results.exceptionsNone))]
  const { numbers } = given
  const byCheck = Map.groupBy(report.exceptions, ({ check }) => check)
  const standing = report.exceptions.filter((one) => one.fixedOn === null).length
  const intro = texts.results.exceptionsIntro(
    writtenNumber(report.exceptions.length),
    writtenNumber(standing),
  )
  return [
    paragraph(text(intro)),
    ...checksOf(report).flatMap((test) => {
      const own = byCheck.get(test.check) ?? []
      if (own.length === 0) return []
      return [...checkHeading(given, test), ...exceptionsOf(given, own, numbers)]
    }),
  ]
}

function checkHeading(given: Writing, test: TestResult): readonly Element[] {
  const { report, texts } = given
  const controls = report.controls
    .filter((control) => control.tests.some(({ check }) => check === test.check))
    .map(({ id }) => reference(anchors.control(id), id))
  return [
    {
      kind: 'heading',
      level: 3,
      anchor: `exceptions-${encodeURIComponent(test.check)}`,
      tag: null,
      title: visibleLine(test.title),
      mark: null,
    },
    paragraph(line(test.rule)),
    facts(
      [
        {
          label: texts.exception.check,
          spans: [reference(anchors.check(test.check), test.check)],
        },
        {
          label: texts.exception.controls,
          spans: controls.length === 0 ? [text(texts.document.none)] : joined(controls, text(', ')),
        },
      ],
      2,
    ),
  ]
}

function exceptionsOf(
  given: Writing,
  exceptions: readonly ExceptionRecord[],
  numbers: ReadonlyMap<string, string>,
): readonly Element[] {
  const standing = exceptions.filter((one) => one.fixedOn === null)
  const fixed = exceptions.filter((one) => one.fixedOn !== null)
  return [
    ...(standing.length > CARDS_MAX
      ? [exceptionTable(given, standing, numbers)]
      : cards(given, standing, numbers)),
    ...(fixed.length === 0
      ? []
      : [
          { kind: 'subheading' as const, level: 6, spans: [text(given.texts.results.fixed)] },
          fixedTable(given, fixed, numbers),
        ]),
  ]
}

function cards(
  given: Writing,
  exceptions: readonly ExceptionRecord[],
  numbers: ReadonlyMap<string, string>,
): readonly Element[] {
  return exceptions.map((exception): Element => {
    const rows = cardRows(given, exception)
    return {
      kind: 'card',
      anchor: anchors.exception(exception.id),
      tag: numbers.get(exception.id) ?? '',
      title: visibleLine(exception.subject),
      mark: mark(given, exceptionState(exception, given.report.asOf.date)),
      rows,
      details: details(given, exception),
      tall: rows.some((row) => isTall(row.spans)),
    }
  })
}

/** The same facts as on the cards, in less room. */
function exceptionTable(
  given: Writing,
  exceptions: readonly ExceptionRecord[],
  numbers: ReadonlyMap<string, string>,
): Element {
  const { exception: label, results, document } = given.texts
  const said = (row: FactRow): readonly Span[] => [
    faint(text(document.labelled(row.label, ' '))),
    ...row.spans,
  ]
  return table(
    [
      [results.status, 15],
      [label.subject, 39],
      [results.answer, 46],
    ],
    exceptions.map((one) => {
      const [reason, ...answers] = cardRows(given, one)
      const number = numbers.get(one.id) ?? ''
      return [
        [
          { kind: 'anchor', anchor: anchors.exception(one.id), text: number },
          lineBreak,
          { kind: 'mark', mark: mark(given, exceptionState(one, given.report.asOf.date)) },
        ],
        [
          strong(visibleLine(one.subject)),
          lineBreak,
          ...(reason?.spans ?? []),
          lineBreak,
          faint(text(day(given, one.openedOn)), text('  '), entryOr(given, one.entry)),
          lineBreak,
          faint(code(one.id)),
        ],
        isUnanswered(one)
          ? [missing(label.noCause), text('  '), missing(label.noResponse)]
          : answers.flatMap((row, index) => [...(index === 0 ? [] : [lineBreak]), ...said(row)]),
      ]
    }),
  )
}

function isUnanswered({ cause, response: plan, acceptance: bearer }: ExceptionRecord): boolean {
  return cause === null && plan === null && bearer === null
}

/** What is gone says when it came and went; the rest of its story is in the ledger. */
function fixedTable(
  given: Writing,
  exceptions: readonly ExceptionRecord[],
  numbers: ReadonlyMap<string, string>,
): Element {
  const { exception: label, document } = given.texts
  return table(
    [
      [label.id, 9],
      [label.subject, 54],
      [label.openedOn, 12],
      [label.fixedOn, 13],
      [document.entryLabel, 12],
    ],
    exceptions.map((one) => [
      [
        {
          kind: 'anchor',
          anchor: anchors.exception(one.id),
          text: numbers.get(one.id) ?? '',
        },
      ],
      [
        strong(visibleLine(one.subject)),
        text('  '),
        line(one.reason),
        lineBreak,
        faint(code(one.id)),
      ],
      [text(one.openedOn)],
      [text(one.fixedOn ?? '')],
      [entryOr(given, one.entry)],
    ]),
  )
}

function cardRows(given: Writing, exception: ExceptionRecord): readonly FactRow[] {
  const { exception: label } = given.texts
  return [
    { label: label.reason, spans: [line(exception.reason)] },
    { label: label.cause, spans: [lineOr(exception.cause, label.noCause)] },
    { label: label.response, spans: response(given, exception) },
    { label: label.acceptance, spans: acceptance(given, exception) },
  ]
}

function details(given: Writing, exception: ExceptionRecord): readonly FactRow[] {
  const { exception: label, document } = given.texts
  return [
    { label: label.openedOn, spans: [text(day(given, exception.openedOn))] },
    {
      label: document.entryLabel,
      spans: [entryOr(given, exception.entry), text('  '), faint(code(exception.id))],
    },
  ]
}

function response(given: Writing, { response: one }: ExceptionRecord): readonly Span[] {
  const { exception: words, document } = given.texts
  if (one === null) return [missing(words.noResponse)]
  const who = one.owner === null ? document.erased : one.owner
  const due = words.due(who, day(given, one.due))
  return [line(one.plan), lineBreak, line(due)]
}

function acceptance(given: Writing, { acceptance: one }: ExceptionRecord): readonly Span[] {
  const { exception: words, document } = given.texts
  if (one === null) return [text(document.none)]
  const lapsed = one.until < given.report.asOf.date
  const said = (lapsed ? words.lapsed : words.accepted)(
    one.by ?? document.erased,
    day(given, one.until),
  )
  return [line(said), lineBreak, line(one.reason)]
}
