/**
 * `npm run bench:ledger`: what the ledger does in a second on this machine, beside what PostgreSQL
 * alone and SHA-256 alone do here. Everything is durable: fsync is on everywhere.
 * `ENTRIES=100000 SECONDS=2 npm run bench:ledger` is a short one.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Task, TaskResult } from './ledger-tasks.ts'

const entries = Number(process.env['ENTRIES'] ?? 1_000_000)
const seconds = Number(process.env['SECONDS'] ?? 5)
const data = mkdtempSync(join(tmpdir(), 'arinomama-bench-'))
const say = (line: string) => void process.stdout.write(`${line}\n`)

/** Every task in a process of its own, so that its memory is its own. */
async function run(task: Task): Promise<TaskResult[]> {
  const path = fileURLToPath(new URL('./ledger-tasks.ts', import.meta.url))
  // As the program itself is started (bin/arinomama.mjs).
  const child = fork(path, [JSON.stringify(task)], { execArgv: ['--max-semi-space-size=8'] })
  const results: TaskResult[] = []
  child.on('message', (result: TaskResult) => {
    results.push(result)
    print(result)
  })
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (status !== 0) throw new Error(`${task.kind} ended with ${status}`)
  return results
}

function print({ what, perSecond, unit, aim, note }: TaskResult): void {
  const rate = Math.round(perSecond).toLocaleString('en-US').padStart(12)
  const reached = aim === undefined ? '' : perSecond >= aim ? '  reached' : '  MISSED'
  const wanted = aim === undefined ? '' : `aim ${aim.toLocaleString('en-US')}${reached}`
  say(`  ${what.padEnd(46)}${rate} ${unit.padEnd(11)} ${[wanted, note].filter(Boolean).join('; ')}`)
}

say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
)
say(`entries of about 300 bytes; a log of ${entries.toLocaleString('en-US')}; ${seconds} s each\n`)
try {
  say('This machine alone')
  await run({ kind: 'hash', seconds })
  say('\nPostgreSQL alone (embedded, fsync on, the same rows)')
  await run({ kind: 'plain', data, seconds })
  say('\nThe ledger: decided, durable, in the views, acknowledged')
  await run({ kind: 'append', data, seconds })
  say(`\nThe ledger with ${entries.toLocaleString('en-US')} entries`)
  await run({ kind: 'integrate', data, entries })
  await run({ kind: 'serve', data, seconds })
  await run({ kind: 'prove', data, seconds })
  await run({ kind: 'verify', data, threads: 1 })
  await run({ kind: 'verify', data, threads: cpus().length })
  say('')
} finally {
  rmSync(data, { recursive: true, force: true })
}
