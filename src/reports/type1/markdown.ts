import type { Element } from '../elements.ts'
import { facts, text } from '../elements.ts'
import { printedMarkdown } from '../markdown-printer.ts'
import { type1Document } from './document.ts'
import type { Type1Report } from './model.ts'

/** The report as Markdown: the same words in the same order as the PDF, without page numbers. */
export function type1Markdown(report: Type1Report): string {
  const document = type1Document(report)
  const { title, subtitle, draft, cover, checkpoint } = document
  const labelled = [...cover, ...checkpoint.rows].map(({ label, value }) => ({
    label,
    spans: [text(value)],
  }))
  const front: readonly Element[] = [
    {
      kind: 'callout',
      tone: 'note',
      title: draft.mark,
      elements: [{ kind: 'paragraph', spans: [text(draft.note)] }],
    },
    { kind: 'paragraph', spans: [text(subtitle)] },
    facts(labelled),
    { kind: 'paragraph', spans: [text(checkpoint.note)] },
  ]
  return `# ${title}\n\n${printedMarkdown([...front, ...document.elements])}\n`
}
