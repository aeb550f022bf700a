import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  BUNDLE_BYTES_MAX,
  decodeBundle,
  encodeBundle,
  encodeEntries,
  ENTRY_BYTES_MAX,
  firstEntries,
  leafTile,
} from './entry-bundle.ts'
import { leafHash } from './merkle.ts'
import { refusalOf } from './testing.ts'

const some = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 })

test('a bundle is each entry after its 16-bit length', () => {
  const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(258, 'b')]
  const bundle = encodeBundle(entries)
  expect(Buffer.from(bundle).toString('latin1')).toBe(`\0\x01a\0\0\x01\x02${'b'.repeat(258)}`)
})

test('what is bundled comes out again, byte for byte, and only one bundle says it', () => {
  fc.assert(
    fc.property(some, (entries) => {
      const bundle = encodeBundle(entries)
      const decoded = decodeBundle(bundle)
      expect(decoded.map((entry) => Buffer.from(entry).toString('hex'))).toEqual(
        entries.map((entry) => Buffer.from(entry).toString('hex')),
      )
      expect(Buffer.compare(encodeBundle(decoded), bundle)).toBe(0)
    }),
  )
})

test('the hashes of a bundle are the leaf hashes of its entries, and the bundle stays as it was', () => {
  fc.assert(
    fc.property(some, (entries) => {
      const bundle = encodeBundle(entries)
      const before = Buffer.from(bundle)
      expect(Buffer.compare(leafTile(bundle), Buffer.concat(entries.map(leafHash)))).toBe(0)
      expect(Buffer.compare(bundle, before)).toBe(0)
    }),
  )
})

test('the largest entries fit and hash, one byte more does not', () => {
  const largest = Buffer.alloc(ENTRY_BYTES_MAX, 7)
  const bundle = encodeBundle(Array.from({ length: 256 }, () => largest))
  expect(bundle).toHaveLength(BUNDLE_BYTES_MAX)
  expect(leafTile(bundle).subarray(-32)).toEqual(leafHash(largest))
  expect(refusalOf(() => encodeBundle([Buffer.alloc(ENTRY_BYTES_MAX + 1)]))).toBe('entry-too-large')
})

const one = encodeBundle([Buffer.from('one')])
test.each([
  ['no byte', Buffer.alloc(0)],
  ['half a length', Buffer.of(0)],
  ['an entry that is cut off', one.slice(0, -1)],
  ['half a length after the last entry', Buffer.concat([one, Buffer.of(0)])],
  ['a length of 1 and no entry', Buffer.concat([one, Buffer.of(0, 1)])],
  ['257 entries', encodeEntries(Array.from({ length: 257 }, () => Buffer.from('x')))],
])('a bundle of %s is refused', (_, bundle) => {
  expect(refusalOf(() => decodeBundle(bundle))).toBe('bundle-malformed')
  expect(refusalOf(() => leafTile(bundle))).toBe('bundle-malformed')
})

test('a bundle cannot be made of no entry or of 257', () => {
  expect(refusalOf(() => encodeBundle([]))).toBe('bundle-malformed')
  const many = Array.from({ length: 257 }, () => Buffer.from('x'))
  expect(refusalOf(() => encodeBundle(many))).toBe('bundle-malformed')
})

test('the first entries of a bundle are the bundle it was when it was shorter', () => {
  const entries = Array.from({ length: 9 }, (_, i) => Buffer.from(`entry ${i}`))
  const bundle = encodeBundle(entries)
  expect(Buffer.from(firstEntries(bundle, 4))).toEqual(encodeBundle(entries.slice(0, 4)))
  expect(refusalOf(() => firstEntries(bundle, 10))).toBe('bundle-malformed')
  expect(refusalOf(() => firstEntries(bundle, 0))).toBe('bundle-malformed')
})
