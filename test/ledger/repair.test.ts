import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { repairLedger } from '../../src/app/ledger/repair.ts'
import { parseVerifierKey } from '../../src/ledger/keys.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { flipBit } from '../../src/ledger/testing.ts'
import { pathOf, tilesOf } from '../../src/ledger/tile.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { openKeyFolder } from '../../src/store/key-folder.ts'
import { openLedgerFolder } from '../../src/store/ledger-folder.ts'
import { openTestLedger, startOf } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'

const SIZE = 1_300

async function publishedLedger(): Promise<TestLedger> {
  const opened = await openTestLedger()
  await opened.pin(SIZE)
  await opened.ledger.publishNow()
  return opened
}
const repair = async ({ engine, data, publication, ledger }: TestLedger) =>
  await repairLedger({
    log: engine.log,
    storage: openLedgerFolder(join(data, 'ledger')),
    safe: openKeyFolder(join(data, 'keys')),
    publication,
    key: parseVerifierKey(ledger.vkey),
  })
const verified = async ({ data, ledger }: TestLedger) => {
  const { findings } = await verifyLedger({
    source: { kind: 'folder', folder: join(data, 'ledger') },
    policy: parsePolicy(Buffer.from(ledger.policy)),
  })
  return findings
}

test('nothing is made again in a ledger that is whole', async () => {
  expect(await repair(await publishedLedger())).toEqual([])
})

test('every file can be damaged or lost, and is made again as it was signed', async () => {
  const opened = await publishedLedger()
  const paths = [...tilesOf(SIZE)].map(pathOf)
  for (const [at, path] of paths.entries()) {
    const file = join(opened.data, 'ledger', path)
    if (at % 2 === 0) rmSync(file)
    else writeFileSync(file, flipBit(readFileSync(file), 77))
  }
  rmSync(join(opened.data, 'ledger/checkpoint'))
  expect((await verified(opened)).length).toBeGreaterThan(0)
  expect([...(await repair(opened))].sort()).toEqual([...paths, 'checkpoint'].sort())
  expect(await verified(opened)).toEqual([])
  await opened.close()
  expect(await startOf({ database: opened.database, data: opened.data })).toBe('started')
})

test('nothing is written when it is the entries that are wrong', async () => {
  const opened = await publishedLedger()
  const file = join(opened.data, 'ledger/tile/0/002')
  const damaged = flipBit(readFileSync(file), 5)
  writeFileSync(file, damaged)
  const client = new Client(opened.database)
  await client.connect()
  await client.query(
    `update ledger.entries set bytes = (select bytes from ledger.entries where seq = 5) where seq = 4`,
  )
  await client.end()
  await expect(repair(opened)).rejects.toMatchObject({ code: 'ledger-root-differs' })
  expect(readFileSync(file)).toEqual(damaged)
})
