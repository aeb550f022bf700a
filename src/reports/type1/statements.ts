import { code, facts, lineBreak, missing, paragraph, table, text } from '../elements.ts'
import type { Element, FactRow } from '../elements.ts'
import { visibleLine } from '../plain-text.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import { standingExceptions } from './tally.ts'
import { descriptionCriteria } from './model.ts'
import type { DescriptionCriterion, SummaryTable } from './model.ts'
import { spaced, unwritten } from './missing.ts'
import { anchors, authored, entry, instant, line, lineOr, reference } from './writing.ts'
import type { Writing } from './writing.ts'

/** Section I: kept for the service auditor. This program never writes it. */
export function auditorSection(given: Writing): readonly Element[] {
  const { texts } = given
  return [
    {
      kind: 'section',
      anchor: 'section-1',
      label: texts.section.label('I'),
      title: texts.section.I,
      author: authored(given, texts.section.auditor),
    },
    { kind: 'placeholder', title: texts.sectionI.title, spans: [text(texts.sectionI.text)] },
  ]
}

/** Section II: management's assertion and the signature below it, or that there is none. */
export function assertionSection(given: Writing): readonly Element[] {
  const { texts, assertion } = given
  const empty: Element = {
    kind: 'callout',
    tone: 'missing',
    title: texts.gaps.fill,
    elements: [paragraph(text(texts.assertion.empty))],
  }
  return [
    {
      kind: 'section',
      anchor: 'section-2',
      label: texts.section.label('II'),
      title: texts.section.II,
      author: authored(given, texts.section.management),
    },
    ...(assertion.elements.length === 0 ? [empty] : assertion.elements),
    ...signature(given),
  ]
}

function signature(given: Writing): readonly Element[] {
  const { texts, report } = given
  const { assertion } = report
  if (assertion.status === 'unsigned') {
    const rows = [{ label: texts.assertion.digestUnsigned, spans: [code(assertion.digest)] }]
    return [
      {
        kind: 'callout',
        tone: 'missing',
        title: texts.assertion.unsigned,
        elements: [paragraph(text(texts.assertion.unsignedNote)), facts(rows)],
      },
    ]
  }
  const { signer, credential } = assertion
  const name = [lineOr(signer.name, texts.assertion.erased)]
  const rows: readonly FactRow[] = [
    {
      label: texts.assertion.signer,
      spans: signer.title === null ? name : [...name, lineBreak, line(signer.title)],
    },
    { label: texts.assertion.signedAt, spans: [text(instant(given, assertion.signedAt))] },
    { label: texts.assertion.credential, spans: [code(credential.id)] },
    {
      label: texts.assertion.fingerprint,
      spans: [
        credential.fingerprint === null
          ? missing(texts.description.missingValue)
          : code(credential.fingerprint),
      ],
    },
    { label: texts.assertion.digest, spans: [code(assertion.digest)] },
    { label: texts.document.entryLabel, spans: [entry(given, assertion.entry)] },
  ]
  return [
    {
      kind: 'callout',
      tone: 'note',
      title: texts.assertion.signed,
      elements: [facts(rows)],
    },
  ]
}

/** Section III: one heading for each description criterion, written about or not. */
export function descriptionSection(given: Writing): readonly Element[] {
  const { texts } = given
  return [
    {
      kind: 'section',
      anchor: 'section-3',
      label: texts.section.label('III'),
      title: texts.section.III,
      author: authored(given, texts.section.management),
    },
    paragraph(text(texts.description.intro)),
    ...descriptionCriteria.flatMap((criterion) => describedBy(given, criterion)),
  ]
}

