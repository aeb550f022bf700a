import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dedent, sqlTokens } from './sql-block.tsx'

test('the coloured query, put together again, is the query that is run', () => {
  const piece = fc.constantFrom("'", '--', '\n', 'select', ' ', "o''k", 'from hosts', 'ж', '台帳')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const sql = pieces.join('')
      expect(
        sqlTokens(sql)
          .map(({ text }) => text)
          .join(''),
      ).toBe(sql)
    }),
  )
})

test('a word inside a string or a comment is no keyword', () => {
  const words = sqlTokens("select 'from' -- where\n")
    .filter(({ kind }) => kind === 'word')
    .map(({ text }) => text)
  expect(words).toEqual(['select'])
})

test('shared indentation goes, the rest stays', () => {
  expect(dedent('\n    select 1\n      from x\n  ')).toBe('select 1\n  from x')
})
