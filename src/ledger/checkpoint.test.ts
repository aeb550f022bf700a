import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { generateKey, parseSigningKey, parseVerifierKey } from './keys.ts'
import { EMPTY_ROOT } from './merkle.ts'
import { addSignatures, cosignText, formatNote, parseNote, signText } from './note.ts'
import { flipBit, refusalOf } from './testing.ts'

// The example of tlog-checkpoint, "Note text".
const example =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
const refusal = (text: string) => refusalOf(() => parseCheckpoint(text))

test('the example of the specification is read and printed the same', () => {
  const checkpoint = parseCheckpoint(example)
  expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
  expect(formatCheckpoint(checkpoint)).toBe(example)
})

test('extension lines are kept as they are', () => {
  const text = `${example}extension 1\nextension 2\n`
  expect(parseCheckpoint(text).extensions).toEqual(['extension 1', 'extension 2'])
  expect(formatCheckpoint(parseCheckpoint(text))).toBe(text)
})

test('the empty tree is written as the specification says', () => {
  const text = formatCheckpoint({ origin: 'o', size: 0, root: EMPTY_ROOT, extensions: [] })
  expect(text).toBe('o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n')
})

test.each([
  ['nothing', ''],
  ['an origin alone', 'example.com/log\n'],
  ['no root', 'example.com/log\n1\n'],
  ['no origin', example.replace('example.com/behind-the-sofa', '')],
  ['no newline at the end', example.slice(0, -1)],
  ['an empty line at the end', `${example}\n`],
  ['an empty extension line', `${example}\nx\n`],
  ['a leading zero', example.replace('20852163', '020852163')],
  ['a plus', example.replace('20852163', '+20852163')],
  ['a negative size', example.replace('20852163', '-1')],
  ['a hexadecimal size', example.replace('20852163', '0x10')],
  ['a size with a space', example.replace('20852163', '20852163 ')],
  ['full-width digits', example.replace('20852163', '２０')],
  ['a size beyond 2^53 - 1', example.replace('20852163', '9007199254740992')],
  ['a root of 31 bytes', example.replace('CsUY', '')],
  ['a root with stray bits', example.replace('q2I=', 'q2J=')],
  ['a root without padding', example.replace('=', '')],
  ['a root in hexadecimal', example.replace(/Cs.*=/, 'ab'.repeat(32))],
])('a checkpoint with %s is refused', (_, text) =>
  expect(refusal(text)).toBe('checkpoint-malformed'),
)

test('text is never read as a checkpoint that prints otherwise', () => {
  const piece = fc.constantFrom('', '\n', '0', ' ', '+', 'x\n', 'A', '=', '\r', '\u00a0')
  const at = fc.nat({ max: example.length })
  fc.assert(
    fc.property(at, fc.nat({ max: 3 }), piece, (from, cut, added) => {
      const text = example.slice(0, from) + added + example.slice(from + cut)
      expect(printedAgain(text)).toBe(text)
    }),
    { numRuns: 3000 },
  )
})

/** What the text prints as once it is read; the text itself when it is refused. */
function printedAgain(text: string): string {
  return refusal(text) === 'accepted' ? formatCheckpoint(parseCheckpoint(text)) : text
}

const log = parseSigningKey(generateKey('example.com/log', 'ed25519').skey)
const witness = parseSigningKey(generateKey('example.com/witness', 'cosignature').skey)
const tree = { size: 7, root: new Uint8Array(32).fill(5) }
const signed = signCheckpoint(tree, log)
const open = (bytes: Uint8Array, logs = [log.verifier], witnesses = [witness.verifier]) =>
  openCheckpoint(bytes, logs, witnesses)

test('what a log signs opens with its key and says the same tree', () => {
  const { checkpoint, cosignatures } = open(signed)
  expect(checkpoint).toEqual({ origin: 'example.com/log', ...tree, extensions: [] })
  expect(cosignatures).toEqual([])
})

test('a cosignature is found, with its time', () => {
  const note = parseNote(signed)
  const cosigned = addSignatures(note, [cosignText(note.text, witness, 1_700_000_000)])
  const { cosignatures } = open(formatNote(cosigned))
  expect(cosignatures.map(({ name, timestampS }) => [name, timestampS])).toEqual([
    ['example.com/witness', 1_700_000_000],
  ])
})

test('another origin, another key and a changed bit are refused', () => {
  const other = parseVerifierKey(generateKey('example.com/other', 'ed25519').vkey)
  const namesake = parseVerifierKey(generateKey('example.com/log', 'ed25519').vkey)
  expect(refusalOf(() => open(signed, [other]))).toBe('log-unknown')
  expect(refusalOf(() => open(signed, [namesake]))).toBe('note-unverified')
  const note = parseNote(signed)
  const root = note.text.replace('BQUF', 'BQUG')
  expect(refusalOf(() => open(formatNote({ ...note, text: root })))).toBe('signature-invalid')
})

test('no changed bit anywhere in a signed checkpoint is accepted as the same log’s', () => {
  fc.assert(
    fc.property(fc.nat({ max: signed.length * 8 - 1 }), (bit) => {
      expect(refusalOf(() => open(flipBit(signed, bit)))).not.toBe('accepted')
    }),
  )
})

test('the signature of another origin’s key does not make a checkpoint of this log', () => {
  const other = parseSigningKey(generateKey('example.com/other', 'ed25519').skey)
  const { text } = parseNote(signed)
  const bytes = formatNote({ text, signatures: [signText(text, other)] })
  expect(refusalOf(() => open(bytes, [log.verifier, other.verifier]))).toBe('note-unverified')
})

test('what cannot be a checkpoint is not signed', () => {
  expect(refusalOf(() => signCheckpoint({ size: -1, root: EMPTY_ROOT }, log))).toBe('size-invalid')
  expect(refusalOf(() => signCheckpoint({ size: 1, root: Buffer.alloc(31) }, log))).toBe(
    'hash-malformed',
  )
  expect(refusalOf(() => signCheckpoint(tree, witness))).toBe('key-type-unsupported')
  const extended = { origin: 'o', ...tree, extensions: ['a\nb'] }
  expect(refusalOf(() => formatCheckpoint(extended))).toBe('checkpoint-malformed')
})
