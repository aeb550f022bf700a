import { expect, test } from 'vitest'
import { faultInValues } from './parameters.ts'
import { safePattern } from './pattern.ts'
import { address, customerCode, hostId, loginName } from './words.ts'

test('a pattern that could run for ever is refused, and every other is quick', () => {
  for (const bad of [
    '(a+)+$',
    '(a|a)*',
    '.*',
    'a*b',
    'x+',
    '[a-z]{1,9999}',
    '(?=a)b',
    '[z-a]',
    '',
    '\\d',
    '[^a]',
    'a{0}',
    '[a-z]{0,200}[a-z]{0,200}[a-z]{0,200}',
  ]) {
    expect([bad, safePattern(bad)]).toEqual([bad, null])
  }
  const slow = safePattern('[a-z]{0,35}[a-z]{0,35}[a-z]{0,35}\\.')
  expect(slow?.test('a'.repeat(200))).toBe(false)
  expect(safePattern('[a-z0-9_]{1,30}')?.test('table_1')).toBe(true)
  expect(safePattern('[0-9]{4}-[0-9]{2}')?.test('2026-04\n')).toBe(false)
  expect(safePattern('a')?.test('ba')).toBe(false)
})

test('values outside of what was agreed are named', () => {
  const label = { ja: '値', en: 'Value' }
  const parameters = [
    { kind: 'integer' as const, name: 'days', label, min: 1, max: 30 },
    { kind: 'choice' as const, name: 'mode', label, values: ['full'] },
    { kind: 'text' as const, name: 'table', label, pattern: '[a-z]{1,9}' },
  ]
  const good = { days: '7', mode: 'full', table: 'abc' }
  expect(faultInValues(parameters, good)).toBeNull()
  for (const days of ['31', '0', '07', '7.0', '1e1', ' 7', '7\n', '']) {
    expect(faultInValues(parameters, { ...good, days })?.name).toBe('days')
  }
  expect(faultInValues(parameters, { ...good, table: 'a;rm' })?.fault).toBe(
    'parameter-out-of-bounds',
  )
  expect(faultInValues(parameters, { ...good, more: 'x' })?.fault).toBe('parameter-unknown')
  expect(faultInValues(parameters, { days: '7', mode: 'full' })?.fault).toBe('parameter-missing')
})

test('no newline, slash, blank or leading dash is in an id, an address or a login', () => {
  for (const bad of [
    'db1.acme\n',
    'db1/acme',
    'db 1.acme',
    '-db1.acme',
    'db1',
    'DB1.acme',
    'db1.acme.x',
  ]) {
    expect([bad, hostId.safeParse(bad).success]).toEqual([bad, false])
  }
  for (const bad of ['acme\n', 'a/b', '-acme', 'acme-', 'ACME', '', 'a'.repeat(21), 'ａｃｍｅ']) {
    expect([bad, customerCode.safeParse(bad).success]).toEqual([bad, false])
  }
  for (const bad of ['-oProxyCommand=x', 'a b', 'a\n', 'a/b', 'host;x', '']) {
    expect([bad, address.safeParse(bad).success]).toEqual([bad, false])
  }
  for (const good of ['10.0.0.5', 'db1.internal', '2001:db8::1']) {
    expect([good, address.safeParse(good).success]).toEqual([good, true])
  }
  for (const bad of ['root;x', 'Ops', '-x', 'ops\n', 'ops:x']) {
    expect([bad, loginName.safeParse(bad).success]).toEqual([bad, false])
  }
})
