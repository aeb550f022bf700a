import { CsvError, parse } from 'csv-parse/sync'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { Columns, type Column } from './columns.ts'
import { unguarded } from './csv-writing.ts'
import { decodeText, type DecodingRefusal, type Encoding } from './decoding.ts'
import { Problems } from './problems.ts'
import { tableProblems } from './refusals.ts'

/** A row of the file. `cells` has every column that could be read; an empty cell is null. */
export type TableRow<Field extends string> = {
  /** As a spreadsheet counts: the header of a CSV is row 1; the first item of JSON is 1. */
  readonly row: number
  readonly cells: Readonly<Partial<Record<Field, string | null>>>
}

export type Table<Field extends string> = {
  readonly encoding: Encoding
  readonly columns: Columns<Field>
  readonly rows: readonly TableRow<Field>[]
  /** What was wrong with cells; rows with such cells are there all the same, to be looked at too. */
  readonly problems: Problems
}

export type TableRefusal =
  | DecodingRefusal
  | 'file-csv-malformed'
  | 'file-json-malformed'
  | 'file-rows-too-many'
  | 'file-has-problems'

/** More rows than any organisation that this is made for has people. */
const rowsMax = 200_000
const cellCharactersMax = 500
const recordCharactersMax = 100_000
/** Control characters, and those that Unicode leaves to private use: gaiji that nobody can read. */
const unreadable = /[\p{Cc}\p{Co}\u{fffd}]/u

type Raw = { readonly row: number; readonly cells: readonly unknown[] }
type RawTable = { readonly header: readonly string[]; readonly rows: readonly Raw[] }

/** Reads an uploaded list, CSV (comma, semicolon or tab) or JSON, into the columns asked for. */
export function readTable<Field extends string>(
  bytes: Uint8Array,
  columns: readonly Column<Field>[],
): Table<Field> | Refused<TableRefusal> {
  const decoded = decodeText(bytes)
  if (isRefused(decoded)) return decoded
  const isJson = /^\s*[[{]/.test(decoded.text)
  const raw = isJson ? fromJson(decoded.text) : fromCsv(decoded.text)
  if (isRefused(raw)) return raw
  const problems = new Problems()
  const found = Columns.find(raw.header, columns, problems)
  if (!problems.none) return problems.refusal()
  const rows = raw.rows.map(({ row, cells }) => rowOf(row, cells, found, problems))
  return { encoding: decoded.encoding, columns: found, rows, problems }
}

function fromCsv(text: string): RawTable | Refused<TableRefusal> {
  const records = parsedCsv(text)
  if (isRefused(records)) return records
  const [header = [], ...rest] = records
  const rows = rest
    .map((cells, at) => ({ row: at + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  return { header, rows }
}

function parsedCsv(text: string): string[][] | Refused<TableRefusal> {
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      // Excel leaves trailing cells out; a row with too many is looked at by `rowOf`.
      relax_column_count: true,
      ltrim: !text.includes('\t'),
      max_record_size: recordCharactersMax,
      to: rowsMax + 2,
    })
    return records.length > rowsMax + 1 ? refuse('file-rows-too-many', String(rowsMax)) : records
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line: unknown = Reflect.get(error, 'lines')
    return refuse('file-csv-malformed', typeof line === 'number' ? String(line) : undefined)
  }
}

/** What stands most often in the header, outside of quotes. */
function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', '\t', ';'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

/** A list of objects, or an object whose only list is that. */
function fromJson(text: string): RawTable | Refused<TableRefusal> {
  const items = itemsOf(text)
  if (items === null) return refuse('file-json-malformed')
  if (items.length > rowsMax) return refuse('file-rows-too-many', String(rowsMax))
  const names = new Set<string>()
  for (const item of items) for (const name of Object.keys(item)) names.add(name)
  const header = [...names]
  const rows = items.map((item, at) => ({
    row: at + 1,
    cells: header.map((name): unknown => Reflect.get(item, name)),
  }))
  return { header, rows }
}

function itemsOf(text: string): object[] | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const lists: unknown[] = Array.isArray(json) ? [json] : Object.values(Object(json))
  const list = lists.filter((value) => Array.isArray(value))
  const items: unknown[] = list.length === 1 ? (list[0] ?? []) : []
  const objects = items.filter(
    (item): item is object => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
  return list.length === 1 && objects.length === items.length ? objects : null
}

function rowOf<Field extends string>(
  row: number,
  raw: readonly unknown[],
  columns: Columns<Field>,
  problems: Problems,
): TableRow<Field> {
  const beyond = raw.slice(columns.width).some((cell) => typeof cell === 'string' && cell !== '')
  if (beyond) {
    const at = { row, field: columns.lastHeader, code: 'row-too-long' }
    problems.add(at, tableProblems['row-too-long'])
  }
  const cells: Partial<Record<Field, string | null>> = {}
  for (const { field, at, header } of columns.read) {
    const cell = cellOf(raw[at])
    if ('problem' in cell) {
      const place = { row, field: header, code: cell.problem }
      problems.add(place, tableProblems[cell.problem], cell.value)
    } else cells[field] = cell.text
  }
  return { row, cells }
}

type Cell =
  | { readonly text: string | null }
  | {
      readonly problem: 'cell-too-long' | 'cell-unreadable-character' | 'cell-not-text'
      readonly value: string
    }

function cellOf(raw: unknown): Cell {
  if (raw === undefined || raw === null) return { text: null }
  if (typeof raw !== 'string' && typeof raw !== 'number') {
    return { problem: 'cell-not-text', value: JSON.stringify(raw) }
  }
  const text = unguarded(
    String(raw)
      .normalize('NFC')
      .replaceAll(/[\r\n\t]+/g, ' ')
      .trim(),
  )
  if (text.length > cellCharactersMax) return { problem: 'cell-too-long', value: text }
  const bad = unreadable.exec(text.isWellFormed() ? text : '\u{fffd}')
  if (bad !== null) return { problem: 'cell-unreadable-character', value: codePoint(bad[0]) }
  return { text: text === '' ? null : text }
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  return `U+${hex.padStart(4, '0')}`
}
