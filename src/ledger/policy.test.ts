import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { generateKey, parseSigningKey } from './keys.ts'
import { addSignatures, cosignText, formatNote, parseNote } from './note.ts'
import { POLICY_BYTES_MAX, cosignersOf, parsePolicy, verifyCheckpoint } from './policy.ts'
import { refusalOf } from './testing.ts'

const log = generateKey('example.com/log', 'ed25519')
const logKey = parseSigningKey(log.skey)
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']
const keys = new Map(names.map((name) => [name, generateKey(`${name}.example`, 'cosignature')]))
const vkey = (name: string) => keys.get(name)?.vkey ?? ''

// The example of tlog-policy.
const example = `log ${log.vkey}

witness X1 ${vkey('X1')}
witness X2 ${vkey('X2')}
witness X3 ${vkey('X3')}
group X-witnesses 2 X1 X2 X3

witness Y1 ${vkey('Y1')} https://y1.example/witness
witness Y2 ${vkey('Y2')}
\twitness  Y3\t${vkey('Y3')}
group Y-witnesses any Y1 Y2 Y3

 # both organisations
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`
const read = (text: string) => parsePolicy(Buffer.from(text))
const refusal = (text: string | Uint8Array) => refusalOf(() => parsePolicy(Buffer.from(text)))

const signed = signCheckpoint({ size: 3, root: Buffer.alloc(32, 1) }, logKey)
function cosignedBy(cosigners: readonly string[]): Uint8Array {
  const note = parseNote(signed)
  return formatNote(
    addSignatures(
      note,
      cosigners.map((name) =>
        cosignText(note.text, parseSigningKey(keys.get(name)?.skey ?? ''), 1_700_000_000),
      ),
    ),
  )
}

describe('the example of the specification', () => {
  const policy = read(example)

  test('is read: logs, witnesses with their URL, groups, quorum', () => {
    expect(policy.logs.map(({ key }) => key.name)).toEqual(['example.com/log'])
    expect(policy.witnesses.map(({ name }) => name)).toEqual(names)
    expect(policy.witnesses[3]?.url).toBe('https://y1.example/witness')
    expect(policy.groups.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['X-witnesses', 2],
      ['Y-witnesses', 1],
      ['X-and-Y', 2],
    ])
    expect(policy.quorum).toBe('X-and-Y')
  })

  test('two of X and one of Y are needed and enough, whoever they are', () => {
    fc.assert(
      fc.property(fc.subarray(names), (cosigners) => {
        const count = (letter: string) => cosigners.filter((name) => name[0] === letter).length
        const expected = count('X') >= 2 && count('Y') >= 1 ? 'accepted' : 'policy-unmet'
        expect(refusalOf(() => verifyCheckpoint(cosignedBy(cosigners), policy))).toBe(expected)
      }),
    )
  })

  test('who cosigned is named', () => {
    const opened = verifyCheckpoint(cosignedBy(['Y3', 'X1', 'X2']), policy)
    expect(cosignersOf(policy, opened.cosignatures)).toEqual(['X1', 'X2', 'Y3'])
  })
})

test('one witness can be the quorum, and none can', () => {
  const one = read(`log ${log.vkey}\nwitness X1 ${vkey('X1')}\nquorum X1\n`)
  expect(refusalOf(() => verifyCheckpoint(cosignedBy(['X1']), one))).toBe('accepted')
  expect(refusalOf(() => verifyCheckpoint(signed, one))).toBe('policy-unmet')
  expect(refusalOf(() => verifyCheckpoint(signed, read(`log ${log.vkey}\nquorum none\n`)))).toBe(
    'accepted',
  )
})

test('a policy of 32 logs, 32 witnesses and 32 groups is read', () => {
  const lines = []
  for (let i = 0; i < 32; i++) {
    lines.push(`log ${generateKey(`log${i}.example`, 'ed25519').vkey}`)
    lines.push(`witness w${i} ${generateKey(`w${i}.example`, 'cosignature').vkey}`)
    lines.push(`group g${i} all w${i}${i > 0 ? ` g${i - 1}` : ''}`)
  }
  const policy = read(`${lines.join('\n')}\nquorum g31\n`)
  expect(policy.groups.at(-1)?.threshold).toBe(2)
})

