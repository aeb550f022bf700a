import { code, facts, joined, paragraph, text } from '../elements.ts'
import type { Element } from '../elements.ts'
import { userText } from '../markdown-elements.ts'
import { visible, visibleLine } from '../plain-text.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import { checksOf } from './consistency.ts'
import { anchors, authored, instant, line, mark, reference } from './writing.ts'
import type { Writing } from './writing.ts'

/** Annex A: the SQL of every check, as it ran. */
export function queriesAnnex(given: Writing): readonly Element[] {
  const { report, texts } = given
  return [
    {
      kind: 'section',
      anchor: 'annex-a',
      label: texts.section.annex('A'),
      title: texts.section.A,
      author: authored(given, texts.section.program),
    },
    paragraph(text(texts.annexA.intro)),
    ...checksOf(report).flatMap((test): readonly Element[] => {
      const controls = report.controls
        .filter((control) => control.tests.some(({ check }) => check === test.check))
        .map(({ id }) => reference(anchors.control(id), id))
      return [
        {
          kind: 'heading',
          level: 3,
          anchor: anchors.check(test.check),
          tag: visibleLine(test.check),
          title: visibleLine(test.title),
          mark: mark(given, test.status),
        },
        facts([
          { label: texts.annexA.rule, spans: [line(test.rule)] },
          {
            label: texts.annexA.testedControls,
            spans:
              controls.length === 0 ? [text(texts.document.none)] : joined(controls, text(', ')),
          },
        ]),
        ...query(texts.annexA.population, test.sql.population),
        ...query(texts.annexA.exceptions, test.sql.exceptions),
        ...query(texts.annexA.unread, test.sql.unread),
        ...query(texts.annexA.freshness, test.sql.freshness),
      ]
    }),
  ]
}

function query(title: string, sql: string | null): readonly Element[] {
  if (sql === null) return []
  return [
    { kind: 'subheading', level: 6, spans: [text(title)] },
    { kind: 'code', text: visible(sql).trim() },
  ]
}

/** Annex B: the checkpoint, and how a stranger checks it and prints the report again. */
export function checkpointAnnex(given: Writing): readonly Element[] {
  const { report, texts } = given
  const { checkpoint, asOf, language } = report
  return [
    {
      kind: 'section',
      anchor: 'annex-b',
      label: texts.section.annex('B'),
      title: texts.section.B,
      author: authored(given, texts.section.program),
    },
    paragraph(text(texts.annexB.intro)),
    facts([
      { label: texts.checkpoint.origin, spans: [code(visibleLine(checkpoint.origin))] },
      { label: texts.checkpoint.prefix, spans: [text(writtenNumber(report.prefix))] },
      { label: texts.checkpoint.size, spans: [text(writtenNumber(checkpoint.size))] },
      { label: texts.checkpoint.root, spans: [code(visibleLine(checkpoint.rootBase64))] },
      {
        label: texts.checkpoint.signedAt,
        spans: [text(instant(given, checkpoint.signedAt))],
      },
      { label: texts.checkpoint.vkey, spans: [code(visibleLine(checkpoint.vkey))] },
      { label: texts.checkpoint.witnesses, spans: witnesses(given) },
    ]),
    { kind: 'subheading', level: 6, spans: [text(texts.annexB.checkpointText)] },
    { kind: 'code', text: visible(checkpoint.text).trimEnd() },
    { kind: 'subheading', level: 4, spans: [text(texts.annexB.steps)] },
    {
      kind: 'list',
      start: 1,
      items: texts.annexB.step.map((step) => ownText(step)),
    },
    { kind: 'subheading', level: 4, spans: [text(texts.annexB.again)] },
    paragraph(text(texts.annexB.againText)),
    {
      kind: 'code',
      text: `arinomama report type1 --as-of ${asOf.date} --lang ${language} --size ${report.prefix}`,
    },
  ]
}

/** Words of our own that hold code. */
function ownText(markdown: string): readonly Element[] {
  const wording = { figure: () => undefined, noFigure: String, fill: '', image: String }
  return userText(markdown, wording).elements
}

function witnesses(given: Writing) {
  const { checkpoint } = given.report
  const { noWitnesses, witness } = given.texts.checkpoint
  if (checkpoint.witnesses.length === 0) {
    return [{ kind: 'missing', text: noWitnesses } as const]
  }
  return joined(
    checkpoint.witnesses.map(({ name, at }) => line(witness(name, instant(given, at)))),
    { kind: 'break' },
  )
}
