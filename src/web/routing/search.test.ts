import { expect, test } from 'vitest'
import { pathOf, paths, splitPath } from '../paths.ts'
import { asOfIn, parseSearch, searchRecord, stringifySearch } from './search.ts'
import { keepingDay } from './use-search.ts'

test('an address says the same when it is read and written again', () => {
  const search = { q: '12', status: 'not-met', asOf: '2026-01-31' }
  expect(parseSearch(stringifySearch(search))).toEqual(search)
  expect(stringifySearch({ q: '', status: undefined })).toBe('')
})

test('only a real day before today is a past day; anything else means now', () => {
  expect(asOfIn({ asOf: '2026-03-30' }, '2026-03-31')).toBe('2026-03-30')
  expect(asOfIn({ asOf: '2026-03-31' }, '2026-03-31')).toBeNull()
  expect(asOfIn({ asOf: '2030-01-01' }, '2026-03-31')).toBeNull()
  expect(asOfIn({ asOf: '2026-02-30' }, '2026-03-31')).toBeNull()
  expect(asOfIn({ asOf: 'yesterday' }, '2026-03-31')).toBeNull()
  expect(asOfIn({}, '2026-03-31')).toBeNull()
})

test('a link keeps the day that is shown, unless it names its own', () => {
  const now = { asOf: '2026-01-31', q: 'x' }
  expect(keepingDay(now, { status: 'met' })).toEqual({ asOf: '2026-01-31', status: 'met' })
  expect(keepingDay(now, { asOf: '2025-12-31' })).toEqual({ asOf: '2025-12-31' })
  expect(keepingDay({ q: 'x' }, {})).toEqual({})
})

test('ids that look like addresses cannot leave their place in one', () => {
  expect(paths.control('../x?y#z')).toBe('/controls/..%2Fx%3Fy%23z')
  expect(splitPath(paths.criteria({ status: 'not-met', q: 'あ&b' }))).toEqual({
    path: '/criteria',
    search: { status: 'not-met', q: 'あ&b' },
  })
})

test('after signing in only an address of ours is followed', () => {
  expect(pathOf('/controls/AC-01?asOf=2026-01-31')).toBe('/controls/AC-01?asOf=2026-01-31')
  for (const bad of ['//evil.example', String.raw`/\evil.example`, 'https://evil.example', '']) {
    expect(pathOf(bad)).toBe('/')
  }
  expect(pathOf(undefined)).toBe('/')
})

test('whatever a router hands over, only texts are read from a search', () => {
  expect(searchRecord({ a: 'x', b: 1, c: null })).toEqual({ a: 'x' })
  expect(searchRecord(null)).toEqual({})
})
