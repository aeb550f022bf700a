/** What `bench/ledger.ts` measures, one task in one process. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import { createEngine } from '../src/app/engine/create-engine.ts'
import { openLedger } from '../src/app/ledger/open.ts'
import { ledgerProjections } from '../src/app/ledger/views.ts'
import { systemClock } from '../src/app/ports.ts'
import { canonicalJson } from '../src/domain/canonical-json.ts'
import { openCheckpoint } from '../src/ledger/checkpoint.ts'
import { parseVerifierKey } from '../src/ledger/keys.ts'
import { proveInclusion } from '../src/ledger/merkle.ts'
import { parsePolicy } from '../src/ledger/policy.ts'
import { CHECKPOINT_PATH, folderReader } from '../src/ledger/tile-reader.ts'
import { openTiles, proveEntry } from '../src/ledger/tiles.ts'
import { verifyLedger } from '../src/ledger/verify.ts'
import { openBlobFolder } from '../src/store/blob-folder.ts'
import { openDatabase } from '../src/store/database.ts'
import { openEntryAudit } from '../src/store/entry-audit.ts'
import { openEntryIndex } from '../src/store/entry-index.ts'
import { openKeyFolder, vkeyOf } from '../src/store/key-folder.ts'
import { openLedgerFolder } from '../src/store/ledger-folder.ts'
import { openStore } from '../src/store/postgres-store.ts'
import { openPublication } from '../src/store/publication.ts'
import { witnessPost } from '../src/store/witness-post.ts'
import { boardProjections, boardRoom } from '../test/ledger/board.ts'

export type Task =
  | { readonly kind: 'hash'; readonly seconds: number }
  | {
      readonly kind: 'plain' | 'append' | 'serve' | 'prove'
      readonly data: string
      readonly seconds: number
    }
  | { readonly kind: 'integrate'; readonly data: string; readonly entries: number }
  | { readonly kind: 'verify'; readonly data: string; readonly threads: number }

export type TaskResult = {
  readonly what: string
  readonly perSecond: number
  readonly unit: string
  readonly aim?: number
  readonly note?: string
}

const aims = { batched: 20_000, single: 1_000, verify: 250_000, memoryMb: 250 } as const
const batches = [1, 64, 1_024] as const
const concurrent = 64
const text = 'x'.repeat(80)
const recordedAt = '2026-01-05T00:00:00.000Z'

const task: Task = JSON.parse(process.argv[2] ?? '{}')
const report = (result: TaskResult) => void process.send?.(result)

switch (task.kind) {
  case 'hash':
    hashes(task.seconds)
    break
  case 'plain':
    await plain(task.data, task.seconds)
    break
  case 'append':
    await append(task.data, task.seconds)
    break
  case 'integrate':
    await integrate(task.data, task.entries)
    break
  case 'serve':
    await serve(task.data, task.seconds)
    break
  case 'prove':
    await prove(task.data, task.seconds)
    break
  case 'verify':
    await verify(task.data, task.threads)
    break
}
process.disconnect()

function hashes(seconds: number): void {
  const entry = entryAt(1_234_567, 'n')
  let count = 0
  const started = performance.now()
  while (performance.now() - started < seconds * 1000) {
    for (let i = 0; i < 1_000; i++) hash('sha256', entry, 'binary')
    count += 1_000
  }
  const what = `SHA-256 of ${entry.length} bytes, one thread`
  report({ what, perSecond: (count * 1000) / (performance.now() - started), unit: 'hashes/s' })
}

/** As many times as fit; answers how many of what was counted came in a second. */
async function rate(seconds: number, work: (round: number) => Promise<number>): Promise<number> {
  // What is loaded and compiled at the first time is not what is measured.
  for (let round = 0; round < 3; round++) await work(round)
  let count = 0
  const started = performance.now()
  for (let round = 3; performance.now() - started < seconds * 1000; round++)
    count += await work(round)
  return (count * 1000) / (performance.now() - started)
}

