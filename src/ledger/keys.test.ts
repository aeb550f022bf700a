import { expect, test } from 'vitest'
import {
  checkKeyName,
  formatSigningKey,
  formatVerifierKey,
  generateKey,
  parseSigningKey,
  parseVerifierKey,
  signBytes,
  verifyBytes,
} from './keys.ts'
import { flipBit, refusalOf } from './testing.ts'

// The key of signed-note, "Verifier keys".
const example = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'

test('the key of the specification is read, and its ID is the one it says', () => {
  const key = parseVerifierKey(example)
  expect(key).toMatchObject({ name: 'example.com/foo', keyId: 0x530d903a, type: 'ed25519' })
  expect(formatVerifierKey(key)).toBe(example)
})

test('a signing key of golang.org/x/mod is read, and is that of its verifier key', () => {
  const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
  const { verifier } = parseSigningKey(skey)
  expect(formatVerifierKey(verifier)).toBe(
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  )
  expect(formatSigningKey(parseSigningKey(skey))).toBe(skey)
})

test.each(['ed25519', 'cosignature'] as const)('a new %s key signs and verifies', (type) => {
  const { skey, vkey } = generateKey('example.com/new', type)
  const key = parseSigningKey(skey)
  expect(formatVerifierKey(key.verifier)).toBe(vkey)
  const message = Buffer.from('message')
  const signature = signBytes(key, message)
  expect(verifyBytes(parseVerifierKey(vkey), message, signature)).toBe(true)
  expect(verifyBytes(key.verifier, flipBit(message, 3), signature)).toBe(false)
  expect(verifyBytes(key.verifier, message, flipBit(signature, 3))).toBe(false)
  expect(verifyBytes(key.verifier, message, signature.subarray(1))).toBe(false)
})

test('one key for two purposes would have two IDs: the type is part of what is named', () => {
  // The same 32 bytes with type 0x01 and, as filippo.io/torchwood names them, with type 0x04.
  const asWitness = 'witness.example/w1+24b5d9fe+BP0XJDhaoMdbZPt4zWAvodmR/ev3axPFjtcC6sg16fYY'
  expect(parseVerifierKey(asWitness)).toMatchObject({ type: 'cosignature', keyId: 0x24b5d9fe })
  expect(refusalOf(() => parseVerifierKey(asWitness.replace('+BP', '+AP')))).toBe(
    'key-type-unsupported',
  )
  expect(refusalOf(() => parseVerifierKey(asWitness.replace('+BP', '+Af')))).toBe('key-malformed')
})

test.each([
  ['', 'key-malformed'],
  ['example.com/foo', 'key-malformed'],
  ['example.com/foo+530d903a', 'key-malformed'],
  ['example.com/foo+530d903a+', 'key-malformed'],
  [example.replace('530d', '530e'), 'key-malformed'],
  [example.replace('530d903a', '530D903A'), 'key-malformed'],
  [example.replace('530d903a', '530d903'), 'key-malformed'],
  [`${example}\n`, 'key-malformed'],
  [` ${example}`, 'key-name-invalid'],
  [example.replace('foo', 'fo o'), 'key-name-invalid'],
  [example.replace('foo', 'fo\u3000o'), 'key-name-invalid'],
  [example.replace('example.com/foo', ''), 'key-name-invalid'],
  [example.replace('U2k', 'U2l'), 'key-malformed'],
  [example.replace('U2k', ''), 'key-malformed'],
  ['example.com/foo+530d903a+AAAA', 'key-type-unsupported'],
  ['example.com/foo+530d903a+AuQyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', 'key-type-unsupported'],
  ['example.com/foo+530d903a+Buky', 'key-type-unsupported'],
  ['example.com/foo+530d903a+/ukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', 'key-type-unsupported'],
])('the verifier key %j is refused: %s', (vkey, code) =>
  expect(refusalOf(() => parseVerifierKey(vkey))).toBe(code),
)

test('a malformed signing key is refused, and no message repeats the secret', () => {
  const { skey } = generateKey('example.com/log', 'ed25519')
  const secret = skey.slice(-20)
  for (const wrong of [
    skey.slice(12),
    skey.slice(0, -4),
    skey.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
  ]) {
    let message = ''
    expect(
      refusalOf(() => {
        try {
          parseSigningKey(wrong)
        } catch (error) {
          message = String(error)
          throw error
        }
      }),
    ).toBe('key-malformed')
    expect(message).not.toContain(secret)
    expect(message).not.toBe('')
  }
})

test.each(['', 'a b', 'a+b', 'a\u2028b', 'a\nb', 'a\u0085b', '\u3000', '\ud800', 'a\tb'])(
  'the name %j cannot name a key',
  (name) => {
    expect(refusalOf(() => checkKeyName(name))).toBe('key-name-invalid')
    expect(refusalOf(() => generateKey(name, 'ed25519'))).toBe('key-name-invalid')
  },
)

test.each(['a', 'example.com/log', 'ありのまま.example/台帳', 'a-b_c.d'])('%j can', (name) => {
  expect(checkKeyName(name)).toBe(name)
})
