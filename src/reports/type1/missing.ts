import { descriptionCriteria } from './model.ts'
import type { DescriptionCriterion } from './model.ts'
import type { Gap, UserText } from '../markdown-elements.ts'
import type { Writing } from './writing.ts'

/** Something that the report ought to hold and does not. Printed, listed and counted. */
export type Missing = {
  readonly kind: 'figure' | 'fill' | 'description' | 'assertion' | 'owner' | 'witness' | 'unproven'
  /** Where in the report, or what it is about. */
  readonly subject: string
  /** Stable code. */
  readonly code: string
  readonly text: string
}

export function missingFrom(given: Writing): readonly Missing[] {
  const { report, texts } = given
  const blocks = report.description.flatMap((block) => {
    const text = given.description.get(block.id)
    return text === undefined ? [] : gaps(given, text, `${spaced(block.criterion)} ${block.title}`)
  })
  return [
    ...(report.assertion.status === 'signed'
      ? []
      : [one('assertion', texts.section.II, 'unsigned', texts.gaps.assertionWhy)]),
    ...gaps(given, given.assertion, texts.section.II),
    ...unwritten(given).map((id) =>
      one('description', spaced(id), 'no-text', texts.gaps.descriptionWhy),
    ),
    ...blocks,
    ...gaps(given, given.other, texts.section.V),
    ...report.controls
      .filter((control) => control.owner === null)
      .map((control) => one('owner', control.id, 'no-owner', texts.gaps.ownerWhy)),
    ...(report.checkpoint.witnesses.length > 0
      ? []
      : [one('witness', texts.checkpoint.title, 'no-witness', texts.gaps.witnessWhy)]),
    ...report.unproven.map(({ subject, code, text }) => one('unproven', subject, code, text)),
  ]
}

/** DC 5 and DC 8 are answered by the results themselves; the others need a text. */
export function unwritten({ report }: Writing): readonly DescriptionCriterion[] {
  const written = new Set(report.description.map((block) => block.criterion))
  return descriptionCriteria.filter((id) => id !== 'DC5' && id !== 'DC8' && !written.has(id))
}

/** `DC1` as it is printed: `DC 1`. */
export function spaced(criterion: DescriptionCriterion): string {
  return criterion.replace('DC', 'DC ')
}

function gaps({ texts }: Writing, text: UserText, subject: string): readonly Missing[] {
  return text.missing.map((gap: Gap) =>
    gap.kind === 'figure'
      ? one('figure', subject, 'no-figure', texts.gaps.figureWhy(gap.name))
      : one('fill', subject, 'to-be-written', texts.gaps.fillWhy),
  )
}

function one(kind: Missing['kind'], subject: string, code: string, text: string): Missing {
  return { kind, subject, code, text }
}
