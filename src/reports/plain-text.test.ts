import { expect, test } from 'vitest'
import { visible, visibleLine } from './plain-text.ts'

test('what a reader cannot see is written out, and what they can see stays', () => {
  expect(visible('a\u202eb\u0000c\u200bd\u{e0041}e\u00adf')).toBe(
    'a‹U+202E›b‹U+0000›c‹U+200B›d‹U+E0041›e‹U+00AD›f',
  )
  expect(visible('lone \ud800 half')).toBe('lone ‹U+D800› half')
  expect(visible('日本語 𠮷 👩‍👧 é\tx\ny')).toBe('日本語 𠮷 👩‍👧 é\tx\ny')
})

test('a line is one line', () => {
  expect(visibleLine(' a\r\n b\tc ')).toBe('a b c')
})
