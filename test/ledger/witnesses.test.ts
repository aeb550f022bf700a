import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { generateKey, parseVerifierKey } from '../../src/ledger/keys.ts'
import { cosignersOf, parsePolicy, verifyCheckpoint } from '../../src/ledger/policy.ts'
import { witnessPost } from '../../src/store/witness-post.ts'
import { openTestLedger, restarted } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'
import { startWitness } from './test-witness.ts'
import type { TestWitness } from './test-witness.ts'

const published = ({ data }: TestLedger) => readFileSync(join(data, 'ledger/checkpoint'))
const cosigners = (opened: TestLedger) => {
  const policy = parsePolicy(Buffer.from(opened.ledger.policy))
  const witnesses = policy.witnesses.map(({ key }) => key)
  const logs = policy.logs.map(({ key }) => key)
  return cosignersOf(policy, openCheckpoint(published(opened), logs, witnesses).cosignatures)
}
const twoOfThree = (witnesses: readonly TestWitness[]) =>
  Buffer.from(
    witnesses.map(({ vkey, url }, at) => `witness w${at} ${vkey} ${url}\n`).join('') +
      'group most 2 w0 w1 w2\nquorum most\n',
  )

test('a published checkpoint carries the cosignatures, and satisfies the policy of strangers', async () => {
  const witness = await startWitness()
  const opened = await openTestLedger({ witnessPolicy: witness.policy })
  await witness.knows(opened.ledger.vkey)
  for (const count of [3, 300, 1]) {
    await opened.pin(count)
    await opened.ledger.publishNow()
    const policy = parsePolicy(Buffer.from(opened.ledger.policy))
    expect(verifyCheckpoint(published(opened), policy).cosignatures).toHaveLength(1)
  }
  const { quorum, alarms, witnesses } = await opened.ledger.health()
  expect([quorum.met, alarms]).toEqual([true, []])
  expect(witnesses).toMatchObject([{ name: 'w1', state: 'cosigned', size: 304 }])
})

test('after a restart the witness is asked from the size it has, and agrees', async () => {
  const witness = await startWitness()
  const opened = await openTestLedger({ witnessPolicy: witness.policy })
  await witness.knows(opened.ledger.vkey)
  await opened.pin(10)
  await opened.ledger.publishNow()
  const again = await restarted(opened, { witnessPolicy: witness.policy })
  await again.ledger.publishNow()
  expect(cosigners(again)).toEqual(['w1'])
  await again.pin(10)
  await again.ledger.publishNow()
  expect(cosigners(again)).toEqual(['w1'])
  expect(witness.answers.map((line) => line.slice(0, 3))).toEqual(['200', '409', '200'])
})

test('two of three are enough: the third may be down', async () => {
  const all = await Promise.all(['a', 'b', 'c'].map((name) => startWitness(name)))
  const opened = await openTestLedger({ witnessPolicy: twoOfThree(all) })
  for (const witness of all) await witness.knows(opened.ledger.vkey)
  await all[2]?.stop()
  await opened.pin(5)
  await opened.ledger.publishNow()
  expect((await opened.ledger.health()).quorum.met).toBe(true)
  expect(cosigners(opened)).toEqual(['w0', 'w1'])
})

test('an unmet quorum publishes with an alarm that is an entry, and it ends by itself', async () => {
  const witness = await startWitness()
  const opened = await openTestLedger({ witnessPolicy: witness.policy })
  await opened.pin(5)
  await opened.ledger.publishNow()
  expect(cosigners(opened)).toEqual([])
  const unmet = await opened.ledger.health()
  expect(unmet.quorum.met).toBe(false)
  expect(unmet.alarms).toMatchObject([{ code: 'ledger-quorum-unmet' }])
  expect(unmet.witnesses).toMatchObject([
    { state: 'refused', message: expect.stringMatching(/^404/) },
  ])
  await witness.knows(opened.ledger.vkey)
  await vi.waitFor(async () => {
    await opened.ledger.publishNow()
    expect(cosigners(opened)).toEqual(['w1'])
  })
  await vi.waitFor(async () => expect((await opened.ledger.health()).alarms).toEqual([]))
  const { entries } = await opened.ledger.entries({ stream: 'ledger', limit: 10 })
  expect(entries.map(({ type }) => type)).toEqual([
    'ledger.alarm-cleared.v1',
    'ledger.alarm-raised.v1',
  ])
})

