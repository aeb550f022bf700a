import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { getEntry, getLedger, listEntries, verifyLedger } from '../../src/contract/ledger.ts'
import { ledgerFiles, ledgerHandlers } from '../../src/http/ledger.ts'
import { decodeBundle } from '../../src/ledger/entry-bundle.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { parseProof, verifyProof } from '../../src/ledger/proof.ts'
import { openTestLedger } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'

async function page({ ledger }: TestLedger, seq: number) {
  const found = await ledger.entry(seq)
  if ('refused' in found) throw new Error(found.refused)
  return getEntry.response.parse(found)
}

describe('an entry', () => {
  test('is shown with its exact bytes, its hash, and a proof that needs nothing of ours', async () => {
    const opened = await openTestLedger()
    await opened.pin(300)
    await opened.ledger.publishNow()
    const entry = await page(opened, 299)
    expect(entry).toMatchObject({
      seq: 299,
      type: 'board.pinned.v1',
      stream: 'board/0',
      by: { id: 'per_1', name: null },
      recordedAt: '2026-01-05T00:00:00.000Z',
      signed: null,
      previous: 298,
      next: null,
    })
    const bytes = Buffer.from(entry.canonical)
    expect(Buffer.from(leafHash(bytes)).toString('hex')).toBe(entry.leafHash)
    const policy = parsePolicy(Buffer.from(opened.ledger.policy))
    const proof = Buffer.from(entry.proof ?? '')
    expect(verifyProof(proof, bytes, policy).index).toBe(299)
    expect(Buffer.from(parseProof(proof).extra ?? []).toString()).toBe(opened.ledger.vkey)
  })

  test('has no proof before it is published, and the same one for ever after', async () => {
    const opened = await openTestLedger()
    await opened.pin(2)
    expect((await page(opened, 1)).proof).toBeNull()
    await opened.ledger.publishNow()
    const { proof } = await page(opened, 1)
    expect(proof).not.toBeNull()
    await opened.pin(500)
    await opened.ledger.publishNow()
    expect((await page(opened, 1)).proof).toBe(proof)
  })

  test('that does not exist is refused by its code', async () => {
    const opened = await openTestLedger()
    await opened.pin(1)
    expect(await opened.ledger.entry(1)).toEqual({ refused: 'entry-unknown', about: '1' })
  })
})

describe('the list of entries', () => {
  test('is newest first, by pages, and filtered by stream, kind, person and day', async () => {
    const opened = await openTestLedger()
    await opened.pin(3)
    opened.clock.set('2026-01-07T10:00:00Z')
    await opened.pin(2)
    const list = async (query: object) =>
      listEntries.response.parse(await opened.ledger.entries({ limit: 100, ...query }))
    const seqs = async (query: object) => (await list(query)).entries.map(({ seq }) => seq)
    expect(await seqs({})).toEqual([4, 3, 2, 1, 0])
    expect(await seqs({ before: 3, limit: 2 })).toEqual([2, 1])
    expect((await list({ before: 3, limit: 2 })).total).toBe(5)
    expect(await seqs({ stream: 'board/3' })).toEqual([4, 3])
    expect(await seqs({ type: 'board.pinned.v1' })).toHaveLength(5)
    expect(await seqs({ type: 'board.removed.v1' })).toEqual([])
    expect(await seqs({ by: 'per_2' })).toEqual([])
    expect(await seqs({ since: '2026-01-06' })).toEqual([4, 3])
    expect(await seqs({ asOf: '2026-01-06' })).toEqual([2, 1, 0])
    expect((await list({ asOf: '2026-01-06' })).total).toBe(3)
  })
})

test('every answer fits its contract', async () => {
  const opened = await openTestLedger()
  await opened.pin(2)
  await opened.ledger.publishNow()
  const health = getLedger.response.parse(await opened.ledger.health())
  expect(health).toMatchObject({ size: 2, integrated: 2, checkpoint: { size: 2 }, alarms: [] })
  expect(verifyLedger.response.parse(await opened.ledger.verify('per_1'))).toMatchObject({
    findings: [],
    size: 2,
    seq: 2,
  })
  expect(ledgerHandlers(opened.ledger).map(({ route }) => route.id)).toEqual([
    'getLedger',
    'verifyLedger',
    'listEntries',
    'getEntry',
  ])
})

describe('the files over HTTP', () => {
  const opened = async () => {
    const ledger = await openTestLedger()
    await ledger.pin(300)
    await ledger.ledger.publishNow()
    const { answer } = ledgerFiles(ledger.ledger)
    const get = async (path: string, init?: RequestInit) =>
      await answer(new Request(`http://localhost/ledger/${path}`, init))
    return { ...ledger, get }
  }

  test('have the content types and cache rules of the specification', async () => {
    const { get } = await opened()
    const checkpoint = await get('checkpoint')
    expect(checkpoint.status).toBe(200)
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(checkpoint.headers.get('cache-control')).toBe('no-cache')
    for (const path of ['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/000']) {
      const tile = await get(path)
      expect(tile.status).toBe(200)
      expect(tile.headers.get('content-type')).toBe('application/octet-stream')
      expect(tile.headers.get('cache-control')).toMatch(/^public, max-age=\d{7,}, immutable$/)
      expect(tile.headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  test('bundles are compressed for whoever says so, and are the same', async () => {
    const { get } = await opened()
    const plain = Buffer.from(await (await get('tile/entries/000')).arrayBuffer())
    expect(decodeBundle(plain)).toHaveLength(256)
    for (const accepted of ['gzip', 'br, gzip', 'gzip;q=0.5']) {
      const zipped = await get('tile/entries/000', { headers: { 'accept-encoding': accepted } })
      expect(zipped.headers.get('content-encoding')).toBe('gzip')
      expect(zipped.headers.get('vary')).toBe('accept-encoding')
      const bytes = gunzipSync(Buffer.from(await zipped.arrayBuffer()))
      expect(digest(bytes)).toBe(digest(plain))
    }
    for (const accepted of ['', 'identity', 'br', 'gzip;q=0']) {
      const same = await get('tile/entries/000', { headers: { 'accept-encoding': accepted } })
      expect(same.headers.get('content-encoding')).toBeNull()
    }
  })

  test.each([
    'tile/0/002',
    'tile/0/000.p/44',
    'tile/0/1',
    'tile/9/000',
    'tile/entries/002',
    '../keys/ledger.key',
    '..%2fkeys%2fledger.key',
    'tile/../../keys/ledger.key',
    '.storage',
    '',
    'checkpoint/',
    'tile/0/%30%30%30',
  ])('%s is not there, and nobody remembers that', async (path) => {
    const { get } = await opened()
    const missing = await get(path)
    expect(missing.status).toBe(404)
    expect(missing.headers.get('cache-control')).toBe('no-store')
    expect(await missing.text()).not.toContain('PRIVATE')
  })

  test('a question by HEAD has no body, and nothing can be changed', async () => {
    const { get } = await opened()
    const head = await get('checkpoint', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await get('checkpoint', { method })).status).toBe(405)
    }
  })
})

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