async function plain(data: string, seconds: number): Promise<void> {
  const database = await openDatabase({ dataFolder: data })
  const client = new Client(database.connecting)
  await client.connect()
  await client.query('create table plain (seq bigint primary key, bytes bytea not null)')
  let seq = 0
  for (const batch of batches) {
    const perSecond = await rate(seconds, async () => {
      const seqs = Array.from({ length: batch }, () => seq++)
      const rows = [seqs, seqs.map((at) => entryAt(at, 'n'))]
      await client.query('insert into plain select * from unnest($1::bigint[], $2::bytea[])', rows)
      return batch
    })
    report({ what: `insert, ${batch} rows a transaction`, perSecond, unit: 'rows/s' })
  }
  const pool = new Pool({ ...database.connecting, max: 16 })
  const perSecond = await rate(seconds, async () => {
    const one = () => {
      const row = [seq++, entryAt(seq, 'n')]
      return pool.query('insert into plain values ($1, $2)', row)
    }
    await Promise.all(Array.from({ length: concurrent }, one))
    return concurrent
  })
  report({ what: `insert, ${concurrent} at once over 16 connections`, perSecond, unit: 'rows/s' })
  await pool.end()
  await client.query('drop table plain')
  await client.end()
  await database.close()
}

async function append(data: string, seconds: number): Promise<void> {
  const { board, close } = await openHouse(data)
  const pin = async (notes: readonly string[]) =>
    await board.handle(
      { type: 'pin', notes: notes.map((note) => ({ note, text })) },
      { by: 'per_1' },
    )
  for (const batch of batches) {
    const perSecond = await rate(seconds, async (round) => {
      await pin(Array.from({ length: batch }, (_, i) => `b${batch}-${round}-${i}`))
      return batch
    })
    const aim = batch === 1_024 ? { aim: aims.batched } : {}
    report({ what: `append, ${batch} entries a command`, perSecond, unit: 'entries/s', ...aim })
  }
  const perSecond = await rate(seconds, async (round) => {
    await Promise.all(Array.from({ length: concurrent }, (_, i) => pin([`c-${round}-${i}`])))
    return concurrent
  })
  const note = memoryNote()
  const what = `append, ${concurrent} single commands at once`
  report({ what, perSecond, unit: 'commands/s', aim: aims.single, note })
  await close()
}

/** A million entries are written by SQL, and then integrated and published as always. */
async function integrate(data: string, entries: number): Promise<void> {
  const database = await openDatabase({ dataFolder: data })
  const client = new Client(database.connecting)
  await client.connect()
  const from = Number((await client.query('select size from ledger.head')).rows[0]?.size ?? 0)
  await client.query(
    `insert into ledger.entries
     select at, convert_to(replace($3, '0000000', lpad(at::text, 7, '0')), 'UTF8'),
            'board.pinned.v1', 'board/f', 'per_1', $4, $4
       from generate_series($1::bigint, $2::bigint) as at`,
    [from, entries - 1, entryAt(0, '0000000').toString(), recordedAt],
  )
  await client.query('update ledger.head set size = $1', [entries])
  await client.end()
  await database.close()
  const started = performance.now()
  const { ledger, close } = await openHouse(data)
  const checkpoint = await ledger.publishNow()
  const perSecond = ((checkpoint?.size ?? 0) - from) / ((performance.now() - started) / 1000)
  const note = memoryNote()
  report({ what: 'integrate and publish at a start', perSecond, unit: 'entries/s', note })
  await close()
}

