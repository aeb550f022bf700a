import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseEnvelope, printEnvelope } from './envelope.ts'
import { decryptFields, encryptFields } from './personal-fields.ts'

const personalVector = z.strictObject({
  what: z.string(),
  key: z.string(),
  person: z.string(),
  type: z.string(),
  stream: z.string(),
  field: z.string(),
  value: z.unknown(),
  aad: z.string(),
  a256gcm: z.string(),
})
const vectors = z
  .strictObject({
    valid: z.array(z.strictObject({ what: z.string(), text: z.string(), leafHash: z.string() })),
    invalid: z.array(z.strictObject({ what: z.string(), base64: z.string(), code: z.string() })),
    personal: z.array(personalVector),
    moved: z.array(z.strictObject({ what: z.string(), change: z.record(z.string(), z.string()) })),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../../spec/vectors/event-envelope.json', import.meta.url), 'utf8'),
    ),
  )

test.for(vectors.valid)('an entry is read, printed again and hashed: $what', (vector) => {
  const bytes = Buffer.from(vector.text)
  expect(printEnvelope(parseEnvelope(bytes))).toEqual(bytes)
  const leaf = createHash('sha256')
    .update(Buffer.from([0]))
    .update(bytes)
    .digest('hex')
  expect(leaf).toBe(vector.leafHash)
})

test.for(vectors.invalid)('an entry in any other form is refused: $what', ({ base64, code }) => {
  expect(codeOf(() => parseEnvelope(Buffer.from(base64, 'base64')))).toBe(code)
})

test('an entry may have 65,535 bytes and not one more', () => {
  const { text } = vectors.valid[0] ?? { text: '' }
  const entry = parseEnvelope(Buffer.from(text))
  const room = 65_535 - Buffer.byteLength(text) - '"note":""'.length
  const sized = (extra: number) =>
    printEnvelope({ ...entry, data: { note: 'x'.repeat(room + extra) } })
  expect(sized(0)).toHaveLength(65_535)
  expect(codeOf(() => parseEnvelope(sized(0)))).toBe('accepted')
  expect(codeOf(() => parseEnvelope(sized(1)))).toBe('entry-damaged')
})

test.for(vectors.personal)(
  'a personal field is decrypted with the person’s key: $what',
  (vector) => {
    expect(decrypt(vector)).toEqual(vector.value)
  },
)

test.for(vectors.moved)('a ciphertext does not open elsewhere: $what', ({ change }) => {
  const [vector] = vectors.personal
  expect(codeOf(() => decrypt(personalVector.parse({ ...vector, ...change })))).toBe(
    'entry-damaged',
  )
})

test('a ciphertext that was changed in any byte does not open', () => {
  const [vector] = vectors.personal
  const bytes = Buffer.from(vector?.a256gcm ?? '', 'base64url')
  const codes = [...bytes.keys()].map((i) => {
    const changed = Buffer.from(bytes)
    changed[i] = (changed[i] ?? 0) ^ 1
    return codeOf(() => decrypt({ ...vector, a256gcm: changed.toString('base64url') }))
  })
  expect(new Set(codes)).toEqual(new Set(['entry-damaged']))
  expect(codeOf(() => decrypt({ ...vector, a256gcm: '' }))).toBe('entry-damaged')
})

test('what is encrypted comes back, twice the same is never written the same, and no key means null', () => {
  const place = { person: 'per_1', type: 'people.joined.v1', stream: 'per_1' }
  const fields = { subject: 'person', fields: ['name', 'email', 'phone'] }
  const data = { person: 'per_1', name: '佐藤', email: null, seat: 3 }
  const key = randomBytes(32)
  const [once, again] = [0, 1].map(() => encryptFields(data, fields, place, key))
  expect(once).not.toEqual(again)
  expect(JSON.stringify(once)).not.toContain('佐藤')
  expect(decryptFields(once ?? {}, fields, place, new Map([['per_1', key]]))).toEqual(data)
  const erased = { ...data, name: null }
  expect(decryptFields(once ?? {}, fields, place, new Map([['per_1', null]]))).toEqual(erased)
  expect(decryptFields(once ?? {}, fields, place, new Map())).toEqual(erased)
})

function decrypt(vector: Partial<z.infer<typeof personalVector>>): unknown {
  const { key = '', person = '', type = '', stream = '', field = '', a256gcm } = vector
  const keys = new Map([[person, Buffer.from(key, 'hex')]])
  const fields = { subject: 'person', fields: [field] }
  return decryptFields({ [field]: { a256gcm } }, fields, { person, type, stream }, keys)[field]
}

function codeOf(act: () => unknown): unknown {
  try {
    act()
    return 'accepted'
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}
