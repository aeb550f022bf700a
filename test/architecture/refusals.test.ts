import { expect, test } from 'vitest'
import { httpTexts } from '../../src/http/texts.ts'
import { refusalTables, refusalTexts } from '../../src/main/room-list.ts'
import { ourFiles, textOf } from './source-files.ts'

const sources = ourFiles().filter(
  (path) =>
    /^src\/(domain|app|http|reports)\/.*\.ts$/.test(path) && !/\.test\.ts$|testing/.test(path),
)

test('every code with which anything refuses has its text in both languages', () => {
  const unworded = sources.flatMap((path) =>
    [...textOf(path).matchAll(/\brefuse\(\s*'([a-z0-9-]+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((code) => !(code in refusalTexts) && !(code in httpTexts))
      .map((code) => `${path}: ${code}`),
  )
  expect(unworded).toEqual([])
})

test('texts say what happened and what to do, and are not cut off', () => {
  const odd = Object.entries({ ...refusalTexts, ...httpTexts })
    .filter(([, { ja, en }]) => !ja.endsWith('。') || !/[.!?)]$/.test(en) || !/[ぁ-ん]/.test(ja))
    .map(([code]) => code)
  expect(odd).toEqual([])
})

test('no two tables word the same code', () => {
  const codes = [...refusalTables, httpTexts].flatMap((table) => Object.keys(table))
  const twice = codes.filter((code, at) => codes.indexOf(code) !== at)
  // The engine says these to any room; a room and the server say them in their own words.
  expect(new Set(twice)).toEqual(new Set(['person-erased', 'ledger-stopped']))
})
