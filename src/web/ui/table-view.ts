import type { SearchRecord } from '../paths.ts'

type Value = string | number | null

/** What the rows of a table are sorted, searched and filtered by; how they look is not known here. */
export type ColumnRule<Row> = {
  /** Unique in the table; also its name in the address. */
  readonly key: string
  /** What it is sorted by; also searched for and saved, unless there is a `text`. */
  readonly value?: ((row: Row) => Value) | undefined
  /** How it reads, where it is sorted by something else. */
  readonly text?: ((row: Row) => string) | undefined
  /** Which of the filter's choices a row belongs to. */
  readonly facet?: ((row: Row) => readonly string[]) | undefined
}

/** What the address says about a table. */
export type TableState = {
  readonly text: string
  readonly sort: { readonly key: string; readonly down: boolean } | null
  readonly chosen: Readonly<Record<string, string>>
}

type Rules<Row> = readonly ColumnRule<Row>[]
type Compare = (a: string, b: string) => number

/** The names of a table's parameters in the address; two tables of one page have different ones. */
export function parameterName(table: string, key: string): string {
  return table === '' ? key : `${table}.${key}`
}

/** Reads the state of a table from the address; columns that it does not have are ignored. */
export function tableState<Row>(
  search: SearchRecord,
  table: string,
  columns: Rules<Row>,
  sortedBy: string | null,
): TableState {
  const chosen = columns.flatMap(({ key, facet }) => {
    const choice = search[parameterName(table, key)]
    return facet === undefined || choice === undefined ? [] : [[key, choice] as const]
  })
  return {
    text: search[parameterName(table, 'q')] ?? '',
    sort: sortOf(search[parameterName(table, 'sort')], columns) ?? sortOf(sortedBy ?? '', columns),
    chosen: Object.fromEntries(chosen),
  }
}

function sortOf<Row>(said: string | undefined, columns: Rules<Row>): TableState['sort'] {
  const down = said?.startsWith('-') === true
  const key = down ? said?.slice(1) : said
  const column = columns.find((one) => one.key === key && one.value !== undefined)
  return column === undefined ? null : { key: column.key, down }
}

/** The address's word for a sort order. */
export function sortWord(sort: TableState['sort']): string | undefined {
  if (sort === null) return undefined
  return sort.down ? `-${sort.key}` : sort.key
}

/** The order after a press on a column's title: upwards, downwards, as the page would have it. */
export function nextSort(now: TableState['sort'], key: string): TableState['sort'] {
  if (now?.key !== key) return { key, down: false }
  return now.down ? null : { key, down: true }
}

/** The rows that fit, in order. Rows that are equal keep the order in which they came. */
export function visibleRows<Row>(
  rows: readonly Row[],
  columns: Rules<Row>,
  state: TableState,
  compare: Compare,
): readonly Row[] {
  const found = rows.filter(
    (row) => fits(row, columns, state.chosen) && isNamed(row, columns, state.text),
  )
  const by = columns.find(({ key }) => key === state.sort?.key)?.value
  if (by === undefined) return found
  const sign = state.sort?.down === true ? -1 : 1
  return found.toSorted((a, b) => inOrder(by(a), by(b), sign, compare))
}

/** How many rows each choice of a filter would show, the other filters as they are. */
export function facetCounts<Row>(
  rows: readonly Row[],
  columns: Rules<Row>,
  state: TableState,
  key: string,
): ReadonlyMap<string, number> {
  const facet = columns.find((column) => column.key === key)?.facet
  const counts = new Map<string, number>()
  if (facet === undefined) return counts
  const others = Object.fromEntries(Object.entries(state.chosen).filter(([name]) => name !== key))
  for (const row of rows) {
    if (!fits(row, columns, others) || !isNamed(row, columns, state.text)) continue
    for (const choice of new Set(facet(row))) counts.set(choice, (counts.get(choice) ?? 0) + 1)
  }
  return counts
}

function fits<Row>(row: Row, columns: Rules<Row>, chosen: TableState['chosen']): boolean {
  return columns.every(({ key, facet }) => {
    const choice = chosen[key]
    return choice === undefined || facet === undefined || facet(row).includes(choice)
  })
}

/** Every word must be found somewhere in the row; width and case of letters do not matter. */
function isNamed<Row>(row: Row, columns: Rules<Row>, text: string): boolean {
  const words = plain(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const all = plain(columns.map((column) => said(column, row) ?? '').join('\n'))
  return words.every((word) => all.includes(word))
}

/** What a column says about a row, as it reads. */
export function said<Row>({ text, value }: ColumnRule<Row>, row: Row): Value {
  return text?.(row) ?? value?.(row) ?? null
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** What has no value comes last in either direction. */
function inOrder(a: Value, b: Value, sign: 1 | -1, compare: Compare): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * compare(String(a), String(b))
}

/** A cell of a CSV file that no spreadsheet takes for a formula. RFC 4180 quotes. */
export function csvCell(value: Value): string {
  if (typeof value === 'number') return value.toString()
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as a CSV file, with the byte order mark by which Excel knows UTF-8. */
export function csvOf(rows: readonly (readonly Value[])[]): string {
  return `\u{FEFF}${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}
