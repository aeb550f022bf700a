import type { Element, FactRow, Mark, Sign, Span, TableElement } from './elements.ts'

/**
 * Elements as CommonMark with GFM tables. Texts are escaped, so that whoever renders the result
 * shows the same words and never obeys them; the only HTML in it is `<br>` inside table cells.
 * Numbers of pages mean nothing here: columns that hold only them are left out.
 */
export function printedMarkdown(elements: readonly Element[]): string {
  return elements
    .map(block)
    .filter((printed) => printed !== '')
    .join('\n\n')
}

/** The same shapes as in print, as characters. */
const signs: Readonly<Record<Sign, string>> = {
  met: '●',
  'not-met': '■',
  'not-proven': '◆',
  'not-applicable': '○',
  open: '■',
  answered: '□',
  accepted: '▣',
  fixed: '◉',
}

// oxlint-disable-next-line typescript/consistent-return -- tsc proves the switch exhaustive
function block(element: Element): string {
  switch (element.kind) {
    case 'section':
      return section(element)
    case 'heading':
      return heading(element)
    case 'subheading':
      return `${'#'.repeat(Math.min(6, element.level + 4))} ${oneLine(element.spans)}`
    case 'paragraph':
      return atLineStart(inline(element.spans, '  \n'))
    case 'list':
      return list(element.start, element.items)
    case 'quote':
      return prefixed(printedMarkdown(element.elements), '> ')
    case 'code':
      return fenced(element.text)
    case 'rule':
      return '---'
    case 'table':
      return table(element)
    case 'facts':
      return facts(element.rows)
    case 'callout':
      return prefixed(
        [
          `**${element.tone === 'note' ? '' : '⚠ '}${escaped(element.title)}**`,
          printedMarkdown(element.elements),
        ].join('\n\n'),
        '> ',
      )
    case 'placeholder':
      return prefixed(`**⚠ ${escaped(element.title)}**\n\n${inline(element.spans, '  \n')}`, '> ')
    case 'bars':
      return bars(element)
    case 'card': {
      const title = `#### ${escaped(element.tag)} ${escaped(element.title)} — ${mark(element.mark)}`
      return [title, facts([...element.rows, ...element.details])].join('\n\n')
    }
  }
}

function section(element: Extract<Element, { kind: 'section' }>): string {
  const label = element.label === null ? '' : `${escaped(element.label)} `
  const author = element.author === null ? '' : `\n\n*${escaped(element.author)}*`
  return `## ${label}${escaped(element.title)}${author}`
}

function heading(element: Extract<Element, { kind: 'heading' }>): string {
  const tag = element.tag === null ? '' : `${escaped(element.tag)} `
  const status = element.mark === null ? '' : ` — ${mark(element.mark)}`
  return `${'#'.repeat(element.level + 1)} ${tag}${escaped(element.title)}${status}`
}

function list(start: number | null, items: readonly (readonly Element[])[]): string {
  return items
    .map((item, index) => {
      const marker = start === null ? '- ' : `${start + index}. `
      return marker + indented(printedMarkdown(item), ' '.repeat(marker.length))
    })
    .join('\n')
}

function facts(rows: readonly FactRow[]): string {
  return rows
    .map(({ label, spans }) => `- **${escaped(label)}**: ${indented(inline(spans, '  \n'), '  ')}`)
    .join('\n')
}

function bars({ rows }: Extract<Element, { kind: 'bars' }>): string {
  return rows
    .map(({ label, parts }) => {
      const counts = parts.map((part) => `${mark(part.mark)} ${part.count}`)
      return `- **${escaped(label)}**: ${counts.join(' / ')}`
    })
    .join('\n')
}

function table({ columns, rows }: TableElement): string {
  const kept = columns.map(
    (_, index) => rows.length === 0 || !rows.every(({ cells }) => isPage(cells[index] ?? [])),
  )
  const printed = (cells: readonly string[]) =>
    `| ${cells.filter((_, index) => kept[index]).join(' | ')} |`
  const rules = { start: '---', center: ':-:', end: '--:' }
  return [
    printed(columns.map(({ title }) => cell(title))),
    printed(columns.map(({ align }) => rules[align])),
    ...rows.map(({ cells }) => printed(cells.map(cell))),
  ].join('\n')
}

function isPage(spans: readonly Span[]): boolean {
  return spans.length > 0 && spans.every(({ kind }) => kind === 'page')
}

function cell(spans: readonly Span[]): string {
  return inline(spans, '<br>').replace(/\n/g, ' ')
}

function oneLine(spans: readonly Span[]): string {
  return inline(spans, ' ').replace(/\n/g, ' ')
}

function inline(spans: readonly Span[], lineBreak: string): string {
  return spans.map((span) => inlineOne(span, lineBreak)).join('')
}

// oxlint-disable-next-line typescript/consistent-return -- tsc proves the switch exhaustive
function inlineOne(span: Span, lineBreak: string): string {
  switch (span.kind) {
    case 'text':
    case 'anchor':
    case 'reference':
      return escaped(span.text)
    case 'strong':
      return around('**', inline(span.spans, lineBreak))
    case 'emphasis':
      return around('*', inline(span.spans, lineBreak))
    case 'deleted':
      return around('~~', inline(span.spans, lineBreak))
    case 'faint':
      return inline(span.spans, lineBreak)
    case 'code':
      return inlineCode(span.text)
    case 'link':
      return `[${inline(span.spans, lineBreak)}](<${span.address.replace(/[<>]/g, '')}>)`
    case 'break':
      return lineBreak
    case 'missing':
      return `**⚠ ${escaped(span.text)}**`
    case 'mark':
      return mark(span.mark)
    case 'page':
      return ''
  }
}

function mark({ sign, word }: Mark): string {
  return `${signs[sign]} ${escaped(word)}`
}

/** Emphasis whose inside begins or ends with a space would be printed as asterisks. */
function around(delimiter: string, inside: string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(inside) ?? []
  return words === '' ? inside : before + delimiter + words + delimiter + after
}

function inlineCode(letters: string): string {
  const fence = '`'.repeat(longestRun(letters) + 1)
  const padding = letters.startsWith('`') || letters.endsWith('`') ? ' ' : ''
  return fence + padding + letters.replace(/\n/g, ' ').replaceAll('|', '\\|') + padding + fence
}

function fenced(letters: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(letters) + 1))
  return `${fence}\n${letters}\n${fence}`
}

function longestRun(letters: string): number {
  return (letters.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
}

function escaped(words: string): string {
  return words
    .replace(/[\\`*[\]<>|~$&]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/\n/g, ' ')
}

/** A paragraph that begins like a heading, a list or a rule is none. */
function atLineStart(printed: string): string {
  return printed.replace(/^(\s*)([#+=-]|[0-9]{1,9}(?=[.)]))/, (_, space: string, first: string) =>
    /[0-9]/.test(first) ? `${space}${first}\\` : `${space}\\${first}`,
  )
}

function indented(printed: string, indent: string): string {
  return printed.replace(/\n(?!\n|$)/g, `\n${indent}`)
}

function prefixed(printed: string, prefix: string): string {
  return printed
    .split('\n')
    .map((line) => (prefix + line).trimEnd())
    .join('\n')
}
