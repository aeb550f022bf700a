import { expect, test } from 'vitest'
import { differences, direction } from './differences.ts'
import type { Standing } from './differences.ts'
import { sinceOf } from './since.ts'

function standing(id: string, status: Standing['status']): Standing {
  return { id, title: { ja: id, en: id }, status }
}

test('only what stands elsewhere is told, what became worse first', () => {
  const before = [standing('a', 'not-met'), standing('b', 'met'), standing('c', 'met')]
  const after = [standing('a', 'met'), standing('b', 'not-proven'), standing('c', 'met')]
  expect(differences(before, after).map(({ id, before, after }) => [id, before, after])).toEqual([
    ['b', 'met', 'not-proven'],
    ['a', 'not-met', 'met'],
  ])
})

test('what is new or gone is told, and is neither better nor worse', () => {
  const told = differences([standing('old', 'met')], [standing('new', 'not-met')])
  expect(told.map(({ id, before, after }) => [id, before, after])).toEqual([
    ['new', null, 'not-met'],
    ['old', 'met', null],
  ])
  expect(told.map(direction)).toEqual([0, 0])
})

test('leaving the scope is no improvement, and neither is not to know any more', () => {
  expect(direction({ before: 'met', after: 'not-applicable' })).toBe(0)
  expect(direction({ before: 'not-proven', after: 'met' })).toBe(1)
  expect(direction({ before: 'met', after: 'not-met' })).toBe(-1)
  expect(direction({ before: 'not-met', after: 'not-proven' })).toBe(0)
})

test('without a word in the address the week before the day that is shown is compared', () => {
  expect(sinceOf(undefined, '2026-03-31', '2025-01-20')).toBe('2026-03-24')
  expect(sinceOf('2024-01-01', '2026-03-31', '2025-01-20')).toBe('2025-01-19')
  expect(sinceOf('2026-05-01', '2026-03-31', '2025-01-20')).toBe('2026-03-30')
})

test('on the very first day everything is compared with the nothing before it', () => {
  expect(sinceOf(undefined, '2026-03-31', '2026-03-31')).toBe('2026-03-30')
})
