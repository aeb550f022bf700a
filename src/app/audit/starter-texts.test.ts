import { expect, test } from 'vitest'
import { assertionText } from './assertion.ts'
import { figureTexts } from './figures.ts'
import { readStarterTexts } from './starter-texts.ts'

const starter = await readStarterTexts(new URL('../../../content/', import.meta.url))
const named = (text: string) =>
  [...text.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, name = '']) => name.trim())
const fills = (text: string) => text.match(/^> \[!FILL\]/gm)?.length ?? 0

const figures = {
  ...Object.fromEntries(Object.keys(figureTexts).map((name) => [name, 1_234])),
  'report.date': '2026-03-31',
  'organisation.name.ja': '株式会社*ひかり*{{people.count}}',
  'organisation.name.en': '<b>Hikari</b> [K.K.](javascript:x)',
}

test('every figure that the starter texts name is one that a report has', () => {
  const all = [...starter.blocks.map(({ text }) => text), starter.assertion]
  const unknown = all
    .flatMap(({ ja, en }) => [...named(ja), ...named(en)])
    .filter((name) => !Object.hasOwn(figureTexts, name))
  expect(unknown).toEqual([])
})

test('both languages of a starter text ask for the same passages and name the same figures', () => {
  const neutral = (text: string) =>
    named(text)
      .map((name) => name.replace(/\.(ja|en)$/, ''))
      .sort()
  for (const { text } of starter.blocks) {
    expect(fills(text.ja)).toBe(fills(text.en))
    expect(neutral(text.ja)).toEqual(neutral(text.en))
  }
  expect(neutral(starter.assertion.ja)).toEqual(neutral(starter.assertion.en))
})

test('every description criterion that needs words has a block, and block ids are unique', () => {
  const answered = new Set(starter.blocks.map(({ criterion }) => criterion))
  for (const criterion of ['DC1', 'DC2', 'DC3', 'DC4', 'DC6', 'DC7', 'V']) {
    expect(answered).toContain(criterion)
  }
  const ids = starter.blocks.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the assertion says the day and the counts, and a name in it is never markup', () => {
  const ja = assertionText(starter, figures, 'ja')
  expect(ja.text).toContain('2026年3月31日')
  expect(ja.text).toContain('1,234')
  expect(ja.text).toContain('株式会社\\*ひかり\\*\\{\\{people.count\\}\\}')
  expect(ja.text).not.toContain('{{')
  const en = assertionText(starter, figures, 'en')
  expect(en.text).toContain('31 March 2026')
  expect(en.text).toContain('\\<b\\>Hikari')
  expect(en.digest).not.toBe(ja.digest)
})
