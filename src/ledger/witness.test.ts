import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { generateKey, parseSigningKey, parseVerifierKey } from './keys.ts'
import type { VerifierKey } from './keys.ts'
import { EMPTY_ROOT, leafHash, proveConsistency, rootFromHashes } from './merkle.ts'
import type { Hash, Node } from './merkle.ts'
import { addSignatures, formatNote, parseNote, parseSignatureLines, signText } from './note.ts'
import { numberedEntries, refusalOf } from './testing.ts'
import { readWitnessAnswer } from './witness-answer.ts'
import {
  ADD_CHECKPOINT_BYTES_MAX,
  decideAddCheckpoint,
  formatAddCheckpoint,
  monitoringPath,
  originOfAddCheckpoint,
  parseAddCheckpoint,
} from './witness.ts'

const witness = parseSigningKey(generateKey('witness.example/w1', 'cosignature').skey)
const log = parseSigningKey(generateKey('example.com/log', 'ed25519').skey)
const nowS = 1_700_000_000

/** A witness in memory that knows these logs. */
function witnessOf(...known: readonly VerifierKey[]) {
  let stored: Uint8Array | undefined
  const logs = new Map(known.map((key) => [key.name, [key]]))
  return {
    stored: () => stored,
    ask(request: string | Uint8Array) {
      const answer = decideAddCheckpoint({
        request: Buffer.from(request),
        logs,
        stored,
        key: witness,
        nowS,
      })
      if (answer.store !== undefined) stored = answer.store
      return answer
    },
  }
}

describe('the requests another witness is tested with', () => {
  const vectors = z
    .object({
      logVkey: z.string(),
      requests: z.array(
        z.object({ request: z.string(), status: z.number(), body: z.string().optional() }),
      ),
    })
    .parse(
      JSON.parse(readFileSync(new URL('../../spec/vectors/witness.json', import.meta.url), 'utf8')),
    )
  const asked = witnessOf(parseVerifierKey(vectors.logVkey))

  test.each(vectors.requests.map((vector, at) => ({ ...vector, at })))(
    'request $at is answered $status',
    ({ request, status, body }) => {
      const answer = asked.ask(request)
      expect(answer).toMatchObject(body === undefined ? { status } : { status, body })
    },
  )
})

const entries = numberedEntries(40)
const rootOf = (size: number) => rootFromHashes(entries.slice(0, size).map(leafHash))
const readHashes = (nodes: readonly Node[]) =>
  Promise.resolve(
    nodes.map(({ level, index }) => {
      const width = 2 ** level
      return rootFromHashes(entries.slice(index * width, (index + 1) * width).map(leafHash))
    }),
  )
const signedAt = (size: number, root: Hash = rootOf(size)) => signCheckpoint({ size, root }, log)
async function requestFrom(oldSize: number, size: number): Promise<Uint8Array> {
  const proof = await proveConsistency(oldSize, size, readHashes)
  return formatAddCheckpoint({ oldSize, proof, checkpoint: signedAt(size) })
}

