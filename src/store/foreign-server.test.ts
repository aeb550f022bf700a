import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { createEngine } from '../app/engine/create-engine.ts'
import { accountProjections, openAccounts } from '../app/engine/testing/accounts.ts'
import { systemClock } from '../app/ports.ts'
import { expectRebuildEqual, rowsOf } from '../app/testing.ts'
import { openBlobFolder } from './blob-folder.ts'
import { connect, patiently } from './connections.ts'
import { openDatabase } from './database.ts'
import { openStore } from './postgres-store.ts'
import { environment } from './postgres/cluster.ts'
import { runAs } from './postgres/run-as.ts'
import { requireFit } from './schema.ts'

/** Debian's own PostgreSQL, if there is one: an older version than ours, and not under our care. */
const stock = stockBinaries()
const folder = mkdtempSync(join(tmpdir(), 'arinomama-foreign-'))
const as = runAs({ cluster: join(folder, 'cluster'), reached: [] })
let server: ReturnType<typeof spawn> | null = null

beforeAll(async () => {
  if (stock === null) return
  const cluster = join(folder, 'cluster')
  if (as.owner !== null) chownSync(folder, as.owner.uid, as.owner.gid)
  const asWhom = { ...as.owner, env: environment() }
  const made = spawnSync(
    join(stock, 'initdb'),
    ['-D', cluster, '--username=admin', '--auth=trust', '--encoding=UTF8', '--locale=C', '-N'],
    asWhom,
  )
  if (made.status !== 0) throw new Error(String(made.stderr))
  const flags = ['-D', cluster, '-c', 'listen_addresses=', '-k', folder]
  server = spawn(join(stock, 'postgres'), flags, { ...asWhom, stdio: 'ignore' })
  const admin = await patiently(() =>
    connect({ host: folder, user: 'admin', database: 'postgres' }, 't'),
  )
  await admin.query('create role plain login')
  await admin.query('create role making login createrole')
  await admin.query('create database plain owner plain')
  await admin.query('create database making owner making')
  await admin.query("create database latin encoding 'LATIN1' template template0")
  await admin.end()
})

afterAll(async () => {
  if (server !== null) {
    server.kill('SIGINT')
    await once(server, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

for (const owner of ['plain', 'making']) {
  test.skipIf(stock === null)(
    `a stock server under an ordinary user (${owner}) serves as well as our own`,
    async () => {
      const { engine, accounts } = await openHouse(`postgres://${owner}@/${owner}?host=${folder}`)
      const by = { by: 'per_1' }
      await accounts.handle({ type: 'open', account: 'a', holder: 'per_1', name: '佐藤' }, by)
      await accounts.handle({ type: 'deposit', account: 'a', amount: 3 }, by)
      expect(await rowsOf(engine, 'select name, balance from balances')).toEqual([
        { name: '佐藤', balance: 3 },
      ])
      const views = await engine.viewsAtSize(1)
      expect(views.size).toBe(1)
      await expect(rowsOf(engine, 'delete from balances returning *')).rejects.toThrow(
        /denied|read-only/,
      )
      await accounts.handle({ type: 'erase', account: 'a', person: 'per_1' }, by)
      expect(await rowsOf(engine, 'select name from balances')).toEqual([{ name: null }])
      await expectRebuildEqual(engine)
    },
  )
}

test.skipIf(stock === null)(
  'a database whose encoding cannot hold every text is refused',
  async () => {
    const url = `postgres://admin@/latin?host=${folder}`
    const dataFolder = temporaryFolder()
    await expect(openDatabase({ dataFolder, url })).rejects.toMatchObject({
      code: 'database-settings-unsafe',
      message: expect.stringContaining('LATIN1'),
    })
  },
)

test('a server that does not wait for its disk is refused: the run’s own is such a one', async () => {
  const { host, user, password, database } = inject('postgres')
  const url = `postgres://${user}:${password}@/${database}?host=${host}`
  await expect(openDatabase({ dataFolder: temporaryFolder(), url })).rejects.toMatchObject({
    code: 'database-settings-unsafe',
    message: expect.stringContaining('fsync'),
  })
})

test('a server older than 15 is refused, and its version named', () => {
  const settings = { version: '140012', encoding: 'UTF8', fsync: 'on', pages: 'on' }
  expect(() => requireFit(settings)).toThrow(
    expect.objectContaining({
      code: 'database-too-old',
      message: expect.stringContaining('version 14'),
    }),
  )
})

test.skipIf(stock === null)(
  'a data folder whose server is elsewhere is taken by one program all the same',
  async () => {
    const dataFolder = temporaryFolder()
    const url = `postgres://plain@/plain?host=${folder}`
    const first = await openDatabase({ dataFolder, url })
    await expect(openDatabase({ dataFolder, url })).rejects.toMatchObject({
      code: 'data-folder-in-use',
    })
    await first.close()
    await (await openDatabase({ dataFolder, url })).close()
  },
)

async function openHouse(url: string) {
  const dataFolder = temporaryFolder()
  const database = await openDatabase({ dataFolder, url })
  const store = openStore(database.connecting)
  const engine = createEngine({
    store,
    blobs: openBlobFolder(join(dataFolder, 'blobs')),
    clock: systemClock,
    projections: accountProjections,
  })
  onTestFinished(async () => {
    await engine.close()
    await store.close()
    await database.close()
  })
  return { engine, accounts: openAccounts(engine) }
}

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'arinomama-data-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

function stockBinaries(): string | null {
  const home = '/usr/lib/postgresql'
  const versions = existsSync(home) ? readdirSync(home).filter((name) => Number(name) >= 15) : []
  const [version] = versions.sort()
  return version === undefined ? null : join(home, version, 'bin')
}
