import { lexer } from 'marked'
import type { MarkedToken, Token, Tokens } from 'marked'
import { code, missing, row, text } from './elements.ts'
import type { Element, Span, TableElement } from './elements.ts'
import { eastAsianWidth, softBreaks } from './line-width.ts'
import { visible } from './plain-text.ts'

/**
 * Markdown that users wrote (CommonMark with GFM tables), as elements. Nothing in it is trusted:
 * raw HTML is shown as text, links lead only to the web or to mail, pictures become their words,
 * and what is nested or long beyond the limits is printed as it was typed.
 */
export type UserText = {
  readonly elements: readonly Element[]
  /** What a reader must be told is not there, in order. */
  readonly missing: readonly Gap[]
}

export type Gap = { readonly kind: 'figure'; readonly name: string } | { readonly kind: 'fill' }

export type Wording = {
  /** The value of `{{name}}` as printed; undefined when there is none. */
  readonly figure: (name: string) => string | undefined
  readonly noFigure: (name: string) => string
  readonly fill: string
  readonly image: (alt: string) => string
}

/** Longer Markdown (in UTF-16 code units) is printed as typed. */
const MARKDOWN_CHARACTERS_MAX = 1_000_000
/** Quotes, lists and emphasis nested deeper than this are printed as typed. */
const NESTING_MAX = 8
/** A table with more columns is printed as one list per row: it would not fit on the page. */
const COLUMNS_MAX = 10

export function userText(markdown: string, wording: Wording): UserText {
  const typed = visible(markdown)
  if (typed.length > MARKDOWN_CHARACTERS_MAX || nestsTooDeep(typed)) {
    return { elements: [{ kind: 'code', text: typed }], missing: [] }
  }
  const names: string[] = []
  const marked = typed.replace(/\{\{([^{}\n]{1,80})\}\}/g, (_, name: string) => {
    names.push(name)
    return `\ufdd0${names.length - 1}\ufdd1`
  })
  const reader: Reader = { wording, names, missing: [] }
  return { elements: blocks(lexer(marked, { gfm: true }), reader, 0), missing: reader.missing }
}

/**
 * While the lexer works, figures stand as marks that it takes for letters: the braces are
 * punctuation, which would keep `は**{{people.count}}名**` from being strong.
 */
type Reader = {
  readonly wording: Wording
  readonly names: readonly string[]
  readonly missing: Gap[]
}

/** The text as it was typed, where a figure's name is no figure: in code, in addresses. */
function asTyped(source: string, { names }: Reader): string {
  return source.replace(
    /\ufdd0([0-9]+)\ufdd1/g,
    (_, index: string) => `{{${names[Number(index)]}}}`,
  )
}

/** The lexer is recursive: markers that open too many levels never reach it. */
function nestsTooDeep(source: string): boolean {
  return /^(?:[ \t]*(?:>|[*+-][ \t]|[0-9]{1,9}[.)][ \t])){25}/m.test(source)
}

function blocks(tokens: readonly Token[], reader: Reader, depth: number): readonly Element[] {
  return tokens.flatMap((token) => (isMarked(token) ? block(token, reader, depth) : []))
}

// oxlint-disable-next-line typescript/consistent-return -- tsc proves the switch exhaustive
function block(token: MarkedToken, reader: Reader, depth: number): readonly Element[] {
  if (depth > NESTING_MAX) return [{ kind: 'code', text: asTyped(token.raw, reader) }]
  switch (token.type) {
    case 'heading':
      return [
        { kind: 'subheading', level: token.depth, spans: inline(token.tokens, reader, depth) },
      ]
    case 'paragraph':
      return [{ kind: 'paragraph', spans: inline(token.tokens, reader, depth) }]
    case 'text':
      return [{ kind: 'paragraph', spans: inline(token.tokens ?? [token], reader, depth) }]
    case 'list':
      return [list(token, reader, depth)]
    case 'blockquote':
      return [quote(token, reader, depth)]
    case 'code':
      return [{ kind: 'code', text: asTyped(token.text, reader) }]
    case 'table':
      return tableOf(token, reader, depth)
    case 'hr':
      return [{ kind: 'rule' }]
    case 'html':
      return [{ kind: 'code', text: asTyped(token.text, reader).trimEnd() }]
    case 'space':
    case 'def':
      return []
    case 'list_item':
      return blocks(token.tokens, reader, depth)
    case 'br':
    case 'checkbox':
    case 'codespan':
    case 'del':
    case 'em':
    case 'escape':
    case 'image':
    case 'link':
    case 'strong':
      return [{ kind: 'paragraph', spans: inline([token], reader, depth) }]
  }
}

function list(token: Tokens.List, reader: Reader, depth: number): Element {
  return {
    kind: 'list',
    start: token.ordered ? Number(token.start) : null,
    items: token.items.map((item) => blocks(item.tokens, reader, depth + 1)),
  }
}

const fillMark = /^\s*\[!FILL\]\s*/

