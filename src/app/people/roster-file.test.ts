import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import type { RosterRow } from '../../domain/people/roster.ts'
import { readRoster } from './roster-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const japanese =
  '社員番号,氏名,メール,部署,入社日,退職日\r\n0012,髙橋 花子,hana@example.jp,運用部,2024/4/1,\r\n'

function read(file: Uint8Array) {
  const roster = readRoster(file)
  if (isRefused(roster)) throw new Error(JSON.stringify(roster))
  return roster
}

/** What is wrong, as `row field code`. */
function problemsOf(text: string): string[] {
  const roster = readRoster(bytes(text))
  const refusal = isRefused(roster) ? roster : roster.problems.refusal()
  return (refusal.problems ?? []).map(({ row, field, code }) => `${row} ${field} ${code}`)
}

function codeOf(file: Uint8Array): string | null {
  const roster = readRoster(file)
  return isRefused(roster) ? roster.refused : null
}

const hanako: Partial<RosterRow> = {
  row: 2,
  employeeNumber: '0012',
  name: '髙橋 花子',
  email: 'hana@example.jp',
  department: '運用部',
  startDate: '2024-04-01',
  endDate: null,
  manager: undefined,
}

test.each([
  ['UTF-8', bytes(japanese), 'utf-8'],
  ['UTF-8 with BOM, as Excel writes it', bytes(`\u{feff}${japanese}`), 'utf-8'],
  ['UTF-16 little endian with BOM', iconv.encode(japanese, 'utf16le', { addBOM: true }), 'utf-16'],
  ['UTF-16 big endian with BOM', iconv.encode(japanese, 'utf16be', { addBOM: true }), 'utf-16'],
  ['Shift_JIS (Windows code page 932)', iconv.encode(japanese, 'cp932'), 'shift_jis'],
  ['EUC-JP', iconv.encode(japanese.replace('髙', '高'), 'eucjp'), 'euc-jp'],
])('a roster in %s is read with every name as it is', (_, file, encoding) => {
  const roster = read(file)
  expect(roster.encoding).toBe(encoding)
  const name = encoding === 'euc-jp' ? '高橋 花子' : '髙橋 花子'
  expect(roster.rows).toEqual([expect.objectContaining({ ...hanako, name })])
})

test('half-width katakana in Shift_JIS is not taken for EUC-JP', () => {
  const text = '社員番号,氏名,入社日\n1,ﾀｶﾊｼ ﾊﾅｺ,2024-04-01\n'
  expect(read(iconv.encode(text, 'cp932')).rows[0]?.name).toBe('ﾀｶﾊｼ ﾊﾅｺ')
})

test('bytes that are no text in any encoding that we read are refused, not guessed', () => {
  expect(codeOf(new Uint8Array([0xff, 0x80, 0x81, 0xfd, 0x0a]))).toBe('file-encoding-unknown')
  const cut = iconv.encode(japanese, 'cp932').subarray(0, 11)
  expect(codeOf(new Uint8Array([...cut, 0x81]))).toBe('file-encoding-unknown')
  expect(codeOf(iconv.encode(japanese, 'utf16le'))).toBe('file-encoding-unknown')
})

