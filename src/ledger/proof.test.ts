import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { openTree } from './integrate.ts'
import { generateKey, parseSigningKey } from './keys.ts'
import { EMPTY_ROOT, hashToBase64 } from './merkle.ts'
import type { Policy } from './policy.ts'
import { parsePolicy } from './policy.ts'
import { PROOF_BYTES_MAX, formatProof, parseProof, verifyProof } from './proof.ts'
import { flipBit, memoryFiles, numberedEntries, refusalOf } from './testing.ts'
import { proveEntry } from './tiles.ts'

const { skey, vkey } = generateKey('example.com/log', 'ed25519')
const key = parseSigningKey(skey)
const policy: Policy = parsePolicy(Buffer.from(`log ${vkey}\nquorum none\n`))
const entries = numberedEntries(300)
const index = 257
const entry = entries[index] ?? Buffer.alloc(0)
let text = ''
let bytes: Buffer = Buffer.alloc(0)

beforeAll(async () => {
  const files = memoryFiles()
  const tree = await openTree({ size: 0, root: EMPTY_ROOT, read: files.read })
  const { files: made, ...head } = tree.append(entries)
  files.write(made)
  const hashes = await proveEntry(files.read, head, index)
  const checkpoint = signCheckpoint(head, key)
  bytes = Buffer.from(formatProof({ extra: undefined, index, hashes, checkpoint }))
  text = bytes.toString()
})

const refusal = (written: string | Uint8Array) => refusalOf(() => parseProof(Buffer.from(written)))

test('a proof is what the specification prints: version, index, hashes, checkpoint', () => {
  const lines = text.split('\n')
  expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 257'])
  expect(lines[lines.indexOf('') + 1]).toBe('example.com/log')
  expect(parseProof(bytes).hashes).toHaveLength(lines.indexOf('') - 2)
})

test('it shows the entry with nothing but the entry and whom to believe', () => {
  const { index: at, opened } = verifyProof(bytes, entry, policy)
  expect([at, opened.checkpoint.size]).toEqual([257, 300])
})

test('it shows no other entry, index, checkpoint or order of hashes', () => {
  const verify = (written: string | Uint8Array, of: Uint8Array = entry) =>
    refusalOf(() => verifyProof(Buffer.from(written), of, policy))
  expect(verify(text, entries[256])).toBe('inclusion-proof-invalid')
  expect(verify(text, flipBit(entry, 2))).toBe('inclusion-proof-invalid')
  expect(verify(text.replace('index 257', 'index 256'))).toBe('inclusion-proof-invalid')
  expect(verify(text.replace('index 257', 'index 300'))).toBe('index-out-of-range')
  expect(verify(text.replace('\n300\n', '\n301\n'))).toBe('signature-invalid')
  const { hashes, ...rest } = parseProof(bytes)
  const turned = formatProof({ ...rest, hashes: [...hashes].reverse() })
  expect(verify(turned)).toBe('inclusion-proof-invalid')
  expect(verify(formatProof({ ...rest, hashes: hashes.slice(1) }))).toBe('inclusion-proof-invalid')
})

test('no changed bit of a proof is accepted, whichever it is', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (bit) => {
      expect(refusalOf(() => verifyProof(flipBit(bytes, bit), entry, policy))).not.toBe('accepted')
    }),
    { numRuns: 500 },
  )
})

test('a checkpoint that the policy does not trust proves nothing', () => {
  const stranger = generateKey('example.com/log', 'ed25519').vkey
  const other = parsePolicy(Buffer.from(`log ${stranger}\nquorum none\n`))
  expect(refusalOf(() => verifyProof(bytes, entry, other))).toBe('note-unverified')
  const witness = generateKey('example.com/w', 'cosignature').vkey
  const strict = `log ${vkey}\nwitness w ${witness}\nquorum w\n`
  expect(refusalOf(() => verifyProof(bytes, entry, parsePolicy(Buffer.from(strict))))).toBe(
    'policy-unmet',
  )
})

test('extra data goes through as it is and is trusted by nobody', () => {
  const extra = Buffer.from('age-v1.2.1')
  const written = formatProof({ ...parseProof(bytes), extra })
  expect(Buffer.from(written).toString()).toContain('\nextra YWdlLXYxLjIuMQ==\nindex 257\n')
  expect(parseProof(written).extra).toEqual(new Uint8Array(extra))
  expect(refusalOf(() => verifyProof(written, entry, policy))).toBe('accepted')
})

test('anything that is not the one form of a proof is refused', () => {
  const hash = hashToBase64(EMPTY_ROOT)
  const wrong: [string, string | Uint8Array][] = [
    ['nothing', ''],
    ['another version', text.replace('@v1', '@v2')],
    ['no version', text.slice(text.indexOf('\n') + 1)],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['a leading zero', text.replace('index 257', 'index 0257')],
    ['a plus', text.replace('index 257', 'index +257')],
    ['no index', text.replace('index 257\n', '')],
    ['two spaces', text.replace('index 257', 'index  257')],
    ['an index beyond 2^53 - 1', text.replace('index 257', 'index 9007199254740992')],
    ['an empty extra line', text.replace('index 257', 'extra \nindex 257')],
    ['extra data that is no Base64', text.replace('index 257', 'extra ?\nindex 257')],
    ['two extra lines', text.replace('index 257', 'extra AA==\nextra AA==\nindex 257')],
    ['extra data after the index', text.replace('index 257', 'index 257\nextra AA==')],
    ['a hash of 31 bytes', text.replace('index 257\n', `index 257\n${'A'.repeat(40)}\n`)],
    ['64 hashes', text.replace('index 257\n', `index 257\n${`${hash}\n`.repeat(64)}`)],
    ['no empty line', text.replace('\n\nexample', '\nexample')],
    ['invalid UTF-8', Buffer.concat([bytes, Buffer.of(0xff)])],
    ['two mebibytes', Buffer.alloc(PROOF_BYTES_MAX + 1, 'a')],
  ]
  for (const [what, written] of wrong)
    expect([what, refusal(written)]).toEqual([what, 'proof-malformed'])
  expect(refusal(text.slice(0, -1))).toBe('note-malformed')
  expect(refusal(text.replace('\n300\n', '\n0300\n'))).toBe('checkpoint-malformed')
})
