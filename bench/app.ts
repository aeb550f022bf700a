/**
 * The application as a whole, on the demonstration made twenty times as large: start, the busiest
 * reads, every check, a past day from 100,000 entries, a report of a hundred pages. The story is told
 * by a process of its own, so that the memory measured afterwards is that of a server that started;
 * PostgreSQL runs in a temporary folder and nothing leaves the machine.
 *
 *   npm run bench:app            # about ten minutes, most of it telling the story
 *   npm run bench:app -- 2      # twice as large only, to try it
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demonstration } from '../src/main/demo.ts'
import { serve, type Served } from '../src/main/serve.ts'
import { readSettings } from '../src/main/settings.ts'
import { multiply } from './app-multiply.ts'
import { busiestReads, signInAsSecurityLead } from './app-reads.ts'
import { measureReport } from './report-typesetting.ts'

const factor = Number(process.argv[2] ?? 20)
const entriesWanted = 5_000 * factor
/** The folder to tell the story in: this process is the one that tells it. */
const tellsIn = process.argv[3]
const folder = tellsIn ?? mkdtempSync(join(tmpdir(), 'arinomama-bench-'))
const say = (line: string) => void process.stdout.write(`${line}\n`)

const settings = () => readSettings({ ARINOMAMA_DATA: folder, PORT: '0' })
const open = async (demo: ReturnType<typeof demonstration>) =>
  await serve({ settings: settings(), say, apiOnly: true, demonstration: demo })

/** Milliseconds of one piece of work, and what came of it. */
async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now()
  const value = await work()
  return { ms: performance.now() - startedAt, value }
}

const row = (what: string, reached: string, asked: string) =>
  say(`${what.padEnd(52)} ${reached.padStart(14)}   ${asked}`)
const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`
const mib = (bytes: number) => `${Math.round(bytes / 1_048_576)} MiB`

async function tell(): Promise<void> {
  const demo = demonstration()
  const told = await open(demo)
  say(`Making it ${factor} times as large…`)
  await multiply(told.house, demo.clock, { factor, entriesWanted })
  await told.close()
}

async function measure(served: Served, startMs: number): Promise<void> {
  const { engine, rooms } = served.house
  const views = await engine.views()
  say('')
  row(`entries in the ledger`, views.size.toLocaleString('en'), '')
  row('warm start to the first answer', ms(startMs), 'asked: < 3,000 ms')
  const checks = await timed(async () => await rooms.judging.judge(await engine.views(), 'exactly'))
  row(`all ${checks.value.checks.length} checks judged`, ms(checks.ms), 'asked: < 2,000 ms')
  const session = await signInAsSecurityLead(served)
  for (const { name, p95Ms } of await busiestReads(session)) {
    row(`read ${name}, p95`, ms(p95Ms), 'asked: < 100 ms')
  }
  row('memory of the server after these reads', mib(process.memoryUsage.rss()), 'asked: < 400 MiB')
  const past = await timed(async () => await engine.viewsAtSize(views.size - 1))
  const size = past.value.size.toLocaleString('en')
  row(`the views rebuilt as of entry ${size}`, ms(past.ms), 'asked: < 20,000 ms')
  row('memory of the server after that', mib(process.memoryUsage.rss()), '')
}

/** Tells the story in another process, which ends with all the memory that it took. */
function tellElsewhere(): void {
  const told = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), String(factor), folder],
    { stdio: 'inherit' },
  )
  if (told.status !== 0) throw new Error('the story was not told to its end')
}

async function measureAll(): Promise<void> {
  const started = await timed(async () => {
    const served = await open(demonstration())
    await fetch(`${served.origin}/api/session`)
    return served
  })
  await measure(started.value, started.ms)
  await started.value.close()
  const report = await measureReport()
  row(`a report of ${report.pages} pages, first`, ms(report.firstMs), 'asked: < 10,000 ms')
  row('the next one, same process', ms(report.nextMs), '')
}

if (tellsIn !== undefined) await tell()
else {
  try {
    tellElsewhere()
    await measureAll()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
