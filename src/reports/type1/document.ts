import type { Language } from '../../domain/audit/events.ts'
import type { Element } from '../elements.ts'
import { visibleLine } from '../plain-text.ts'
import { writtenNumber } from '../../domain/audit/written-numbers.ts'
import { checkpointAnnex, queriesAnnex } from './annexes.ts'
import { requireConsistent } from './consistency.ts'
import { guideSection, summarySection } from './front-matter.ts'
import { missingFrom } from './missing.ts'
import type { Type1Report } from './model.ts'
import { resultsSection } from './results.ts'
import { assertionSection, auditorSection, descriptionSection, otherSection } from './statements.ts'
import { day, instant, organisationName, writing } from './writing.ts'
import type { Writing } from './writing.ts'

/** A report as the printers take it: cover, and elements in their order. Plain JSON. */
export type Type1Document = {
  readonly language: Language
  readonly title: string
  /** The title as the cover breaks it. */
  readonly titleLines: readonly string[]
  readonly subtitle: string
  readonly shortTitle: string
  readonly organisation: string
  /** What it is until an auditor has issued section I; above all while management has not signed. */
  readonly draft: { readonly mark: string; readonly note: string; readonly unsigned: boolean }
  /** Label and value. */
  readonly cover: readonly Labelled[]
  readonly checkpoint: {
    readonly title: string
    readonly note: string
    readonly rows: readonly Labelled[]
    /** One line for the foot of every page. */
    readonly short: string
  }
  readonly contents: string
  /** The document's date in UTC. It is the checkpoint's, never the clock's. */
  readonly createdAt: CreationDate
  readonly elements: readonly Element[]
}

type CreationDate = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

type Labelled = { readonly label: string; readonly value: string }

/** The document that says everything the report does. Throws `report-inconsistent`. */
export function type1Document(report: Type1Report): Type1Document {
  requireConsistent(report)
  const given = writing(report)
  const missing = missingFrom(given)
  const { document, checkpoint, category } = given.texts
  const { size, signedAt, origin, rootBase64 } = report.checkpoint
  const asOf = day(given, report.asOf.date)
  const unsigned = report.assertion.status === 'unsigned'
  return {
    language: report.language,
    title: document.title,
    titleLines: document.titleLines,
    subtitle: document.subtitle,
    shortTitle: document.shortTitle,
    organisation: organisationName(given),
    draft: {
      mark: draftMark(given, unsigned),
      note: document.draftNote,
      unsigned,
    },
    cover: [
      { label: document.organisation, value: organisationName(given) },
      { label: document.asOf, value: asOf },
      {
        label: document.categories,
        value: document.listOf(report.categories.map((one) => category[one])),
      },
    ],
    checkpoint: {
      title: checkpoint.title,
      note: checkpoint.note,
      rows: [
        { label: checkpoint.origin, value: visibleLine(origin) },
        { label: checkpoint.prefix, value: writtenNumber(report.prefix) },
        { label: checkpoint.size, value: writtenNumber(size) },
        { label: checkpoint.root, value: visibleLine(rootBase64) },
        {
          label: checkpoint.signedAt,
          value: `${instant(given, signedAt)} ${report.organisation.zone}`,
        },
        { label: checkpoint.witnesses, value: writtenNumber(report.checkpoint.witnesses.length) },
      ],
      short: `${document.asOf} ${report.asOf.date} · ${checkpoint.short(String(report.prefix), String(size))} · ${rootBase64.slice(0, 12)}`,
    },
    contents: document.contents,
    createdAt: creationDate(signedAt),
    elements: [
      ...summarySection(given, missing),
      ...guideSection(given),
      ...auditorSection(given),
      ...assertionSection(given),
      ...descriptionSection(given),
      ...resultsSection(given, missing),
      ...otherSection(given),
      ...queriesAnnex(given),
      ...checkpointAnnex(given),
    ],
  }
}

function draftMark({ report, texts }: Writing, unsigned: boolean): string {
  const { demonstration, draft, draftUnsigned } = texts.document
  const mark = unsigned ? draftUnsigned : draft
  return report.organisation.demonstration ? texts.document.labelled(demonstration, mark) : mark
}

function creationDate(signedAt: string): CreationDate {
  const at = new Date(signedAt)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
}