test('a spreadsheet, a PDF and an empty file are told by name', () => {
  expect(codeOf(new Uint8Array([0x50, 0x4b, 3, 4, 20]))).toBe('file-is-spreadsheet')
  expect(codeOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toBe('file-is-spreadsheet')
  expect(codeOf(bytes('%PDF-1.7'))).toBe('file-is-spreadsheet')
  expect(codeOf(bytes(' \r\n'))).toBe('file-empty')
  expect(codeOf(new Uint8Array(0))).toBe('file-empty')
})

test('headers are understood in English and Japanese, with notes, in any width and case', () => {
  const text =
    'ＥＭＰＬＯＹＥＥ　ＩＤ,Full Name,Start_Date,退職日（予定を含む）,Favourite colour\n7,Ann Lee,2024-01-05,2025-01-31,red\n'
  const roster = read(bytes(text))
  expect(roster.rows[0]).toMatchObject({ employeeNumber: '7', endDate: '2025-01-31' })
  expect(roster.columns.ignored).toEqual(['Favourite colour'])
})

test('family and given names make one name: in Japanese order for Japanese names', () => {
  const text = '社員番号,姓,名,入社日\n1,高橋,花子,2024-04-01\n2,Lee,Ann,2024-04-01\n'
  expect(read(bytes(text)).rows.map(({ name }) => name)).toEqual(['高橋 花子', 'Ann Lee'])
})

test('JSON is read as a list of objects, or as an object that holds one', () => {
  const person = { 社員番号: 12, 氏名: '高橋 花子', 入社日: '2024-04-01' }
  expect(read(bytes(JSON.stringify([person]))).rows[0]?.employeeNumber).toBe('12')
  expect(read(bytes(JSON.stringify({ people: [person] }))).rows[0]?.row).toBe(1)
  expect(codeOf(bytes('[{"社員番号": 1,]'))).toBe('file-json-malformed')
  expect(codeOf(bytes('[1, 2]'))).toBe('file-json-malformed')
  expect(codeOf(bytes('{"a": [], "b": []}'))).toBe('file-json-malformed')
  const nested = JSON.stringify([{ ...person, 氏名: { 姓: '高橋' } }])
  expect(problemsOf(nested)).toEqual(['1 氏名 cell-not-text'])
})

test.each([
  ['2026-04-01', '2026-04-01'],
  ['2026/4/1', '2026-04-01'],
  ['2026/04/01 0:00:00', '2026-04-01'],
  ['20260401', '2026-04-01'],
  ['２０２６年４月１日', '2026-04-01'],
  ['令和8年4月1日', '2026-04-01'],
  ['R8.4.1', '2026-04-01'],
  ['平成元年1月8日', '1989-01-08'],
  ['S64.1.7', '1989-01-07'],
])('the day %s is read as %s', (written, day) => {
  expect(read(bytes(`社員番号,氏名,入社日\n1,A,${written}\n`)).rows[0]?.startDate).toBe(day)
})

test.each([
  ['2026-02-30', 'day-not-in-calendar'],
  ['2025/2/29', 'day-not-in-calendar'],
  ['2026-13-01', 'day-not-in-calendar'],
  ['平成32年4月1日', 'day-not-in-calendar'],
  ['0026-04-01', 'day-out-of-range'],
  ['46113', 'day-unreadable'],
  ['April 1', 'day-unreadable'],
  ['01/04/2026', 'day-unreadable'],
])('the day %s is refused with its row and field', (written, code) => {
  expect(problemsOf(`社員番号,氏名,入社日\n1,A,2024-04-01\n2,B,${written}\n`)).toEqual([
    `3 入社日 ${code}`,
  ])
})

test('missing and duplicate columns are named, and nothing else is looked at', () => {
  expect(problemsOf('氏名,部署\nA,B\n')).toEqual([
    'null employeeNumber column-missing',
    'null startDate column-missing',
  ])
  expect(problemsOf('社員番号,入社日\n1,2024-04-01\n')).toEqual(['null name column-missing'])
  expect(problemsOf('社員番号,氏名,入社日,Hire date\n1,A,2024-04-01,2024-04-01\n')).toEqual([
    '1 Hire date column-duplicate',
  ])
})

test('every cell that is wrong is named by row and by the header of the file itself', () => {
  const text = [
    '社員番号,氏名,メール,区分,入社日',
    ',名無し,a@example.jp,,2024-04-01',
    '2,,not-an-address,,2024-04-01',
    `3,${'長'.repeat(501)},c@example.jp,,2024-04-01`,
    '4,外字\u{e000}氏,d@example.jp,,2024-04-01',
    '5,多い,e@example.jp,,2024-04-01,余り',
    '6,区分,f@example.jp,営業,2024-04-01',
    '',
    '8,空の行の次,g@example.jp,運用、開発,',
  ].join('\r\n')
  expect(problemsOf(text)).toEqual([
    '4 氏名 cell-too-long',
    '5 氏名 cell-unreadable-character',
    '6 入社日 row-too-long',
    '2 社員番号 cell-empty',
    '3 氏名 cell-empty',
    '3 メール email-malformed',
    '7 区分 groups-unknown',
    '9 入社日 cell-empty',
  ])
})

test('an open quotation mark is refused with its line', () => {
  const roster = readRoster(bytes('社員番号,氏名,入社日\n1,"A,2024-04-01\n2,B,2024-04-01\n'))
  expect(roster).toMatchObject({ refused: 'file-csv-malformed' })
})

test('no more than a thousand problems are listed, and their number is told', () => {
  const rows = Array.from({ length: 1_500 }, (_, at) => `${at},A,2026-02-30`)
  const { problems } = read(bytes(['社員番号,氏名,入社日', ...rows].join('\n')))
  const refusal = problems.refusal()
  expect(refusal.problems).toHaveLength(1_000)
  expect(refusal.about).toBe('1500')
})

test('more rows than can be read at once are refused', () => {
  const rows = '1,A,2024-04-01\n'.repeat(200_001)
  expect(codeOf(bytes(`社員番号,氏名,入社日\n${rows}`))).toBe('file-rows-too-many')
})

test('tab and semicolon separate cells too, and quoted cells hold commas and line breaks', () => {
  expect(read(bytes('社員番号\t氏名\t入社日\n1\tA\t2024-04-01\n')).rows).toHaveLength(1)
  expect(read(bytes('社員番号;氏名;入社日\n1;A;2024-04-01\n')).rows).toHaveLength(1)
  const quoted = read(bytes('社員番号,氏名,入社日\n1,"Lee, Ann",2024-04-01\n2,"A\nB",2024-04-01\n'))
  expect(quoted.rows.map(({ name }) => name)).toEqual(['Lee, Ann', 'A B'])
})
