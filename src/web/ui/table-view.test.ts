import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ColumnRule, TableState } from './table-view.ts'
import {
  csvCell,
  csvOf,
  facetCounts,
  nextSort,
  parameterName,
  sortWord,
  tableState,
  visibleRows,
} from './table-view.ts'

type Row = { readonly id: string; readonly status: string; readonly count: number | null }

const columns: readonly ColumnRule<Row>[] = [
  { key: 'id', value: (row) => row.id },
  { key: 'status', value: (row) => row.status, facet: (row) => [row.status] },
  { key: 'count', value: (row) => row.count },
  { key: 'note' },
]

const rows: readonly Row[] = [
  { id: 'CC6.10 アクセス', status: 'met', count: 3 },
  { id: 'CC6.2 ログ', status: 'not-met', count: null },
  { id: 'CC6.1 Access', status: 'met', count: 12 },
]

const compare = new Intl.Collator('ja', { numeric: true }).compare
const plain: TableState = { text: '', sort: null, chosen: {} }

function ids(state: Partial<TableState>) {
  return visibleRows(rows, columns, { ...plain, ...state }, compare).map(({ id }) => id)
}

test('without a wish the rows stand as they came', () => {
  expect(ids({})).toEqual(rows.map(({ id }) => id))
})

test('numbers inside texts count as numbers, and what has no value comes last either way', () => {
  expect(ids({ sort: { key: 'id', down: false } })).toEqual([
    'CC6.1 Access',
    'CC6.2 ログ',
    'CC6.10 アクセス',
  ])
  expect(ids({ sort: { key: 'count', down: false } }).at(-1)).toBe('CC6.2 ログ')
  expect(ids({ sort: { key: 'count', down: true } })).toEqual([
    'CC6.1 Access',
    'CC6.10 アクセス',
    'CC6.2 ログ',
  ])
})

test('every word must be found, whatever its case and width', () => {
  expect(ids({ text: 'cc6.1 ACCESS' })).toEqual(['CC6.1 Access'])
  expect(ids({ text: 'ｱｸｾｽ' })).toEqual(['CC6.10 アクセス'])
  expect(ids({ text: 'access log' })).toEqual([])
})

test('a filter counts what each of its choices would show, the other filters as they are', () => {
  const state: TableState = { ...plain, text: 'cc6.1', chosen: { status: 'not-met' } }
  expect([...facetCounts(rows, columns, state, 'status')]).toEqual([['met', 2]])
})

test('the address says sort order and filters, and what it says about no column is ignored', () => {
  const state = tableState(
    { q: 'log', sort: '-count', status: 'met', note: 'x', other: 'y' },
    '',
    columns,
    'id',
  )
  expect(state).toEqual({
    text: 'log',
    sort: { key: 'count', down: true },
    chosen: { status: 'met' },
  })
  expect(tableState({ sort: 'note' }, '', columns, 'id').sort).toEqual({ key: 'id', down: false })
  expect(tableState({ 'b.q': 'x' }, 'b', columns, null).text).toBe('x')
  expect(parameterName('b', 'q')).toBe('b.q')
})

test('a press on a title sorts upwards, then downwards, then as the page would have it', () => {
  const up = nextSort(null, 'id')
  const down = nextSort(up, 'id')
  expect([sortWord(up), sortWord(down), sortWord(nextSort(down, 'id'))]).toEqual([
    'id',
    '-id',
    undefined,
  ])
})

test('sorting and filtering never invents, doubles or loses a row', () => {
  const row = fc.record({
    id: fc.string({ maxLength: 5 }),
    status: fc.constantFrom('met', 'not-met'),
    count: fc.option(fc.integer()),
  })
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.constantFrom('id', 'count', 'status'),
      fc.boolean(),
      (some, key, down) => {
        const sorted = visibleRows(some, columns, { ...plain, sort: { key, down } }, compare)
        expect(sorted).toHaveLength(some.length)
        expect(new Set(sorted)).toEqual(new Set(some))
        const met = visibleRows(some, columns, { ...plain, chosen: { status: 'met' } }, compare)
        const counts = facetCounts(some, columns, plain, 'status')
        expect(met).toHaveLength(counts.get('met') ?? 0)
      },
    ),
  )
})

test('no spreadsheet takes a saved cell for a formula', () => {
  expect(csvCell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"')
  expect(csvCell('@SUM(A1)')).toBe("'@SUM(A1)")
  expect(csvCell(-5)).toBe('-5')
  expect(csvCell(null)).toBe('')
  expect(csvOf([['a,b', 'c\nd']])).toBe('\u{FEFF}"a,b","c\nd"\r\n')
})