const w1 = `witness w1 ${vkey('X1')}`
const w2 = `witness w2 ${vkey('X2')}`
test.each([
  ['no quorum', `log ${log.vkey}\n`],
  ['two quorum lines', 'quorum none\nquorum none\n'],
  ['a quorum of nothing', 'quorum\n'],
  ['a quorum of two', `${w1}\nquorum w1 w1\n`],
  ['a quorum nobody defined', 'quorum w1\n'],
  ['a quorum defined below it', `quorum w1\n${w1}\n`],
  ['a line that does not end', 'quorum none'],
  ['a carriage return', 'quorum none\r\n'],
  ['a form feed', 'quorum\fnone\n'],
  ['a delete character', '#\u007f\nquorum none\n'],
  ['an unknown word', 'mirror x\nquorum none\n'],
  ['a word in capitals', 'QUORUM none\n'],
  ['a log without a key', 'log\nquorum none\n'],
  ['a log with too much', `log ${log.vkey} https://a.example b\nquorum none\n`],
  ['a witness without a key', 'witness w1\nquorum none\n'],
  ['a witness with too much', `${w1} https://a.example b\nquorum none\n`],
  ['the same log twice', `log ${log.vkey}\nlog ${log.vkey}\nquorum none\n`],
  ['the same key under two names', `${w1}\nwitness w2 ${vkey('X1')}\nquorum none\n`],
  ['the same name twice', `${w1}\nwitness w1 ${vkey('X2')}\nquorum none\n`],
  ['a group with a witness’s name', `${w1}\ngroup w1 any w1\nquorum none\n`],
  ['a witness called none', `witness none ${vkey('X1')}\nquorum none\n`],
  ['a group called none', `${w1}\ngroup none any w1\nquorum none\n`],
  ['none as a member', 'group g any none\nquorum none\n'],
  ['a group of nobody', 'group g any\nquorum none\n'],
  ['a group without a rule', 'group g\nquorum none\n'],
  ['a member defined below', `group g any w1\n${w1}\nquorum g\n`],
  ['a group in itself', `${w1}\ngroup g any w1 g\nquorum g\n`],
  ['a member of two groups', `${w1}\ngroup g any w1\ngroup h any w1\nquorum g\n`],
  ['a member twice in one group', `${w1}\ngroup g 2 w1 w1\nquorum g\n`],
  ['a threshold of 0', `${w1}\ngroup g 0 w1\nquorum g\n`],
  ['a threshold of more than all', `${w1}\n${w2}\ngroup g 3 w1 w2\nquorum g\n`],
  ['a threshold with a leading zero', `${w1}\ngroup g 01 w1\nquorum g\n`],
  ['a threshold of Any', `${w1}\ngroup g Any w1\nquorum g\n`],
  ['a witness with a log’s kind of key', `witness w ${log.vkey}\nquorum none\n`],
  ['a log with a witness’s kind of key', `log ${vkey('X1')}\nquorum none\n`],
])('a policy with %s is refused', (_, text) => expect(refusal(text)).toBe('policy-malformed'))

test('a refusal names the line', () => {
  const wrong = () => read(`# one\n\nlog ${log.vkey}x\nquorum none\n`)
  expect(wrong).toThrow('line 3')
  expect(refusalOf(wrong)).toBe('key-malformed')
})

test('a file that is too large is refused', () => {
  expect(refusal(Buffer.alloc(POLICY_BYTES_MAX + 1, '#'))).toBe('policy-malformed')
})

test('names are opaque: a Kelvin sign is no K, and bytes that are not UTF-8 still differ', () => {
  expect(refusal(`witness K ${vkey('X1')}\nwitness \u212a ${vkey('X2')}\nquorum K\n`)).toBe(
    'accepted',
  )
  const latin = (octet: number) =>
    Buffer.concat([Buffer.from('witness '), Buffer.of(octet), Buffer.from(` ${vkey('X1')}\n`)])
  const quorum = (octet: number) =>
    Buffer.concat([Buffer.from('quorum '), Buffer.of(octet), Buffer.from('\n')])
  expect(refusal(Buffer.concat([latin(0xe9), quorum(0xe9)]))).toBe('accepted')
  expect(refusal(Buffer.concat([latin(0xe9), quorum(0xe8)]))).toBe('policy-malformed')
})
