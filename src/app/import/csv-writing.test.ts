import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import type { Column } from './columns.ts'
import { csvOf } from './csv-writing.ts'
import { readTable } from './table.ts'

const columns: readonly Column<'a' | 'b'>[] = [
  { field: 'a', title: { ja: '甲', en: 'A' }, aliases: [], required: true },
  { field: 'b', title: { ja: '乙', en: 'B' }, aliases: [], required: true },
]

test('no cell that we write can be run as a formula by a spreadsheet', () => {
  const text = new TextDecoder().decode(
    csvOf([['=HYPERLINK("http://x")', '+1', '-1', '@SUM(1)', '＝1', '\t=1', "'=1"]]),
  )
  expect(text).toBe(`"'=HYPERLINK(""http://x"")",'+1,'-1,'@SUM(1),'＝1,'\t=1,''=1\r\n`)
})

test('what is written is read back as it was, whatever it begins with', () => {
  const cell = fc
    .string({
      unit: fc.constantFrom(..."'=+-@＝ a,;あ".split(''), '"'),
      minLength: 1,
      maxLength: 8,
    })
    .map((text) => text.trim())
    .filter((text) => text !== '')
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
      const table = readTable(csvOf([['甲', '乙'], ...rows]), columns)
      if (isRefused(table)) throw new Error(table.refused)
      expect(table.rows.map(({ cells }) => [cells.a, cells.b])).toEqual(rows)
    }),
  )
})