test('an unmet quorum can hold back everything until it is met', async () => {
  const witness = await startWitness()
  const opened = await openTestLedger({ witnessPolicy: witness.policy, unmet: 'hold' })
  await opened.pin(5)
  expect(await opened.ledger.publishNow()).toBeNull()
  expect(() => published(opened)).toThrow('ENOENT')
  expect(await opened.ledger.checkpointCovering(1)).toBeNull()
  await witness.knows(opened.ledger.vkey)
  await opened.pin(1)
  const checkpoint = await opened.ledger.publishNow()
  expect(cosigners(opened)).toEqual(['w1'])
  expect((await opened.ledger.checkpointCovering(1))?.size).toBe(checkpoint?.size)
})

/** A witness that misbehaves in one way. */
async function strange(
  answer: (body: string) => { status: number; body: string; delayMs?: number },
) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += String(part)))
    request.on('end', () => {
      const { status, body: said, delayMs = 0 } = answer(body)
      setTimeout(() => response.writeHead(status).end(said), delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => server.closeAllConnections())
  onTestFinished(() => void server.close())
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo
  const { vkey } = generateKey('strange.example/w', 'cosignature')
  return Buffer.from(`witness w1 ${vkey} http://127.0.0.1:${port}/\nquorum w1\n`)
}

test.each([
  ['answers nonsense', { status: 200, body: 'ok\n' }, 'refused'],
  ['says it is ahead', { status: 409, body: '99\n' }, 'refused'],
  ['gives no size', { status: 409, body: 'what?\n' }, 'refused'],
  ['says the log forked', { status: 422, body: 'fork\n' }, 'refused'],
  ['breaks', { status: 500, body: 'oops\n' }, 'refused'],
  ['answers endlessly', { status: 200, body: 'x'.repeat(200_000) }, 'silent'],
  ['redirects', { status: 307, body: '' }, 'silent'],
  ['is slow', { status: 200, body: '', delayMs: 60_000 }, 'silent'],
])('a witness that %s does not stop publishing', async (_, answer, state) => {
  const witnessPolicy = await strange(() => answer)
  const opened = await openTestLedger({ witnessPolicy, post: witnessPost(300) })
  const { last } = await opened.pin(2)
  const before = performance.now()
  const checkpoint = await opened.ledger.publishNow()
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(checkpoint?.size).toBeGreaterThan(last ?? 0)
  await vi.waitFor(async () => {
    expect((await opened.ledger.health()).witnesses).toMatchObject([{ name: 'w1', state }])
  })
})

test('a witness that signs with another key, or another checkpoint, is not counted', async () => {
  const real = await startWitness()
  const opened = await openTestLedger({
    witnessPolicy: Buffer.from(
      real.policy
        .toString()
        .replace(real.vkey, generateKey('witness.example/w1', 'cosignature').vkey),
    ),
  })
  await real.knows(opened.ledger.vkey)
  await opened.pin(2)
  await opened.ledger.publishNow()
  expect(cosigners(opened)).toEqual([])
  expect((await opened.ledger.health()).quorum.met).toBe(false)
  expect(parseVerifierKey(real.vkey).type).toBe('cosignature')
})

test('a cosignature that comes late is added to what is published already', async () => {
  const witness = await startWitness()
  const slow = witnessPost(5_000)
  const opened = await openTestLedger({
    witnessPolicy: witness.policy,
    patienceMs: 50,
    post: async (prefix, request) => {
      await pause(700)
      return await slow(prefix, request)
    },
  })
  await witness.knows(opened.ledger.vkey)
  opened.ledger.start()
  await opened.pin(2)
  for (let round = 0; round < 3; round++) {
    await vi.waitFor(() => expect(cosigners(opened)).toEqual(['w1']), {
      timeout: 8_000,
      interval: 50,
    })
    await opened.pin(1)
    await pause(200)
  }
  // Being slow is no alarm, and no entry about it makes the next checkpoint.
  expect((await opened.ledger.health()).alarms).toEqual([])
  expect(await opened.engine.log.size()).toBe(5)
})