describe('a witness', () => {
  test('cosigns what extends, keeps it, and says at which time', async () => {
    const asked = witnessOf(log.verifier)
    for (const [oldSize, size] of [
      [0, 0],
      [0, 5],
      [5, 5],
      [5, 8],
      [8, 39],
    ] as const) {
      const answer = asked.ask(await requestFrom(oldSize, size))
      expect([answer.status, answer.contentType]).toEqual([200, 'text/plain; charset=utf-8'])
      const { checkpoint, cosignatures } = openCheckpoint(
        asked.stored() ?? Buffer.alloc(0),
        [log.verifier],
        [witness.verifier],
      )
      expect(checkpoint.size).toBe(size)
      expect(cosignatures.map(({ timestampS }) => timestampS)).toEqual([nowS])
    }
  })

  test('answers 409 with the size it has to whoever is at another', async () => {
    const asked = witnessOf(log.verifier)
    asked.ask(await requestFrom(0, 5))
    for (const request of [
      await requestFrom(0, 5),
      await requestFrom(4, 8),
      await requestFrom(7, 8),
    ]) {
      const { status, contentType, body, store } = asked.ask(request)
      expect([status, contentType, body, store]).toEqual([
        409,
        'text/x.tlog.size',
        '5\n',
        undefined,
      ])
    }
  })

  test('answers 404 about a log it does not know, 403 to a signature it does not', async () => {
    const other = parseSigningKey(generateKey('example.com/other', 'ed25519').skey)
    const namesake = parseSigningKey(generateKey('example.com/log', 'ed25519').skey)
    const request = await requestFrom(0, 5)
    expect(witnessOf(other.verifier).ask(request).status).toBe(404)
    expect(witnessOf(namesake.verifier).ask(request).status).toBe(403)
    expect(witnessOf().ask(request).status).toBe(404)
  })

  test('ignores other keys’ signatures and does not keep them', () => {
    const asked = witnessOf(log.verifier)
    const stranger = parseSigningKey(generateKey('example.com/stranger', 'ed25519').skey)
    const note = parseNote(signedAt(5))
    const checkpoint = formatNote(addSignatures(note, [signText(note.text, stranger)]))
    expect(asked.ask(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint })).status).toBe(200)
    expect(Buffer.from(asked.stored() ?? []).toString()).not.toContain('stranger')
  })

  test('answers 400 to an old size over the new one, before anything else about sizes', async () => {
    const asked = witnessOf(log.verifier)
    asked.ask(await requestFrom(0, 8))
    const request = formatAddCheckpoint({ oldSize: 9, proof: [], checkpoint: signedAt(8) })
    expect(asked.ask(request).status).toBe(400)
  })

  test('answers 422 to every fork: another root, a bad proof, a proof where none belongs', async () => {
    const asked = witnessOf(log.verifier)
    const ask = (oldSize: number, proof: readonly Hash[], checkpoint: Uint8Array) =>
      asked.ask(formatAddCheckpoint({ oldSize, proof, checkpoint })).status
    expect(ask(0, [], signedAt(0, rootOf(3)))).toBe(422)
    expect(ask(0, [EMPTY_ROOT], signedAt(5))).toBe(422)
    expect(ask(0, [], signedAt(5))).toBe(200)
    const proof = await proveConsistency(5, 9, readHashes)
    expect(ask(5, [], signedAt(5, rootOf(6)))).toBe(422)
    expect(ask(5, [EMPTY_ROOT], signedAt(5))).toBe(422)
    expect(ask(5, [], signedAt(9))).toBe(422)
    expect(ask(5, proof.slice(1), signedAt(9))).toBe(422)
    expect(ask(5, [...proof, EMPTY_ROOT], signedAt(9))).toBe(422)
    expect(ask(5, proof, signedAt(9, rootOf(10)))).toBe(422)
    expect(ask(5, proof, signedAt(9))).toBe(200)
  })

  test('a log that is rewound and signed again is never cosigned, whatever it sends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 8 }),
        async (asks) => {
          const asked = witnessOf(log.verifier)
          let size = 0
          for (const [one, other] of asks) {
            const [from, to] = [Math.min(one, other), Math.max(one, other)]
            const { status } = asked.ask(await requestFrom(from, to))
            expect(status).toBe(from === size ? 200 : 409)
            if (status === 200) size = to
          }
        },
      ),
    )
  })

  test('does not sign when what it kept is not its own', async () => {
    const asked = () =>
      decideAddCheckpoint({
        request: Buffer.from('old 0\n\n'),
        logs: new Map([['example.com/log', [log.verifier]]]),
        stored: signedAt(5),
        key: witness,
        nowS,
      })
    expect(asked().status).toBe(400)
    const request = await requestFrom(0, 5)
    const logs = new Map([['example.com/log', [log.verifier]]])
    const decide = (stored: Uint8Array) =>
      refusalOf(() => decideAddCheckpoint({ request, logs, stored, key: witness, nowS }))
    expect(decide(signedAt(5))).toBe('note-unverified')
    expect(decide(Buffer.alloc(0))).toBe('note-malformed')
    const other = parseSigningKey(generateKey('example.com/other', 'ed25519').skey)
    const elsewhere = witnessOf(other.verifier)
    const checkpoint = signCheckpoint({ size: 5, root: rootOf(5) }, other)
    elsewhere.ask(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint }))
    expect(decide(elsewhere.stored() ?? Buffer.alloc(0))).toBe('checkpoint-malformed')
  })
})

