import { faint, lineBreak, missing, text } from '../elements.ts'
import type { Mark, Sign, Span } from '../elements.ts'
import { userText } from '../markdown-elements.ts'
import type { UserText } from '../markdown-elements.ts'
import { visibleLine } from '../plain-text.ts'
import { writtenDay, writtenInstant, writtenNumber } from '../../domain/audit/written-numbers.ts'
import { checksOf } from './consistency.ts'
import type { ExceptionRecord, Type1Report } from './model.ts'
import { en } from './texts-en.ts'
import type { Type1Texts } from './texts-en.ts'
import { ja } from './texts-ja.ts'

/** A report, its language's words, and the ways in which its facts are written. */
export type Writing = {
  readonly report: Type1Report
  readonly texts: Type1Texts
  readonly assertion: UserText
  /** By the block's id. */
  readonly description: ReadonlyMap<string, UserText>
  readonly other: UserText
  /** By the exception's id: the number under which the report speaks of it. */
  readonly numbers: ReadonlyMap<string, string>
}

export function writing(report: Type1Report): Writing {
  const texts = report.language === 'ja' ? ja : en
  const wording = {
    figure: (name: string) => figure(report, name),
    noFigure: texts.gaps.figure,
    fill: texts.gaps.fill,
    image: texts.gaps.image,
  }
  return {
    report,
    texts,
    assertion: userText(report.assertion.markdown, wording),
    description: new Map(
      report.description.map((block) => [block.id, userText(block.markdown, wording)]),
    ),
    other: userText(report.otherInformation, wording),
    numbers: exceptionNumbers(report),
  }
}

/** The number under which the report speaks of an exception: `E-7`, in the order of printing. */
function exceptionNumbers(report: Type1Report): ReadonlyMap<string, string> {
  const byCheck = Map.groupBy(report.exceptions, ({ check }) => check)
  const printed = checksOf(report).flatMap(({ check }) => {
    const own = byCheck.get(check) ?? []
    const isFixed = (one: ExceptionRecord) => one.fixedOn !== null
    return [...own.filter((one) => !isFixed(one)), ...own.filter(isFixed)]
  })
  return new Map(printed.map((one, index) => [one.id, `E-${index + 1}`]))
}

function figure(report: Type1Report, name: string): string | undefined {
  if (!Object.hasOwn(report.figures, name)) return undefined
  const value = report.figures[name]
  return typeof value === 'number' ? writtenNumber(value) : visibleLine(value ?? '')
}

export function organisationName({ report }: Writing): string {
  return visibleLine(report.organisation.name[report.language])
}

/** Who speaks in a section. */
export function authored({ texts }: Writing, author: string): string {
  return texts.document.labelled(texts.section.author, author)
}

/** A text from the ledger, on one line. */
export function line(words: string): Span {
  return text(visibleLine(words))
}

/** The text, or what is missing, visibly. */
export function lineOr(words: string | null, otherwise: string): Span {
  return words === null || words.trim() === '' ? missing(otherwise) : line(words)
}

export function day({ report }: Writing, date: string): string {
  return writtenDay(date, report.language)
}

export function instant({ report }: Writing, at: string): string {
  return writtenInstant(at, report.organisation.zone)
}

export function entry({ texts }: Writing, index: number): Span {
  return text(texts.document.entry(writtenNumber(index)))
}

/** The entry, or that there is none yet. */
export function entryOr(given: Writing, index: number | null): Span {
  return index === null ? text(given.texts.document.noEntry) : entry(given, index)
}

/** When something was last seen and where the ledger says so, one below the other. */
export function seen(given: Writing, at: string | null, index: number | null): readonly Span[] {
  const when = at === null ? missing(given.texts.results.never) : text(instant(given, at))
  return index === null ? [when] : [when, lineBreak, faint(entry(given, index))]
}

export function mark({ texts }: Writing, sign: Sign): Mark {
  return { sign, word: texts.status[sign] }
}

export function markSpan(given: Writing, sign: Sign): Span {
  return { kind: 'mark', mark: mark(given, sign) }
}

/** Anchors of what other places of the report refer to. Ids come from the ledger: encode them. */
export const anchors = {
  criterion: (id: string) => `criterion-${encodeURIComponent(id)}`,
  control: (id: string) => `control-${encodeURIComponent(id)}`,
  check: (id: string) => `check-${encodeURIComponent(id)}`,
  exception: (id: string) => `exception-${encodeURIComponent(id)}`,
}

export function reference(anchor: string, words: string): Span {
  return { kind: 'reference', anchor, text: visibleLine(words) }
}
