import { code, faint, isTall, joined, paragraph, text } from '../elements.ts'
import type { Element, FactRow, Span } from '../elements.ts'
import { visibleLine } from '../plain-text.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import { checksOf } from './consistency.ts'
import type { ExceptionRecord, TestResult } from './model.ts'
import { exceptionState } from './tally.ts'
import { anchors, day, entry, line, lineOr, mark, reference } from './writing.ts'
import type { Writing } from './writing.ts'

/** The number under which the report speaks of an exception: `E-7`. Its id is on its card. */
export function exceptionNumbers({ report }: Writing): ReadonlyMap<string, string> {
  return new Map(report.exceptions.map((one, index) => [one.id, `E-${index + 1}`]))
}

/** Every exception, each with room of its own. There is no way to ask for fewer. */
export function exceptionCards(given: Writing): readonly Element[] {
  const { report, texts } = given
  if (report.exceptions.length === 0) return [paragraph(text(texts.results.exceptionsNone))]
  const numbers = exceptionNumbers(given)
  const tests = new Map(checksOf(report.controls).map((test) => [test.check, test]))
  const controls = new Map<string, string[]>()
  for (const control of report.controls) {
    for (const { check } of control.tests) {
      controls.set(check, [...(controls.get(check) ?? []), control.id])
    }
  }
  const standing = report.exceptions.filter((one) => one.fixedOn === null).length
  const intro = texts.results.exceptionsIntro(
    writtenNumber(report.exceptions.length),
    writtenNumber(standing),
  )
  return [
    paragraph(text(intro)),
    ...report.exceptions.map((exception): Element => {
      const test = tests.get(exception.check)
      const rows = cardRows(given, exception)
      return {
        kind: 'card',
        anchor: anchors.exception(exception.id),
        tag: numbers.get(exception.id) ?? '',
        title: visibleLine(exception.subject),
        mark: mark(given, exceptionState(exception, report.asOf.date)),
        rows,
        details: details(given, exception, test, controls.get(exception.check) ?? []),
        tall: rows.some((row) => isTall(row.spans)),
      }
    }),
  ]
}

function cardRows(given: Writing, exception: ExceptionRecord): readonly FactRow[] {
  const { exception: label } = given.texts
  return [
    { label: label.reason, spans: [line(exception.reason)] },
    { label: label.cause, spans: [lineOr(exception.cause, label.noCause)] },
    { label: label.response, spans: [lineOr(exception.response, label.noResponse)] },
    { label: label.acceptance, spans: acceptance(given, exception) },
    ...(exception.fixedOn === null
      ? []
      : [{ label: label.fixedOn, spans: [text(day(given, exception.fixedOn))] }]),
  ]
}

function details(
  given: Writing,
  exception: ExceptionRecord,
  test: TestResult | undefined,
  controls: readonly string[],
): readonly FactRow[] {
  const { exception: label, document } = given.texts
  const links = controls.map((id) => reference(anchors.control(id), id))
  return [
    { label: label.openedOn, spans: [text(day(given, exception.openedOn))] },
    { label: label.controls, spans: joined(links, text(', ')) },
    {
      label: label.check,
      spans: [reference(anchors.check(exception.check), test?.title ?? exception.check)],
    },
    {
      label: document.entryLabel,
      spans: [entry(given, exception.entry), text('  '), faint(code(exception.id))],
    },
  ]
}

function acceptance(given: Writing, { acceptance: one }: ExceptionRecord): readonly Span[] {
  const { exception: words, document } = given.texts
  if (one === null) return [text(document.none)]
  const lapsed = one.until < given.report.asOf.date
  const said = (lapsed ? words.lapsed : words.accepted)(one.by, day(given, one.until))
  return [line(document.sentences([said, one.reason]))]
}