test('a request is read and printed the same', async () => {
  const request = await requestFrom(5, 39)
  expect(Buffer.from(formatAddCheckpoint(parseAddCheckpoint(request)))).toEqual(
    Buffer.from(request),
  )
  expect(originOfAddCheckpoint(request)).toBe('example.com/log')
})

test('malformed requests are answered 400 and are about no log', async () => {
  const text = Buffer.from(await requestFrom(5, 9)).toString()
  const wrong: (string | Uint8Array)[] = [
    '',
    'old 5',
    'old 5\n',
    text.replace('old 5', 'old 05'),
    text.replace('old 5', 'old -5'),
    text.replace('old 5', 'old  5'),
    text.replace('old 5', 'OLD 5'),
    text.replace('old 5\n', ''),
    text.replaceAll('\n', '\r\n'),
    text.replace('\n\nexample', '\nexample'),
    text.replace('old 5\n', `old 5\n${'A'.repeat(43)}\n`),
    text.replace('old 5\n', `old 5\n${'AAAA'.repeat(10)}\n`),
    text.replace('old 5\n', `old 5\n${`${'A'.repeat(43)}=\n`.repeat(64)}`),
    text.slice(0, -1),
    Buffer.concat([Buffer.from(text), Buffer.of(0xff)]),
    Buffer.alloc(ADD_CHECKPOINT_BYTES_MAX + 1, 'x'),
  ]
  for (const request of wrong) {
    expect(witnessOf(log.verifier).ask(request).status).toBe(400)
    expect(originOfAddCheckpoint(Buffer.from(request))).toBeUndefined()
  }
})

test('the newest checkpoint is read at the hash of its origin', () => {
  expect(monitoringPath('example.com/log')).toMatch(/^[0-9a-f]{64}\/checkpoint$/)
})

describe('an answer of a witness', () => {
  const text = parseNote(signedAt(5)).text
  const read = (status: number, body: string | Uint8Array) =>
    readWitnessAnswer({ status, body: Buffer.from(body) }, text, witness.verifier)
  const line = async () => witnessOf(log.verifier).ask(await requestFrom(0, 5)).body

  test('200 gives the cosignature of the witness and no other', async () => {
    const stranger = parseSigningKey(generateKey('example.com/stranger', 'cosignature').skey)
    const other = decideAddCheckpoint({
      request: await requestFrom(0, 5),
      logs: new Map([['example.com/log', [log.verifier]]]),
      stored: undefined,
      key: stranger,
      nowS,
    }).body
    const answer = read(200, (await line()) + other)
    expect(answer.outcome === 'cosigned' && answer.cosignatures.map(({ name }) => name)).toEqual([
      'witness.example/w1',
    ])
    expect(refusalOf(() => read(200, other))).toBe('note-unverified')
  })

  test('200 over another checkpoint is refused', async () => {
    const body = witnessOf(log.verifier).ask(await requestFrom(0, 6)).body
    expect(refusalOf(() => read(200, body))).toBe('signature-invalid')
  })

  test('200 with anything but signature lines is refused', async () => {
    for (const body of ['', '\n', 'ok\n', `${await line()}\n`, (await line()).slice(0, -1)]) {
      expect(refusalOf(() => read(200, body))).toBe('answer-malformed')
    }
    expect(parseSignatureLines(await line())).toHaveLength(1)
  })

  test('409 gives the size, and is refused without one', () => {
    expect(read(409, '12\n')).toEqual({ outcome: 'conflict', size: 12 })
    for (const body of ['', '12', '12\n\n', '012\n', ' 12\n', 'x\n', '9007199254740992\n']) {
      expect(refusalOf(() => read(409, body))).toBe('answer-malformed')
    }
  })

  test('anything else is a refusal in the witness’s own words, cut to what fits', () => {
    expect(read(403, ' no such key\n')).toEqual({
      outcome: 'refused',
      status: 403,
      reason: 'no such key',
    })
    expect(read(500, 'x'.repeat(1000))).toMatchObject({ reason: 'x'.repeat(500) })
    expect(refusalOf(() => read(500, Buffer.alloc(65_537, 'x')))).toBe('answer-malformed')
    expect(refusalOf(() => read(500, Buffer.of(0xff)))).toBe('answer-malformed')
  })
})
