import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts'
import { parseNote } from '../../src/ledger/note.ts'
import { parsePolicy, verifyCheckpoint } from '../../src/ledger/policy.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { openTestLedger, restarted, startOf, temporaryFolder } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'

const publishedSize = ({ data }: TestLedger) => {
  const path = join(data, 'ledger/checkpoint')
  return existsSync(path) ? parseCheckpoint(parseNote(readFileSync(path)).text).size : 0
}
const verify = async ({ data, ledger }: TestLedger) =>
  await verifyLedger({
    source: { kind: 'folder', folder: join(data, 'ledger') },
    policy: parsePolicy(Buffer.from(ledger.policy)),
  })

test('what is committed is signed and published, and strangers can verify it', async () => {
  const opened = await openTestLedger()
  await opened.pin(3)
  const checkpoint = await opened.ledger.publishNow()
  expect(checkpoint).toMatchObject({ size: 3, publishedAt: '2026-01-05T00:00:00.000Z' })
  expect(publishedSize(opened)).toBe(3)
  expect((await verify(opened)).findings).toEqual([])
  const policy = parsePolicy(Buffer.from(opened.ledger.policy))
  expect(verifyCheckpoint(Buffer.from(checkpoint?.text ?? ''), policy).checkpoint.size).toBe(3)
})

test('the key is readable by its owner only, and is the same after a restart', async () => {
  const first = await openTestLedger()
  expect(statSync(join(first.data, 'keys/ledger.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(first.data, 'keys')).mode & 0o777).toBe(0o700)
  await first.pin(1)
  const again = await restarted(first)
  expect(again.ledger.vkey).toBe(first.ledger.vkey)
})

test('a commit is published within a second, again and again', async () => {
  const opened = await openTestLedger()
  opened.ledger.start()
  for (let round = 1; round <= 4; round++) {
    const { last } = await opened.pin(1)
    const committed = performance.now()
    await vi.waitFor(() => expect(publishedSize(opened)).toBeGreaterThan(last ?? 0), {
      timeout: 5_000,
      interval: 10,
    })
    expect(performance.now() - committed).toBeLessThan(1_000)
  }
})

test('many sizes, restarts in between, end in one ledger', async () => {
  let opened = await openTestLedger()
  for (const count of [1, 255, 1, 300, 2_000, 1]) {
    await opened.pin(count)
    await opened.ledger.publishNow()
    expect((await verify(opened)).findings).toEqual([])
    opened = await restarted(opened)
  }
  expect(publishedSize(opened)).toBe(2_558)
})

test('a tile high up that was finished before the last chunk of a run is written too', async () => {
  // From 1,000 to 1,034 in one run: the partial tile of level 1 gets its width at 1,024.
  const opened = await openTestLedger()
  await opened.pin(1_000)
  await opened.ledger.publishNow()
  await opened.pin(34)
  await opened.ledger.publishNow()
  expect((await verify(opened)).findings).toEqual([])
})

test('every prefix has the first published checkpoint that covers it, for ever', async () => {
  const opened = await openTestLedger()
  const { ledger } = opened
  expect(await ledger.checkpointCovering(1)).toBeNull()
  for (const count of [2, 3, 4]) {
    await opened.pin(count)
    await ledger.publishNow()
  }
  const sizes = []
  for (const size of [0, 1, 2, 3, 5, 6, 9]) {
    sizes.push((await ledger.checkpointCovering(size))?.size)
  }
  expect(sizes).toEqual([2, 2, 2, 5, 5, 9, 9])
  expect(await ledger.checkpointCovering(10)).toBeNull()
  const before = await ledger.checkpointCovering(4)
  await opened.pin(1)
  await ledger.publishNow()
  expect(await ledger.checkpointCovering(4)).toEqual(before)
})

test('partial files of older checkpoints go once the full one is published', async () => {
  const opened = await openTestLedger()
  const file = (path: string) => existsSync(join(opened.data, 'ledger', path))
  await opened.pin(200)
  await opened.ledger.publishNow()
  expect(file('tile/entries/000.p/200') && file('tile/0/000.p/200')).toBe(true)
  await opened.pin(200)
  await opened.ledger.publishNow()
  await opened.ledger.publishNow()
  expect(file('tile/entries/000') && file('tile/0/000')).toBe(true)
  expect(file('tile/entries/000.p') || file('tile/0/000.p')).toBe(false)
  expect(file('tile/entries/001.p/144')).toBe(true)
  expect((await verify(opened)).findings).toEqual([])
})

test('two nodes on one database, each with its own folder, publish one ledger', async () => {
  const one = await openTestLedger()
  await one.pin(300)
  await one.ledger.publishNow()
  const data = temporaryFolder()
  const { database } = one
  expect(await startOf({ database, data })).toBe('ledger-key-missing')
  cpSync(join(one.data, 'keys'), join(data, 'keys'), { recursive: true })
  const other = await openTestLedger({ database, data })
  for (let round = 0; round < 5; round++) {
    await Promise.all([one.pin(3), other.pin(2)])
    await Promise.all([one.ledger.publishNow(), other.ledger.publishNow()])
  }
  for (const node of [one, other]) {
    await node.ledger.publishNow()
    expect(publishedSize(node)).toBe(325)
    expect((await verify(node)).findings).toEqual([])
  }
  const texts = [one, other].map((node) =>
    readFileSync(join(node.data, 'ledger/checkpoint'), 'utf8'),
  )
  expect(texts[0]).toBe(texts[1])
})

test('two nodes on one database and one shared folder publish one ledger', async () => {
  const one = await openTestLedger()
  const other = await openTestLedger({ database: one.database, data: one.data })
  for (let round = 0; round < 8; round++) {
    await Promise.all([one.pin(40), other.pin(7)])
    await Promise.all([one.ledger.publishNow(), other.ledger.publishNow()])
  }
  expect(publishedSize(one)).toBe(8 * 47)
  expect((await verify(one)).findings).toEqual([])
})
