import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the example of RFC 8785, section 3.2.2', () => {
  const value: unknown = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  expect(canonicalJson(value)).toBe(
    String.raw`{"literals":[null,true,false],` +
      String.raw`"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
      String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test('names are sorted by UTF-16 code units: the example of RFC 8785, section 3.2.3', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
  const value = Object.fromEntries(names.map((name) => [name, name.length]))
  expect(Object.keys(JSON.parse(canonicalJson(value)))).toHaveLength(names.length)
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
  const expected = sorted.map((name) => `${JSON.stringify(name)}:${name.length}`).join(',')
  expect(canonicalJson(value)).toBe(`{${expected}}`)
})

test('printing again what was printed changes nothing, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const printed = canonicalJson(value)
      expect(canonicalJson(JSON.parse(printed))).toBe(printed)
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('the order in which members were written does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(value))
    }),
  )
})

test('what JSON cannot hold is refused, each with its code', () => {
  const refusals: readonly (readonly [unknown, string])[] = [
    [Number.NaN, 'number-not-finite'],
    [[Number.POSITIVE_INFINITY], 'number-not-finite'],
    ['\ud800', 'text-malformed'],
    [{ '\udc00': 1 }, 'text-malformed'],
    [1n, 'not-json'],
    [undefined, 'not-json'],
    [[undefined], 'not-json'],
    [() => 1, 'not-json'],
    [new Date(0), 'not-json'],
    [new Map(), 'not-json'],
  ]
  for (const [value, code] of refusals) {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code }))
  }
})

test('a member without a value is left out', () => {
  expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
})
