import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBase64, hasControl } from './encoding.ts'
import { generateKey, parseSigningKey, parseVerifierKey } from './keys.ts'
import {
  addSignatures,
  formatNote,
  formatSignatureLines,
  NOTE_BYTES_MAX,
  openNote,
  parseNote,
  parseSignatureLines,
  signText,
} from './note.ts'
import { flipBit, refusalOf } from './testing.ts'

// The example of golang.org/x/mod/sumdb/note.
const peter = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
const enoch = parseVerifierKey('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop')
const text =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n"
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const whole = `${text}\n${peterLine}${enochLine}`
const refusal = (note: string | Uint8Array) => refusalOf(() => parseNote(Buffer.from(note)))

describe('the example of golang.org/x/mod', () => {
  test('opens with either key, and names who signed', () => {
    const both = openNote(Buffer.from(whole), [peter, enoch])
    expect(both.text).toBe(text)
    expect(both.verified.map(({ name }) => name)).toEqual(['PeterNeumann', 'EnochRoot'])
    const one = openNote(Buffer.from(whole), [peter])
    expect(one.verified.map(({ name }) => name)).toEqual(['PeterNeumann'])
    expect(one.signatures).toHaveLength(2)
  })

  test('is refused without a key that signed it', () => {
    expect(refusalOf(() => openNote(Buffer.from(whole), []))).toBe('note-unverified')
    const stranger = parseVerifierKey(generateKey('PeterNeumann', 'ed25519').vkey)
    expect(refusalOf(() => openNote(Buffer.from(whole), [stranger]))).toBe('note-unverified')
  })

  test('is refused when the signature of a known key is wrong, even beside a good one', () => {
    const forged = `${text}\n${peterLine}${enochLine.replace('2tiOHp', '2tiOHq')}`
    expect(refusalOf(() => openNote(Buffer.from(forged), [peter]))).toBe('accepted')
    expect(refusalOf(() => openNote(Buffer.from(forged), [peter, enoch]))).toBe('signature-invalid')
  })

  test('a signature with bytes too many is refused', () => {
    const longer = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`
    const open = () => openNote(Buffer.from(`${text}\n${longer}`), [peter])
    expect(refusalOf(open)).toBe('signature-invalid')
  })

  test('no bit of the signed text can change', () => {
    fc.assert(
      fc.property(fc.nat(), (bit) => {
        const changed = flipBit(Buffer.from(text), bit)
        const note = Buffer.concat([changed, Buffer.from(`\n${peterLine}`)])
        expect(['note-malformed', 'signature-invalid']).toContain(
          refusalOf(() => openNote(note, [peter])),
        )
      }),
    )
  })
})

test.each([
  ['an empty file', ''],
  ['a text alone', text],
  ['no signature', `${text}\n`],
  ['a signature line that does not end', `${text}\n${peterLine.slice(0, -1)}`],
  ['a control character', `\u0001${text}\n${peterLine}`],
  ['a carriage return', `${text.replace('\n', '\r\n')}\n${peterLine}`],
  ['a tab', `\t${text}\n${peterLine}`],
  ['a line among the signatures that is none', `${text}\n${peterLine}Unexpected line.\n`],
  ['a name with a space', `${text}\n${peterLine.replace('Neumann', ' Neumann')}`],
  ['a name with a no-break space', `${text}\n${peterLine.replace('Neumann', '\u00a0Neumann')}`],
  ['a name with a plus', `${text}\n${peterLine.replace('Neumann', '+Neumann')}`],
  ['no name', `${text}\n— ${peterLine.slice(15)}`],
  ['a hyphen in place of the em dash', `${text}\n${peterLine.replace('—', '-')}`],
  ['an en dash in place of the em dash', `${text}\n${peterLine.replace('—', '–')}`],
  ['two spaces before the signature', `${text}\n${peterLine.replace('n x08', 'n  x08')}`],
  ['a space at the end of a line', `${text}\n${peterLine.slice(0, -1)} \n`],
  ['Base64 without padding', `${text}\n${peterLine.replace('=', '')}`],
  ['Base64 with stray bits', `${text}\n${peterLine.replace('nAM=', 'nAN=')}`],
  ['the URL-safe alphabet', `${text}\n${enochLine.replaceAll('+', '-')}`],
  ['a signature of 4 bytes, the key ID alone', `${text}\n— PeterNeumann x08gow==\n`],
  ['no signature at all in its line', `${text}\n— PeterNeumann \n`],
  ['101 signatures', `${text}\n${peterLine.repeat(101)}`],
  ['an empty line after the signatures', `${text}\n${peterLine}\n`],
  [
    'a byte that is not UTF-8',
    Buffer.concat([Buffer.of(0xff), Buffer.from(`${text}\n${peterLine}`)]),
  ],
  [
    'an overlong encoding',
    Buffer.concat([Buffer.of(0xc0, 0xaf), Buffer.from(`${text}\n${peterLine}`)]),
  ],
  [
    'a lone surrogate',
    Buffer.concat([Buffer.of(0xed, 0xa0, 0x80), Buffer.from(`${text}\n${peterLine}`)]),
  ],
])('a note with %s is refused', (_, note) => expect(refusal(note)).toBe('note-malformed'))

test('a note of over a mebibyte is refused before anything of it is read', () => {
  expect(refusal(Buffer.alloc(NOTE_BYTES_MAX + 1, 'x'))).toBe('note-malformed')
})

test('100 signatures are accepted, so 16 are', () => {
  expect(refusal(`${text}\n${peterLine.repeat(100)}`)).toBe('accepted')
})

test('empty lines belong to the text; only the last one ends it', () => {
  const note = parseNote(Buffer.from(`Ognuno sta solo\n\n\ned è subito sera.\n\n${peterLine}`))
  expect(note.text).toBe('Ognuno sta solo\n\n\ned è subito sera.\n')
})

test('a byte order mark is part of the text, so it is signed or it is not there', () => {
  const note = parseNote(Buffer.from(`\ufeff${text}\n${peterLine}`))
  expect(note.text.startsWith('\ufeff')).toBe(true)
  expect(refusalOf(() => openNote(formatNote(note), [peter]))).toBe('signature-invalid')
})

const key = parseSigningKey(generateKey('example.com/log', 'ed25519').skey)

test('any text is signed, printed, read and verified again, byte for byte', () => {
  const line = fc
    .string({ unit: 'grapheme' })
    .filter((words) => !hasControl(words) && !/\n/.test(words))
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
      const signed = `${lines.join('\n')}\n`
      const bytes = formatNote({ text: signed, signatures: [signText(signed, key)] })
      const opened = openNote(bytes, [key.verifier])
      expect(opened.text).toBe(signed)
      expect(Buffer.from(formatNote(opened))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('bytes are never read as a note that prints otherwise', () => {
  const piece = fc.constantFrom(
    '',
    '\n',
    '\n\n',
    ' ',
    '—',
    '=',
    '\r',
    '\ufeff',
    'é',
    'A',
    peterLine,
  )
  const at = fc.nat({ max: whole.length })
  fc.assert(
    fc.property(at, fc.nat({ max: 3 }), piece, (from, cut, added) => {
      const bytes = Buffer.from(whole.slice(0, from) + added + whole.slice(from + cut))
      const printed = refusal(bytes) === 'accepted' ? formatNote(parseNote(bytes)) : bytes
      expect(Buffer.from(printed)).toEqual(bytes)
    }),
    { numRuns: 3000 },
  )
})

test('what cannot be a note is not printed as one', () => {
  const note = (written: string) => refusalOf(() => formatNote({ text: written, signatures: [] }))
  expect(note('no newline')).toBe('note-malformed')
  expect(note('a\rb\n')).toBe('note-malformed')
  expect(note('\ud800\n')).toBe('note-malformed')
  const signature = { name: 'a b', keyId: 1, signature: Buffer.of(1) }
  expect(refusalOf(() => formatSignatureLines([signature]))).toBe('key-name-invalid')
})

test('a cosignature key cannot sign a note, nor a log key be taken for it', () => {
  const witness = parseSigningKey(generateKey('example.com/w', 'cosignature').skey)
  expect(refusalOf(() => signText('x\n', witness))).toBe('key-type-unsupported')
})

test('signing again puts the new signature in the old one’s place', () => {
  const first = { text: 'x\n', signatures: [signText('x\n', key)] }
  const again = addSignatures(first, [signText('x\n', key)])
  expect(again.signatures).toHaveLength(1)
  const other = parseSigningKey(generateKey('example.com/other', 'ed25519').skey)
  expect(addSignatures(again, [signText('x\n', other)]).signatures).toHaveLength(2)
})

test('signature lines alone are read as strictly', () => {
  expect(parseSignatureLines(peterLine + enochLine)).toHaveLength(2)
  for (const lines of ['', '\n', peterLine.slice(0, -1), `${peterLine}\n`, `x${peterLine}`]) {
    expect(refusalOf(() => parseSignatureLines(lines))).toBe('note-malformed')
  }
  expect(formatBase64(Buffer.of(255, 254))).toBe('//4=')
})
