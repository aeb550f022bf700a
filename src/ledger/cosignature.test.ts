import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openCheckpoint } from './checkpoint.ts'
import { signCosignature, verifyCosignature } from './cosignature.ts'
import { generateKey, parseSigningKey, parseVerifierKey } from './keys.ts'
import { addSignatures, cosignText, formatNote, parseNote, signText } from './note.ts'
import { flipBit, refusalOf } from './testing.ts'

const vector = z
  .object({
    logVkey: z.string(),
    logSkey: z.string(),
    witnessVkey: z.string(),
    witnessSeed: z.string(),
    timestampS: z.number(),
    note: z.string(),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../spec/vectors/cosignature.json', import.meta.url), 'utf8'),
    ),
  )
const witness = parseVerifierKey(vector.witnessVkey)
const log = parseVerifierKey(vector.logVkey)
const note = parseNote(Buffer.from(vector.note))

/** The witness's signing key, in the form in which a file keeps it. */
const signer = parseSigningKey(
  `PRIVATE+KEY+${vector.witnessVkey.replace(/\+[^+]*$/, '')}+` +
    Buffer.concat([Buffer.of(4), Buffer.from(vector.witnessSeed, 'base64')]).toString('base64'),
)

test('what another implementation cosigned verifies, with its time', () => {
  const { cosignatures } = openCheckpoint(Buffer.from(vector.note), [log], [witness])
  expect(cosignatures.map(({ timestampS }) => timestampS)).toEqual([vector.timestampS])
})

test('with the same keys and time we write the same note, byte for byte', () => {
  const written = addSignatures({ text: note.text, signatures: [] }, [
    signText(note.text, parseSigningKey(vector.logSkey)),
    cosignText(note.text, signer, vector.timestampS),
  ])
  expect(Buffer.from(formatNote(written)).toString()).toBe(vector.note)
})

test('the time is signed: another time is another cosignature', () => {
  const { signature } = cosignText(note.text, signer, vector.timestampS)
  const moved = Buffer.from(signature)
  moved.writeBigUInt64BE(BigInt(vector.timestampS + 1))
  expect(verifyCosignature(witness, note.text, signature)).toBe(vector.timestampS)
  expect(verifyCosignature(witness, note.text, moved)).toBeUndefined()
})

test('no changed bit of text or cosignature verifies', () => {
  const cosignature = signCosignature(signer, note.text, 1_700_000_000)
  for (let bit = 0; bit < cosignature.length * 8; bit++) {
    expect(verifyCosignature(witness, note.text, flipBit(cosignature, bit))).toBeUndefined()
  }
  expect(verifyCosignature(witness, `${note.text}x\n`, cosignature)).toBeUndefined()
})

test('a cosignature that is cut short, too long or beyond the years is not one', () => {
  const whole = signCosignature(signer, note.text, 1)
  expect(verifyCosignature(witness, note.text, whole)).toBe(1)
  for (const length of [0, 7, 8, 64, 71]) {
    expect(verifyCosignature(witness, note.text, whole.subarray(0, length))).toBeUndefined()
  }
  expect(verifyCosignature(witness, note.text, Buffer.concat([whole, whole]))).toBeUndefined()
  const late = Buffer.concat([Buffer.alloc(8, 0xff), whole.subarray(8)])
  expect(verifyCosignature(witness, note.text, late)).toBeUndefined()
})

test.each([0, -1, 0.5, Number.NaN, Infinity, 2 ** 53])('nobody cosigns at the time %d', (time) =>
  expect(refusalOf(() => signCosignature(signer, note.text, time))).toBe('cosignature-malformed'),
)

test('a plain signature by the witness’s bytes is no cosignature', () => {
  const { skey } = generateKey('example.com/log', 'ed25519')
  const plain = signText(note.text, parseSigningKey(skey))
  expect(verifyCosignature(witness, note.text, plain.signature)).toBeUndefined()
  expect(refusalOf(() => cosignText(note.text, parseSigningKey(skey), 1))).toBe(
    'key-type-unsupported',
  )
})
