import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createEngine } from '../app/engine/create-engine.ts'
import { accountProjections, openAccounts } from '../app/engine/testing/accounts.ts'
import { readEnvelope } from '../app/engine/envelope.ts'
import { systemClock } from '../app/ports.ts'
import { expectRebuildEqual } from '../app/testing.ts'
import { openBlobFolder } from './blob-folder.ts'
import { connect } from './connections.ts'
import { openDatabase } from './database.ts'
import { openStore } from './postgres-store.ts'
import { identityOf, isAlive, processesIn } from './processes.ts'

test('a data folder is created, closed and opened again with what was acknowledged', async () => {
  const folder = temporaryFolder()
  const first = await openHouse(folder)
  expect(await first.accounts.handle(open('a'), by)).toEqual({ first: 0, last: 0 })
  await first.close()
  const second = await openHouse(folder)
  expect(await second.accounts.handle(deposit('a', 7), by)).toEqual({ first: 1, last: 1 })
  expect(await second.engine.log.size()).toBe(2)
  await expectRebuildEqual(second.engine)
})

test('the server is told to be durable, listens to nobody else, and its password is ours alone', async () => {
  const folder = dataFolderCopy()
  const { database } = await openHouse(folder)
  const client = await connect(database.connecting, 'test')
  const { rows } = await client.query(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes',
       'synchronous_commit', 'data_checksums', 'listen_addresses') order by name`,
  )
  await client.end()
  expect(rows).toEqual([
    { name: 'data_checksums', setting: 'on' },
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'listen_addresses', setting: '' },
    { name: 'synchronous_commit', setting: 'on' },
  ])
  expect(statSync(join(folder, 'postgres', 'password')).mode & 0o777).toBe(0o600)
})

test('a second start on the same folder is refused while the first one lives', async () => {
  const folder = dataFolderCopy()
  await openHouse(folder)
  await expect(openDatabase({ dataFolder: folder })).rejects.toMatchObject({
    code: 'data-folder-in-use',
    message: expect.stringContaining(`in use by process ${process.pid}`),
  })
})

test('a lock left behind by a process that is gone does not hinder the next start', async () => {
  const folder = dataFolderCopy()
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 1, identity: 'another boot 42' }))
  const first = await openHouse(folder)
  expect(await first.accounts.handle(open('a'), by)).toEqual({ first: 0, last: 0 })
  await first.close()
  writeFileSync(join(folder, 'lock'), 'torn {')
  const second = await openHouse(folder)
  expect(await second.engine.log.size()).toBe(1)
})

test('two starts at the same moment: one opens the folder, the other is refused', async () => {
  const folder = dataFolderCopy()
  const both = await Promise.allSettled([
    openDatabase({ dataFolder: folder }),
    openDatabase({ dataFolder: folder }),
  ])
  for (const one of both) if (one.status === 'fulfilled') await one.value.close()
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('after kill -9 of the program the next start recovers by itself, with all that was acknowledged', async () => {
  const folder = dataFolderCopy()
  const { program, acknowledged, postgres } = await startAcknowledging(folder)
  while (acknowledged.size < 200) await once(program.lines, 'line')
  program.child.kill('SIGKILL')
  await once(program.child, 'exit')
  // Its PostgreSQL lives on, an orphan that has to be found and stopped first.
  expect(isAlive(postgres)).toBe(true)
  const { engine } = await openHouse(folder)
  expect(identityOf(postgres)).toBeNull()
  expect(await misplaced(engine, acknowledged)).toEqual([])
  await expectRebuildEqual(engine)
})

test('after kill -9 of the program and its PostgreSQL the next start recovers as well', async () => {
  const folder = dataFolderCopy()
  const { program, acknowledged, postgres } = await startAcknowledging(folder)
  while (acknowledged.size < 200) await once(program.lines, 'line')
  program.child.kill('SIGKILL')
  process.kill(postgres, 'SIGKILL')
  await once(program.child, 'exit')
  const { engine } = await openHouse(folder)
  expect(await misplaced(engine, acknowledged)).toEqual([])
  await expectRebuildEqual(engine)
})

test('kill -9 of PostgreSQL under load: it is started again and every command is carried out once', async () => {
  const folder = dataFolderCopy()
  const { engine, accounts, database } = await openHouse(folder)
  await accounts.handle(open('a'), by)
  const total = 600
  const commands = Array.from({ length: total }, (_, i) => `c${i}`)
  const answers = new Map<string, number | null>()
  const work = Array.from({ length: 20 }, async (_, worker) => {
    for (const command of commands.filter((_, i) => i % 20 === worker)) {
      const done = await accounts.handle(deposit('a', 1), { ...by, command })
      if ('refused' in done) throw new Error(done.refused)
      answers.set(command, done.first)
    }
  })
  for (let i = 1; i <= 3; i++) {
    const server = () => database.embedded?.pid() ?? 0
    while (answers.size < i * 150 || !isAlive(server())) await delay(1)
    process.kill(server(), 'SIGKILL')
  }
  await Promise.all(work)
  expect(new Set(answers.values()).size).toBe(total)
  expect(await engine.log.size()).toBe(total + 1)
  expect(await misplaced(engine, answers)).toEqual([])
  await expectRebuildEqual(engine)
})

test('the program ends with its PostgreSQL when it is told to, by Ctrl-C or by its supervisor', async () => {
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const folder = dataFolderCopy()
    const { program, postgres } = await startAcknowledging(folder)
    program.child.kill(name)
    await once(program.child, 'exit')
    expect(program.child.signalCode).toBe(name)
    expect(identityOf(postgres)).toBeNull()
    expect(processesIn(join(folder, 'postgres', 'cluster'))).toEqual([])
  }
})

test('a data folder in a place too deep for a socket works as well', async () => {
  const folder = join(temporaryFolder(), 'deep'.repeat(20), 'data')
  mkdirSync(folder, { recursive: true })
  expect(spawnSync('cp', ['-a', `${template}/.`, folder]).status).toBe(0)
  const { accounts } = await openHouse(folder)
  expect(await accounts.handle(open('a'), by)).toEqual({ first: 0, last: 0 })
})

test('a folder that cannot be made names itself and says what to do', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  await expect(openDatabase({ dataFolder: join(file, 'data') })).rejects.toMatchObject({
    code: 'data-folder-unwritable',
    message: expect.stringContaining('ARINOMAMA_DATA'),
  })
})

test('a server that cannot be reached is named as such', async () => {
  const url = 'postgres://nobody@127.0.0.1:1/nothing'
  await expect(openDatabase({ dataFolder: temporaryFolder(), url })).rejects.toMatchObject({
    code: 'database-unreachable',
  })
})

const by = { by: 'per_1' }
const open = (account: string) =>
  ({ type: 'open', account, holder: 'per_1', name: '佐藤' }) as const
const deposit = (account: string, amount: number) => ({ type: 'deposit', account, amount }) as const

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A data folder with an empty ledger, copied: creating one waits for the disk for seconds. */
let template = ''
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'arinomama-template-'))
  await (await openDatabase({ dataFolder: template })).close()
})
afterAll(() => rmSync(template, { recursive: true, force: true }))

function dataFolderCopy(): string {
  const folder = temporaryFolder()
  expect(spawnSync('cp', ['-a', `${template}/.`, folder]).status).toBe(0)
  return folder
}

async function openHouse(dataFolder: string) {
  const database = await openDatabase({ dataFolder })
  const store = openStore(database.connecting)
  const engine = createEngine({
    store,
    blobs: openBlobFolder(join(dataFolder, 'blobs')),
    clock: systemClock,
    projections: accountProjections,
  })
  const accounts = openAccounts(engine)
  let closed: Promise<void> | null = null
  const close = () =>
    (closed ??= (async () => {
      await engine.close()
      await store.close()
      await database.close()
    })())
  onTestFinished(close)
  return { database, engine, accounts, close }
}

type Program = { child: ChildProcess; lines: ReturnType<typeof createInterface> }

/** Starts the program and collects what it acknowledges: the command's id and its entry. */
async function startAcknowledging(folder: string) {
  const script = fileURLToPath(new URL('./testing/acknowledging.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })
  const program: Program = { child, lines }
  const acknowledged = new Map<string, number | null>()
  const [first] = await once(lines, 'line')
  lines.on('line', (line: string) => {
    const [command, seq] = line.split(' ')
    // The last line may be torn by the kill.
    if (command !== undefined && /^\d+$/.test(seq ?? '')) acknowledged.set(command, Number(seq))
  })
  const postgres = Number(String(first).replace('postgres ', ''))
  return { program, acknowledged, postgres }
}

/** Acknowledged commands that do not stand exactly where it was said, or stand elsewhere as well. */
async function misplaced(
  engine: Awaited<ReturnType<typeof openHouse>>['engine'],
  acknowledged: ReadonlyMap<string, number | null>,
) {
  const size = await engine.log.size()
  const found = new Map<string, number[]>()
  for (let from = 0; from < size; from += 1_000) {
    const entries = await engine.log.entries(from, Math.min(from + 1_000, size))
    entries.forEach((bytes, i) => {
      const { command } = readEnvelope(bytes)
      found.set(command, [...(found.get(command) ?? []), from + i])
    })
  }
  return [...acknowledged].filter(([command, seq]) => {
    const places = found.get(command) ?? []
    return places.length !== 1 || places[0] !== seq
  })
}
