import { parentPort, workerData } from 'node:worker_threads'
import { readerOf } from './source.ts'
import type { LedgerSource } from './source.ts'
import { checkBundle } from './verify-bundles.ts'
import type { BundleCheck } from './verify-bundles.ts'

/** A thread that checks bundles; see `verify.ts`, which starts it. */

export type WorkerStart = { readonly source: LedgerSource; readonly size: number }
export type WorkerTask = { readonly from: number; readonly to: number }
export type WorkerAnswer = { readonly checks: BundleCheck[] } | { readonly failed: unknown }

/** Bundles read at once by a thread: each can be 16 MiB. */
const AT_ONCE = 4

// The parent is this program's own; nobody else can start the thread with other data.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const { source, size } = workerData as WorkerStart
const read = readerOf(source)

parentPort?.on('message', (task: WorkerTask) => {
  void checkAll(task).then(
    (checks) => parentPort?.postMessage({ checks } satisfies WorkerAnswer),
    (failed: unknown) => parentPort?.postMessage({ failed } satisfies WorkerAnswer),
  )
})

async function checkAll({ from, to }: WorkerTask): Promise<BundleCheck[]> {
  const checks: BundleCheck[] = []
  for (let at = from; at < to; at += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, i) => at + i)
    checks.push(...(await Promise.all(group.map((index) => checkBundle(read, size, index)))))
  }
  return checks
}