/** A quote; or, when it begins with `[!FILL]`, something that a person must still write. */
function quote(token: Tokens.Blockquote, reader: Reader, depth: number): Element {
  if (!fillMark.test(token.text)) {
    return { kind: 'quote', elements: blocks(token.tokens, reader, depth + 1) }
  }
  reader.missing.push({ kind: 'fill' })
  const rest = lexer(token.text.replace(fillMark, ''), { gfm: true })
  return {
    kind: 'callout',
    tone: 'missing',
    title: reader.wording.fill,
    elements: blocks(rest, reader, depth + 1),
  }
}

function tableOf(token: Tokens.Table, reader: Reader, depth: number): readonly Element[] {
  const head = token.header.map((cell) => inline(cell.tokens, reader, depth))
  const rows = token.rows.map((cells) => cells.map((cell) => inline(cell.tokens, reader, depth)))
  if (head.length > COLUMNS_MAX) return rows.map((cells) => wideRow(head, cells))
  const columns: TableElement['columns'] = head.map((title, index) => ({
    title,
    weight: weight([token.header, ...token.rows].map((cells) => cells[index]?.text ?? '')),
    align: alignment(token.align[index] ?? null),
  }))
  return [{ kind: 'table', columns, rows: rows.map(row) }]
}

function wideRow(head: readonly (readonly Span[])[], cells: readonly (readonly Span[])[]): Element {
  return {
    kind: 'list',
    start: null,
    items: cells.map((cell, index) => [
      { kind: 'paragraph', spans: [...(head[index] ?? []), text(': '), ...cell] },
    ]),
  }
}

/** A column's share of the width: that of its longest cell, within bounds. */
function weight(cells: readonly string[]): number {
  const longest = cells.reduce((most, cell) => Math.max(most, eastAsianWidth(cell)), 0)
  return Math.min(40, Math.max(6, longest))
}

function alignment(align: 'left' | 'center' | 'right' | null): 'start' | 'center' | 'end' {
  if (align === 'center') return 'center'
  return align === 'right' ? 'end' : 'start'
}

function inline(tokens: readonly Token[], reader: Reader, depth: number): readonly Span[] {
  return tokens.flatMap((token) => (isMarked(token) ? span(token, reader, depth + 1) : []))
}

// oxlint-disable-next-line typescript/consistent-return -- tsc proves the switch exhaustive
function span(token: MarkedToken, reader: Reader, depth: number): readonly Span[] {
  if (depth > NESTING_MAX * 2) return [text(asTyped(token.raw, reader))]
  switch (token.type) {
    case 'text':
      return token.tokens === undefined
        ? words(softBreaks(decoded(token.text)), reader)
        : inline(token.tokens, reader, depth)
    case 'strong':
      return [{ kind: 'strong', spans: inline(token.tokens, reader, depth) }]
    case 'em':
      return [{ kind: 'emphasis', spans: inline(token.tokens, reader, depth) }]
    case 'del':
      return [{ kind: 'deleted', spans: inline(token.tokens, reader, depth) }]
    case 'codespan':
      return [code(asTyped(token.text, reader))]
    case 'link':
      return link(token, reader, depth)
    case 'image':
      return [text(reader.wording.image(asTyped(token.text, reader)))]
    case 'br':
      return [{ kind: 'break' }]
    case 'checkbox':
      return [text(token.checked ? '[x] ' : '[ ] ')]
    case 'escape':
    case 'html':
      return [text(asTyped(token.text, reader))]
    case 'blockquote':
    case 'code':
    case 'def':
    case 'heading':
    case 'hr':
    case 'list':
    case 'list_item':
    case 'paragraph':
    case 'space':
    case 'table':
      return [text(asTyped(token.raw, reader))]
  }
}

/** Links lead to the web or to mail; any other address is only printed. */
function link(token: Tokens.Link, reader: Reader, depth: number): readonly Span[] {
  const spans = inline(token.tokens, reader, depth)
  const address = asTyped(token.href, reader)
  if (/^(?:https?:\/\/|mailto:)[!-~]+$/i.test(address)) return [{ kind: 'link', address, spans }]
  return [...spans, text(` (${address})`)]
}

/** The text with its figures put in. They are put in after parsing, so they cannot be markup. */
function words(source: string, reader: Reader): readonly Span[] {
  return source.split(/\ufdd0([0-9]+)\ufdd1/).flatMap((part, at): readonly Span[] => {
    if (at % 2 === 0) return part === '' ? [] : [text(part)]
    const name = (reader.names[Number(part)] ?? '').trim()
    const value = reader.wording.figure(name)
    if (value !== undefined) return [text(value)]
    reader.missing.push({ kind: 'figure', name })
    return [missing(reader.wording.noFigure(name))]
  })
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])

/** Character references, which the lexer leaves for a browser to decode. */
function decoded(source: string): string {
  return source.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities.get(name) ?? whole
      const number = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return number > 0 && number <= 0x10ffff ? visible(String.fromCodePoint(number)) : '\ufffd'
    },
  )
}

const markedTypes: ReadonlySet<string> = new Set<MarkedToken['type']>([
  'blockquote',
  'br',
  'checkbox',
  'code',
  'codespan',
  'def',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'html',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
])

/** Whether the token is one of the lexer's own; no extension adds others. */
function isMarked(token: Token): token is MarkedToken {
  return markedTypes.has(token.type)
}
