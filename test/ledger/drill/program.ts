/**
 * The program that the drill kills: engine and ledger on a data folder, with an embedded PostgreSQL
 * of its own unless a database is named. It takes appends from its parent and acknowledges them.
 *
 *   node program.ts '{"data":"…","step":"sign: after the commit","at":3}'
 */
import { join } from 'node:path'
import { createEngine } from '../../../src/app/engine/create-engine.ts'
import { openLedger } from '../../../src/app/ledger/open.ts'
import { ledgerProjections } from '../../../src/app/ledger/views.ts'
import { systemClock } from '../../../src/app/ports.ts'
import { openBlobFolder } from '../../../src/store/blob-folder.ts'
import { openDatabase } from '../../../src/store/database.ts'
import { openEntryAudit } from '../../../src/store/entry-audit.ts'
import { openEntryIndex } from '../../../src/store/entry-index.ts'
import { openKeyFolder } from '../../../src/store/key-folder.ts'
import { openLedgerFolder } from '../../../src/store/ledger-folder.ts'
import { openStore } from '../../../src/store/postgres-store.ts'
import { openPublication } from '../../../src/store/publication.ts'
import { witnessPost } from '../../../src/store/witness-post.ts'
import { boardProjections, boardRoom } from '../board.ts'
import { steps, watched } from './steps.ts'
import type { Step } from './steps.ts'

export type ProgramOptions = {
  readonly data: string
  readonly databaseUrl?: string
  /** Dies at the `at`th time it comes to this step. */
  readonly step?: string
  readonly at?: number
  /** A tlog-policy file's text. */
  readonly witnessPolicy?: string
}

export type Order = { readonly id: string; readonly notes: readonly string[] }
/** Publish, verify everything, publish again, and say what was found. */
export type VerifyOrder = 'verify'
export type Report =
  | { readonly kind: 'ready'; readonly postgres: number | undefined }
  | { readonly kind: 'done'; readonly id: string; readonly first: number; readonly last: number }
  | { readonly kind: 'failed'; readonly id: string; readonly why: string }
  | { readonly kind: 'verified'; readonly size: number; readonly findings: readonly string[] }

const options: ProgramOptions = JSON.parse(process.argv[2] ?? '{}')
const { data, witnessPolicy } = options
const reached = new Map<Step, number>()
const reach = (step: Step) => {
  const times = (reached.get(step) ?? 0) + 1
  reached.set(step, times)
  // As sudden as a power cut to the process: no handler runs, no buffer is written.
  if (step === options.step && times === (options.at ?? 1)) process.kill(process.pid, 'SIGKILL')
}
if (options.step !== undefined && !steps.some((step) => step === options.step)) {
  throw new Error(`there is no step ${options.step}`)
}

const database = await openDatabase({ dataFolder: data, url: options.databaseUrl })
const { connecting } = database
const ports = watched(
  {
    store: openStore(connecting),
    storage: openLedgerFolder(join(data, 'ledger')),
    safe: openKeyFolder(join(data, 'keys')),
    publication: openPublication(connecting),
    post: witnessPost(2_000),
  },
  reach,
)
const engine = createEngine({
  store: ports.store,
  blobs: openBlobFolder(join(data, 'blobs')),
  clock: systemClock,
  projections: [...boardProjections, ...ledgerProjections],
})
const board = engine.open(boardRoom)
const ledger = await openLedger(engine, {
  ...ports,
  index: openEntryIndex(connecting),
  source: { kind: 'folder', folder: join(data, 'ledger') },
  audit: () => openEntryAudit(connecting),
  clock: systemClock,
  witnessPolicy: witnessPolicy === undefined ? undefined : Buffer.from(witnessPolicy),
})
await engine.ready()
ledger.start()

const report = (said: Report) => void process.send?.(said)
process.on('message', (order: Order | VerifyOrder) => {
  if (order === 'verify') return void verify()
  const notes = order.notes.map((note) => ({ note, text: `note ${note}` }))
  board.handle({ type: 'pin', notes }, { by: 'per_1', command: order.id }).then(
    (done) => {
      if ('refused' in done) report({ kind: 'failed', id: order.id, why: done.refused })
      else report({ kind: 'done', id: order.id, first: done.first ?? -1, last: done.last ?? -1 })
    },
    (error: unknown) => report({ kind: 'failed', id: order.id, why: String(error) }),
  )
})
async function verify(): Promise<void> {
  const { findings, size } = await ledger.verify('system:drill')
  await ledger.publishNow()
  report({
    kind: 'verified',
    size,
    findings: findings.map(({ code, where, message }) => `${code} ${where}: ${message}`),
  })
}
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
report({ kind: 'ready', postgres: database.embedded?.pid() })
