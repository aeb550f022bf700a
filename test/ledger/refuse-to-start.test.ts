import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { LedgerStop, ledgerStops } from '../../src/app/ledger/ledger-stop.ts'
import { generateKey } from '../../src/ledger/keys.ts'
import { flipBit } from '../../src/ledger/testing.ts'
import { createTestDatabase } from '../../src/app/testing.ts'
import { openTestLedger, startOf, temporaryFolder } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'

/** A ledger of 300 published entries, whose program has ended. */
async function endedLedger(): Promise<TestLedger> {
  const opened = await openTestLedger()
  await opened.pin(300)
  await opened.ledger.publishNow()
  await opened.close()
  return opened
}
const started = async ({ database, data }: TestLedger) => await startOf({ database, data })
const edit = (path: string, change: (bytes: Buffer) => Uint8Array) =>
  writeFileSync(path, change(readFileSync(path)))

async function asAdministrator(database: pg.ClientConfig, ...statements: string[]) {
  const client = new Client(database)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
const shorten = (size: number) => [
  `delete from ledger.entries where seq >= ${size}`,
  `update ledger.head set size = ${size}`,
]

test('a whole ledger starts again', async () => {
  expect(await started(await endedLedger())).toBe('started')
})

test('every refusal says what happened and what to do, in both languages', () => {
  for (const text of Object.values(ledgerStops)) {
    expect(text.ja).toMatch(/。$/)
    expect(text.ja.split('。').length).toBeGreaterThan(2)
    expect(text.en.split(/[.:] /).length).toBeGreaterThan(1)
  }
  const stop = new LedgerStop('ledger-database-short', '5 < 9')
  expect(stop.message).toContain('5 < 9')
  expect(stop.text.ja).toContain('5 < 9')
})

describe('a database that is shorter than what was signed', () => {
  test('is refused, whichever copy of the checkpoint is left to show it', async () => {
    const ledger = await endedLedger()
    const { database, data } = ledger
    await asAdministrator(database, ...shorten(299))
    expect(await started(ledger)).toBe('ledger-database-short')
    await asAdministrator(database, 'delete from ledger.checkpoints', 'delete from ledger.storages')
    expect(await started(ledger)).toBe('ledger-database-short')
    rmSync(join(data, 'ledger/checkpoint'))
    expect(await started(ledger)).toBe('ledger-database-short')
    // With every copy gone only a witness, or a report, still knows.
    rmSync(join(data, 'keys/signed-checkpoint'))
    expect(await started(ledger)).toBe('started')
  })

  test('is refused when all of it is gone', async () => {
    const { data } = await endedLedger()
    expect(await startOf({ data, database: await createTestDatabase() })).toBe(
      'ledger-database-short',
    )
  })
})

describe('a database with another past at the same size', () => {
  test('is refused though it has grown beyond what was signed', async () => {
    const ledger = await endedLedger()
    const { database, data } = ledger
    // A backup of before the last 100 entries, to which others were added.
    await asAdministrator(
      database,
      ...shorten(200),
      'delete from ledger.checkpoints',
      'delete from ledger.storages',
      'delete from ledger.commands',
      'truncate views.board',
      'delete from ledger.projections',
    )
    const elsewhere = temporaryFolder()
    cpSync(join(data, 'keys/ledger.key'), join(elsewhere, 'keys/ledger.key'), { recursive: true })
    const restored = await openTestLedger({ database, data: elsewhere })
    await restored.pin(150)
    await restored.close()
    expect(await started(ledger)).toBe('ledger-files-conflict')
    rmSync(join(data, 'ledger'), { recursive: true })
    await asAdministrator(database, 'delete from ledger.checkpoints')
    expect(await started(ledger)).toBe('ledger-root-differs')
  })
})

describe('a damaged file', () => {
  const needed = ['tile/entries/001.p/44', 'tile/0/001.p/44', 'tile/1/000.p/1']
  test.each(needed)('%s is refused: flipped, cut short or gone', async (path) => {
    const ledger = await endedLedger()
    const file = join(ledger.data, 'ledger', path)
    const whole = readFileSync(file)
    edit(file, (bytes) => flipBit(bytes, 99))
    expect(await started(ledger)).toBe('ledger-file-damaged')
    edit(file, () => whole.subarray(0, -1))
    expect(await started(ledger)).toBe('ledger-file-damaged')
    rmSync(file)
    expect(await started(ledger)).toBe('ledger-file-damaged')
    writeFileSync(file, whole)
    expect(await started(ledger)).toBe('started')
  })

  test('a damaged copy of the last checkpoint is refused, wherever it is', async () => {
    const ledger = await endedLedger()
    for (const path of ['keys/signed-checkpoint', 'ledger/checkpoint']) {
      const file = join(ledger.data, path)
      const whole = readFileSync(file)
      edit(file, (bytes) => flipBit(bytes, bytes.length * 4))
      expect(await started(ledger)).toBe('ledger-copy-damaged')
      writeFileSync(file, whole)
    }
    await asAdministrator(ledger.database, `update ledger.checkpoints set text = 'x'`)
    expect(await started(ledger)).toBe('ledger-copy-damaged')
  })
})

describe('the key', () => {
  test('another one is refused', async () => {
    const ledger = await endedLedger()
    const { skey } = generateKey(ledger.ledger.origin, 'ed25519')
    writeFileSync(join(ledger.data, 'keys/ledger.key'), `${skey}\n`)
    expect(await started(ledger)).toBe('ledger-key-wrong')
  })

  test('a damaged one is refused, and the message does not repeat it', async () => {
    const ledger = await endedLedger()
    const file = join(ledger.data, 'keys/ledger.key')
    const secret = readFileSync(file, 'utf8').trim().slice(-30)
    edit(file, (bytes) => bytes.subarray(0, -6))
    const stop = await openTestLedger({ database: ledger.database, data: ledger.data }).catch(
      (error: unknown) => error,
    )
    expect(stop).toMatchObject({ code: 'ledger-key-damaged' })
    expect(String(stop)).not.toContain(secret.slice(0, 20))
  })

  test('a missing one is never replaced by a new one', async () => {
    const ledger = await endedLedger()
    rmSync(join(ledger.data, 'keys/ledger.key'))
    expect(await started(ledger)).toBe('ledger-key-missing')
    expect(readdirSync(join(ledger.data, 'keys'))).toEqual(['signed-checkpoint'])
  })
})

test('a witness policy that cannot be read is refused, with the line', async () => {
  const witnessPolicy = Buffer.from('# one\nquorum nobody\n')
  const stop = await openTestLedger({ witnessPolicy }).catch((error: unknown) => error)
  expect(stop).toMatchObject({ code: 'ledger-policy-malformed' })
  expect(String(stop)).toContain('line 2')
})