function describedBy(given: Writing, criterion: DescriptionCriterion): readonly Element[] {
  const { report, texts, description } = given
  const absent: Element = {
    kind: 'callout',
    tone: 'missing',
    title: texts.gaps.fill,
    elements: [paragraph(text(texts.description.absent))],
  }
  const blocks = report.description
    .filter((block) => block.criterion === criterion)
    .flatMap((block): readonly Element[] => [
      {
        kind: 'heading',
        level: 3,
        anchor: `block-${encodeURIComponent(block.id)}`,
        tag: null,
        title: visibleLine(block.title),
        mark: null,
      },
      ...(description.get(block.id)?.elements ?? []),
    ])
  return [
    {
      kind: 'heading',
      level: 2,
      anchor: `description-${criterion}`,
      tag: spaced(criterion),
      title: texts.description[criterion],
      mark: null,
    },
    ...(unwritten(given).includes(criterion) ? [absent] : blocks),
    ...computedFor(given, criterion),
  ]
}

/** What a description criterion asks for and the ledger can answer by itself. */
function computedFor(given: Writing, criterion: DescriptionCriterion): readonly Element[] {
  if (criterion === 'DC3') return given.report.summaries.flatMap((one) => summary(given, one))
  if (criterion === 'DC5') return applicableCriteria(given)
  if (criterion === 'DC8') return excludedCriteria(given)
  return []
}

function summary({ texts }: Writing, one: SummaryTable): readonly Element[] {
  const wide = one.columns.map(({ kind }) => (kind === 'number' ? 12 : 28))
  return [
    {
      kind: 'heading',
      level: 3,
      anchor: `summary-${one.id}`,
      tag: null,
      title: visibleLine(one.title),
      mark: null,
    },
    one.rows.length === 0
      ? paragraph(text(texts.document.none))
      : table(
          one.columns.map(({ label, kind }, index) => [
            visibleLine(label),
            wide[index] ?? 20,
            kind === 'number' ? 'end' : 'start',
          ]),
          one.rows.map((cells) =>
            cells.map((cell) => [
              typeof cell === 'number'
                ? text(writtenNumber(cell))
                : lineOr(cell, texts.description.missingValue),
            ]),
          ),
        ),
  ]
}

function applicableCriteria(given: Writing): readonly Element[] {
  const { report, texts } = given
  const inScope = report.criteria.filter(({ status }) => status !== 'not-applicable')
  const words = texts.description.dc5Text(
    writtenNumber(inScope.length),
    writtenNumber(report.controls.length),
  )
  const rows = report.categories.map((category) => {
    const criteria = inScope.filter((criterion) => criterion.category === category)
    const ids = new Set(criteria.flatMap((criterion) => criterion.controls))
    const controls = report.controls.filter((control) => ids.has(control.id))
    return [
      [text(texts.category[category])],
      [text(writtenNumber(criteria.length))],
      [text(writtenNumber(controls.length))],
      [text(writtenNumber(standingExceptions(report, controls).length))],
    ]
  })
  return [
    paragraph(text(words)),
    table(
      [
        [texts.document.categories, 55],
        [texts.results.criteria, 15, 'end'],
        [texts.results.controls, 15, 'end'],
        [texts.results.exceptions, 15, 'end'],
      ],
      rows,
    ),
  ]
}

function excludedCriteria({ report, texts }: Writing): readonly Element[] {
  const excluded = report.criteria.filter(({ status }) => status === 'not-applicable')
  if (excluded.length === 0) return [paragraph(text(texts.description.dc8None))]
  return [
    table(
      [
        [texts.description.criterion, 12],
        [texts.results.title, 38],
        [texts.description.reason, 50],
      ],
      excluded.map(({ id, title, reason }) => [
        [reference(anchors.criterion(id), id)],
        [line(title)],
        [lineOr(reason, texts.description.missingValue)],
      ]),
    ),
  ]
}

/** Section V: what management adds, outside of what an opinion would cover. */
export function otherSection(given: Writing): readonly Element[] {
  const { texts, other } = given
  return [
    {
      kind: 'section',
      anchor: 'section-5',
      label: texts.section.label('V'),
      title: texts.section.V,
      author: authored(given, texts.section.management),
    },
    ...(other.elements.length === 0 ? [paragraph(text(texts.other.none))] : other.elements),
  ]
}
