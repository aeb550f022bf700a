import { expect, test } from 'vitest'
import { days, fileTime, guidText, minutes, sidText, text } from './values.ts'

const entry = (value: string) => ({ dn: 'CN=x', at: value })

test('times count from 1601; zero, the greatest and nonsense are never', () => {
  expect(fileTime(entry('133485408000000000'), 'at')).toBe('2024-01-01T00:00:00.000Z')
  for (const never of ['0', '9223372036854775807', '-5', 'soon', '']) {
    expect(fileTime(entry(never), 'at')).toBeNull()
  }
})

test('lengths of time are kept as negative ticks; never is 0, and what is missing is not known', () => {
  expect(days(entry('-77760000000000'), 'at')).toBe(90)
  expect(minutes(entry('-18000000000'), 'at')).toBe(30)
  expect(days(entry('-9223372036854775808'), 'at')).toBe(0)
  expect(days(entry('0'), 'at')).toBe(0)
  expect(days({ dn: 'CN=x' }, 'at')).toBeNull()
})

test('ids are written as Windows writes them', () => {
  expect(guidText(Buffer.from('33221100554477668899aabbccddeeff', 'hex'))).toBe(
    '00112233-4455-6677-8899-aabbccddeeff',
  )
  const sid = Buffer.from('010200000000000520000000200200000', 'hex')
  expect(sidText(sid.subarray(0, 16))).toBe('S-1-5-32-544')
})

test('bytes that are no text and control characters never reach a page', () => {
  expect(text({ dn: 'CN=x', at: Buffer.from([0x61, 0xff, 0x62]) }, 'at')).toBe('a\u{fffd}b')
  expect(text(entry('a\u{0}b'), 'at')).toBe('a\u{fffd}b')
})
