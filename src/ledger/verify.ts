import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { parseCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { LedgerError } from './ledger-error.ts'
import { parseNote } from './note.ts'
import { cosignersOf, verifyCheckpoint } from './policy.ts'
import type { Policy } from './policy.ts'
import { readerOf } from './source.ts'
import type { LedgerSource } from './source.ts'
import { TILE_WIDTH } from './tile.ts'
import { CHECKPOINT_PATH } from './tile-reader.ts'
import type { Read } from './tile-reader.ts'
import { proveExtension } from './tiles.ts'
import { checkBundle } from './verify-bundles.ts'
import type { BundleCheck, Finding } from './verify-bundles.ts'
import { judgeTiles } from './verify-tiles.ts'
import type { WorkerAnswer, WorkerStart, WorkerTask } from './verify-worker.ts'

export type Verification = {
  /** What the ledger says of itself; undefined when not even that can be read. */
  readonly checkpoint: Checkpoint | undefined
  /** Entries whose hash was recomputed. */
  readonly entries: number
  /** The policy's names of the witnesses that cosigned. */
  readonly cosigners: readonly string[]
  /** Empty when everything is as signed. */
  readonly findings: readonly Finding[]
}

export type VerifyOptions = {
  readonly source: LedgerSource
  readonly policy: Policy
  /** Signed checkpoints of earlier days, which the ledger must extend: by name. */
  readonly earlier?: ReadonlyMap<string, Uint8Array>
  /** 1 works without threads. */
  readonly threads?: number
  readonly onProgress?: (entriesDone: number, entriesTotal: number) => void
}

/**
 * Recomputes everything: signatures, quorum, every leaf, every tile, the root. Nothing is believed
 * but the policy's keys. Rejects only when a file cannot be had at all (`resource-unreachable` and
 * the like): then nobody knows.
 */
export async function verifyLedger(options: VerifyOptions): Promise<Verification> {
  const read = readerOf(options.source)
  const findings: Finding[] = []
  const opened = await openNewest(read, options.policy, findings)
  if (opened === undefined) return { checkpoint: undefined, entries: 0, cosigners: [], findings }
  const { checkpoint, cosigners } = opened
  const checks = await checkBundles(options, checkpoint.size)
  findings.push(...(await judgeTiles(read, checkpoint, checks)))
  for (const [name, bytes] of options.earlier ?? []) {
    findings.push(...(await judgeEarlier(read, checkpoint, name, bytes, options.policy)))
  }
  return { checkpoint, entries: checkpoint.size, cosigners, findings }
}

/** The newest checkpoint; even an unsigned one says which tree to hold the files against. */
async function openNewest(
  read: Read,
  policy: Policy,
  findings: Finding[],
): Promise<{ checkpoint: Checkpoint; cosigners: readonly string[] } | undefined> {
  const note = (error: unknown) => {
    if (!(error instanceof LedgerError) || error.code === 'resource-unreachable') throw error
    findings.push({ code: error.code, where: CHECKPOINT_PATH, message: error.message })
  }
  let bytes
  try {
    bytes = await read(CHECKPOINT_PATH)
  } catch (error) {
    note(error)
    return undefined
  }
  try {
    const { checkpoint, cosignatures } = verifyCheckpoint(bytes, policy)
    return { checkpoint, cosigners: cosignersOf(policy, cosignatures) }
  } catch (error) {
    note(error)
  }
  try {
    return { checkpoint: parseCheckpoint(parseNote(bytes).text), cosigners: [] }
  } catch {
    return undefined
  }
}

/** Bundles in one message to a thread. */
const TASK_BUNDLES = 16
const THREADS_MAX = 8

async function checkBundles(options: VerifyOptions, size: number): Promise<BundleCheck[]> {
  const bundles = Math.ceil(size / TILE_WIDTH)
  const checks: BundleCheck[] = []
  let done = 0
  const took = (found: readonly BundleCheck[]) => {
    for (const check of found) checks[check.index] = check
    done += found.length
    options.onProgress?.(Math.min(size, done * TILE_WIDTH), size)
  }
  const wanted = options.threads ?? Math.min(THREADS_MAX, availableParallelism())
  const threads = Math.min(wanted, Math.floor(bundles / TASK_BUNDLES))
  if (threads < 2) {
    const read = readerOf(options.source)
    for (let index = 0; index < bundles; index++) took([await checkBundle(read, size, index)])
    return checks
  }
  const tasks = taskQueue(bundles)
  const workers = Array.from(
    { length: threads },
    () =>
      new Worker(WORKER, { workerData: { source: options.source, size } satisfies WorkerStart }),
  )
  try {
    await Promise.all(workers.map((worker) => workThrough(worker, tasks, took)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return checks
}

const WORKER = new URL('./verify-worker.ts', import.meta.url)

function* taskQueue(bundles: number): Generator<WorkerTask, undefined> {
  for (let from = 0; from < bundles; from += TASK_BUNDLES) {
    yield { from, to: Math.min(bundles, from + TASK_BUNDLES) }
  }
}

/** Gives a thread one task after another until there is none. */
async function workThrough(
  worker: Worker,
  tasks: Generator<WorkerTask, undefined>,
  took: (checks: readonly BundleCheck[]) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const next = () => {
      const { value: task } = tasks.next()
      if (task === undefined) resolve()
      else worker.postMessage(task)
    }
    worker.on('message', (answer: WorkerAnswer) => {
      if ('failed' in answer) {
        reject(answer.failed instanceof Error ? answer.failed : new Error(String(answer.failed)))
        return
      }
      took(answer.checks)
      next()
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('a verifying thread ended by itself')))
    next()
  })
}

async function judgeEarlier(
  read: Read,
  newest: Checkpoint,
  name: string,
  bytes: Uint8Array,
  policy: Policy,
): Promise<Finding[]> {
  try {
    const { checkpoint } = verifyCheckpoint(bytes, { ...policy, quorum: 'none' })
    if (checkpoint.size > newest.size) {
      const message = `it was signed at size ${checkpoint.size}; the ledger has only ${newest.size}`
      return [{ code: 'ledger-shrunk', where: name, message }]
    }
    await proveExtension(read, checkpoint, newest)
    return []
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code === 'resource-unreachable') throw error
    return [{ code: error.code, where: error.path ?? name, message: error.message }]
  }
}