/** The log is as large as it is; commands come one after the other, and each is waited for. */
async function serve(data: string, seconds: number): Promise<void> {
  const { board, ledger, close } = await openHouse(data)
  const size = (await ledger.head())?.size ?? (await ledger.publishNow())?.size ?? 0
  const published: number[] = []
  const started = performance.now()
  for (let round = 0; performance.now() - started < seconds * 1000; round++) {
    const committed = performance.now()
    const notes = [{ note: `s-${round}`, text }]
    const done = await board.handle({ type: 'pin', notes }, { by: 'per_1' })
    const last = 'refused' in done ? -1 : (done.last ?? -1)
    while (((await ledger.head())?.size ?? 0) <= last) await pause(2)
    published.push(performance.now() - committed)
  }
  const slowest = Math.round(Math.max(...published))
  const what = `command to published checkpoint, ${size.toLocaleString('en-US')} entries`
  const perSecond = published.length / seconds
  const note = `slowest ${slowest} ms (aim 1,000 ms); ${memoryNote()}`
  report({ what, perSecond, unit: 'publishes/s', note })
  await close()
}

async function prove(data: string, seconds: number): Promise<void> {
  const read = folderReader(join(data, 'ledger'))
  const key = parseVerifierKey(vkeyOf(data) ?? '')
  const { checkpoint } = openCheckpoint(await read(CHECKPOINT_PATH), [key], [])
  const { size } = checkpoint
  const next = (round: number) => (round * 7_919_333) % size
  const cold = await rate(seconds, async (round) => {
    await proveEntry(read, checkpoint, next(round))
    return 1
  })
  report({ what: 'inclusion proof, from the files each time', perSecond: cold, unit: 'proofs/s' })
  const tiles = await openTiles(read, checkpoint)
  const warm = await rate(seconds, async (round) => {
    await proveInclusion(next(round), size, tiles.readHashes)
    return 1
  })
  report({
    what: 'inclusion proof, tiles kept',
    perSecond: warm,
    unit: 'proofs/s',
    note: memoryNote(),
  })
}

async function verify(data: string, threads: number): Promise<void> {
  const started = performance.now()
  const { entries, findings } = await verifyLedger({
    source: { kind: 'folder', folder: join(data, 'ledger') },
    policy: parsePolicy(Buffer.from(`log ${vkeyOf(data)}\nquorum none\n`)),
    threads,
  })
  if (findings.length > 0) throw new Error(`${findings.length} findings`)
  const perSecond = (entries * 1000) / (performance.now() - started)
  const what = `verify, ${threads} thread${threads === 1 ? '' : 's'}`
  report({ what, perSecond, unit: 'entries/s', aim: aims.verify, note: memoryNote() })
}

async function openHouse(data: string) {
  const database = await openDatabase({ dataFolder: data })
  const { connecting } = database
  const store = openStore(connecting)
  const publication = openPublication(connecting)
  const index = openEntryIndex(connecting)
  const engine = createEngine({
    store,
    blobs: openBlobFolder(join(data, 'blobs')),
    clock: systemClock,
    projections: [...boardProjections, ...ledgerProjections],
  })
  const board = engine.open(boardRoom)
  const folder = join(data, 'ledger')
  const ledger = await openLedger(engine, {
    storage: openLedgerFolder(folder),
    source: { kind: 'folder', folder },
    safe: openKeyFolder(join(data, 'keys')),
    publication,
    index,
    clock: systemClock,
    post: witnessPost(1_000),
    audit: () => openEntryAudit(connecting),
  })
  ledger.start()
  const close = async () => {
    await ledger.stop()
    await engine.close()
    await index.close()
    await publication.close()
    await store.close()
    await database.close()
  }
  return { board, ledger, close }
}

/** The highest that this process has ever held, program and all. */
function memoryNote(): string {
  const mb = Math.round(process.resourceUsage().maxRSS / 1024)
  const verdict = mb <= aims.memoryMb ? 'reached' : 'MISSED'
  return `${mb} MB of memory at most (aim ${aims.memoryMb}  ${verdict})`
}

/** An entry as the engine writes it. */
function entryAt(seq: number, note: string): Buffer {
  return Buffer.from(
    canonicalJson({
      v: 1,
      type: 'board.pinned.v1',
      stream: 'board/f',
      by: 'per_1',
      command: `cmd_01jb0000000000000000000000`,
      recordedAt,
      effectiveAt: recordedAt,
      data: { note: note === '0000000' ? note : `${note}${seq}`, text },
    }),
  )
}
