import type { Status } from '../domain/check.ts'

/**
 * A report before it is printed: what it says and in which order, without how it looks. The Typst
 * template and the Markdown printer both walk this, so that no fact stands in one and not in the
 * other. Plain JSON; every text in it is data and is never read as markup by a printer.
 */
export type Element =
  /** Begins on a new page. */
  | {
      readonly kind: 'section'
      readonly anchor: string
      /** `Section IV`, `Annex A`; null for what stands before the sections. */
      readonly label: string | null
      readonly title: string
      readonly author: string | null
    }
  | {
      readonly kind: 'heading'
      readonly level: 2 | 3
      readonly anchor: string
      /** The id of what it is about: `CC6.1`, `AC-01`. */
      readonly tag: string | null
      readonly title: string
      readonly mark: Mark | null
    }
  /** A heading inside a text that a user wrote; never in the contents. */
  | { readonly kind: 'subheading'; readonly level: number; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | {
      readonly kind: 'list'
      readonly start: number | null
      readonly items: readonly (readonly Element[])[]
    }
  | { readonly kind: 'quote'; readonly elements: readonly Element[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  | TableElement
  /** Label and value, one below the other; or in two pairs of columns, when they are short. */
  | { readonly kind: 'facts'; readonly rows: readonly FactRow[]; readonly pairs: 1 | 2 }
  | {
      readonly kind: 'callout'
      readonly tone: 'missing' | 'bad' | 'note'
      readonly title: string
      readonly elements: readonly Element[]
    }
  /** A page kept for what somebody else will put there. */
  | { readonly kind: 'placeholder'; readonly title: string; readonly spans: readonly Span[] }
  /** How many of each kind there are, as bars of equal length; every number is printed, too. */
  | {
      readonly kind: 'bars'
      readonly rows: readonly {
        readonly label: string
        readonly parts: readonly { readonly mark: Mark; readonly count: number }[]
      }[]
    }
  /** Something that stands for itself, as each exception does. */
  | {
      readonly kind: 'card'
      readonly anchor: string
      readonly tag: string
      readonly title: string
      readonly mark: Mark
      readonly rows: readonly FactRow[]
      /** Short facts below the others, in two pairs of columns. */
      readonly details: readonly FactRow[]
      /** Whether it is so long that a page break inside it is better than one before it. */
      readonly tall: boolean
    }

export type TableElement = {
  readonly kind: 'table'
  readonly columns: readonly {
    readonly title: readonly Span[]
    /** Share of the width. */
    readonly weight: number
    readonly align: 'start' | 'center' | 'end'
  }[]
  readonly rows: readonly {
    readonly cells: readonly (readonly Span[])[]
    readonly tall: boolean
  }[]
}

export type FactRow = { readonly label: string; readonly spans: readonly Span[] }

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'strong' | 'emphasis' | 'deleted' | 'faint'
      readonly spans: readonly Span[]
    }
  /** Letters of equal width: hashes, keys, code. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly address: string; readonly spans: readonly Span[] }
  | { readonly kind: 'break' }
  /** Something that ought to be there and is not; never printed quietly. */
  | { readonly kind: 'missing'; readonly text: string }
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** A place to which references lead, where no heading marks it. */
  | { readonly kind: 'anchor'; readonly anchor: string; readonly text: string }
  /** A place in the same report; `page` prints the number of its page. */
  | { readonly kind: 'reference'; readonly anchor: string; readonly text: string }
  | { readonly kind: 'page'; readonly anchor: string }

/** A status: told by its word, by a shape and by a colour, so that black and white suffices. */
export type Mark = { readonly sign: Sign; readonly word: string }
export type Sign = Status | 'open' | 'answered' | 'accepted' | 'fixed'

/** A row longer than this may break across pages: it might not fit on one. */
const TALL_CHARACTERS = 700

export const text = (words: string): Span => ({ kind: 'text', text: words })
export const strong = (words: string): Span => ({ kind: 'strong', spans: [text(words)] })
export const faint = (...spans: readonly Span[]): Span => ({ kind: 'faint', spans })
export const code = (letters: string): Span => ({ kind: 'code', text: letters })
export const missing = (words: string): Span => ({ kind: 'missing', text: words })
export const lineBreak: Span = { kind: 'break' }

/** The spans with `between` between each two of them. */
export function joined(spans: readonly Span[], between: Span): readonly Span[] {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [between, span]))
}

export function paragraph(...spans: readonly Span[]): Element {
  return { kind: 'paragraph', spans }
}

export function facts(rows: readonly FactRow[], pairs: 1 | 2 = 1): Element {
  return { kind: 'facts', rows, pairs }
}

type Column = readonly [title: string, weight: number, align?: 'start' | 'center' | 'end']

export function table(
  columns: readonly Column[],
  rows: readonly (readonly (readonly Span[])[])[],
): TableElement {
  return {
    kind: 'table',
    columns: columns.map(([title, weight, align = 'start']) => ({
      title: [text(title)],
      weight,
      align,
    })),
    rows: rows.map(row),
  }
}

export function row(cells: readonly (readonly Span[])[]): TableElement['rows'][number] {
  return { cells, tall: cells.some(isTall) }
}

export function isTall(spans: readonly Span[]): boolean {
  return length(spans) > TALL_CHARACTERS
}

function length(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => {
    if ('spans' in span) return sum + length(span.spans)
    if ('text' in span) return sum + span.text.length
    return sum + 10
  }, 0)
}
