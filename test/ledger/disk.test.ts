import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { StorageFault } from '../../src/app/ledger/ports.ts'
import type { LedgerStorage } from '../../src/app/ledger/ports.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { openLedgerFolder } from '../../src/store/ledger-folder.ts'
import { openTestLedger, restarted, startOf, temporaryFolder } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'

const verified = async ({ data, ledger }: TestLedger) => {
  const { findings, entries } = await verifyLedger({
    source: { kind: 'folder', folder: join(data, 'ledger') },
    policy: parsePolicy(Buffer.from(ledger.policy)),
  })
  return { findings, entries }
}
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'published',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

/** A file system of so many bytes; why there can be none, where there can't. */
function smallDisk(folder: string, size: string): string | undefined {
  mkdirSync(folder, { recursive: true })
  const { status, stderr, error } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder],
    { encoding: 'utf8' },
  )
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}
const probe = join('/tmp', `arinomama-mount-${process.pid}`)
const why = smallDisk(probe, '64k')
if (why === undefined) spawnSync('umount', [probe])
rmSync(probe, { recursive: true, force: true })

describe.skipIf(why !== undefined)(`a full disk${why === undefined ? '' : ` (${why})`}`, () => {
  test('loses nothing: commands are acknowledged, publishing waits and then goes on', async () => {
    const data = temporaryFolder()
    const folder = join(data, 'ledger')
    smallDisk(folder, '300k')
    onTestFinished(() => void spawnSync('umount', ['-l', folder]))
    const opened = await openTestLedger({ data })
    await opened.pin(100)
    expect(await codeOf(opened.ledger.publishNow())).toBe('published')
    await opened.pin(3_000)
    expect(await codeOf(opened.ledger.publishNow())).toBe('ledger-storage-unwritable')
    await opened.pin(10)
    await vi.waitFor(async () => {
      // 3,110 notes, and the entry that says what is wrong.
      const { alarms, size, checkpoint } = await opened.ledger.health()
      expect([size, checkpoint?.size]).toEqual([3_111, 100])
      expect(alarms.map(({ code }) => code)).toEqual(['ledger-storage-unwritable'])
    })
    expect((await verified(opened)).findings).toEqual([])
    spawnSync('mount', ['-o', 'remount,size=64m', folder])
    expect(await codeOf(opened.ledger.publishNow())).toBe('published')
    expect(await verified(opened)).toMatchObject({ findings: [], entries: 3_111 })
    await vi.waitFor(async () => expect((await opened.ledger.health()).alarms).toEqual([]))
  })

  test('is a refusal with a message when it is full at the start', async () => {
    const data = temporaryFolder()
    const folder = join(data, 'ledger')
    smallDisk(folder, '16k')
    onTestFinished(() => void spawnSync('umount', ['-l', folder]))
    expect(() => writeFileSync(join(folder, 'ballast'), Buffer.alloc(20_000))).toThrow('ENOSPC')
    expect(await startOf({ data })).toBe('data-folder-unwritable')
    rmSync(join(folder, 'ballast'))
    expect(await startOf({ data })).toBe('started')
  })
})

describe('a folder that cannot be written', () => {
  test('is an alarm while it lasts, and nothing is lost', async () => {
    const opened = await openTestLedger()
    const folder = join(opened.data, 'ledger')
    // Also root cannot make a folder where a file is.
    writeFileSync(join(folder, 'tile'), '')
    await opened.pin(5)
    expect(await codeOf(opened.ledger.publishNow())).toBe('ledger-storage-unwritable')
    expect(existsSync(join(folder, 'checkpoint'))).toBe(false)
    rmSync(join(folder, 'tile'))
    expect(await codeOf(opened.ledger.publishNow())).toBe('published')
    expect((await verified(opened)).findings).toEqual([])
  })

  test('is a refusal at the start', async () => {
    const data = temporaryFolder()
    writeFileSync(join(data, 'keys'), '')
    expect(await startOf({ data })).toBe('ledger-storage-unwritable')
  })
})

describe('a disk that does not confirm', () => {
  /** A real folder whose fsync fails from a moment on: nobody can make a real disk do that. */
  function failing(folder: string): LedgerStorage & { fails: boolean } {
    const storage = openLedgerFolder(folder)
    const failingStorage = {
      ...storage,
      fails: false,
      async putImmutable(files: Parameters<LedgerStorage['putImmutable']>[0]) {
        await storage.putImmutable(files)
        if (failingStorage.fails) throw new StorageFault('unknown', 'tile', 'EIO: fsync')
      },
    }
    return failingStorage
  }

  test('stops publishing for good: a second fsync would say what is not true', async () => {
    const data = temporaryFolder()
    const storage = failing(join(data, 'ledger'))
    const opened = await openTestLedger({ data, storage })
    await opened.pin(5)
    await opened.ledger.publishNow()
    storage.fails = true
    await opened.pin(5)
    expect(await codeOf(opened.ledger.publishNow())).toBe('ledger-storage-unknown')
    storage.fails = false
    expect(await codeOf(opened.ledger.publishNow())).toBe('ledger-storage-unknown')
    const { alarms } = await opened.ledger.health()
    expect(alarms.map(({ code }) => code)).toEqual(['ledger-storage-unknown'])
    const again = await restarted(opened)
    expect(await codeOf(again.ledger.publishNow())).toBe('published')
    expect((await verified(again)).findings).toEqual([])
  })
})

test('what a crash left half written under a temporary name is never read and never in the way', async () => {
  const opened = await openTestLedger()
  const folder = join(opened.data, 'ledger')
  const paths = ['tile/entries/000.p/5', 'tile/0/000.p/5', 'checkpoint']
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, `${path}.${process.pid}.tmp`), 'half')
    writeFileSync(join(folder, `${path}.999999.tmp`), 'half')
  }
  await opened.pin(5)
  expect(await codeOf(opened.ledger.publishNow())).toBe('published')
  expect((await verified(opened)).findings).toEqual([])
  expect(readdirSync(join(folder, 'tile/0/000.p')).sort()).toEqual(['5', '5.999999.tmp'])
})
