import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { formatter } from './format.ts'

const ja = formatter('ja', 'Asia/Tokyo')
const en = formatter('en', 'Asia/Tokyo')

test('days have no time zone: they are the same day everywhere', () => {
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Tokyo', 'UTC']) {
    expect(formatter('ja', zone).day('2026-03-31')).toBe('2026年3月31日')
    expect(formatter('en', zone).day('2026-03-31')).toBe('31 March 2026')
  }
})

test('instants are told, and belong to a day, in the zone of the organisation', () => {
  expect(ja.instant('2026-03-31T15:30:00Z')).toBe('2026/4/1 00:30')
  expect(en.dayOf('2026-03-31T15:30:00Z')).toBe('2026-04-01')
  expect(formatter('en', 'UTC').dayOf('2026-03-31T15:30:00Z')).toBe('2026-03-31')
})

test('sizes are told with the unit that keeps them short', () => {
  expect([0, 999, 1_536, 52_428_800].map((bytes) => en.bytes(bytes))).toEqual([
    '0 B',
    '999 B',
    '1.5 KB',
    '50 MB',
  ])
})

test('a month says its year where the year changes', () => {
  expect(ja.monthAfter('2026-01-01', '2025-10-01')).toBe('2026年1月')
  expect(ja.monthAfter('2026-04-01', '2026-01-01')).toBe('4月')
  expect(ja.weekdays().join('')).toBe('日月火水木金土')
})

test('no Japanese text is left in English', () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
  expect(texts(catalogue.en).filter((text) => japanese.test(text))).toEqual([])
})

function texts(part: unknown): readonly string[] {
  if (typeof part === 'string') return [part]
  if (typeof part !== 'object' || part === null) return []
  return Object.values(part).flatMap(texts)
}

test('one formatter serves all who speak the same language in the same zone', () => {
  expect(formatter('ja', 'Asia/Tokyo')).toBe(ja)
  expect(formatter('ja', 'UTC')).not.toBe(ja)
})
