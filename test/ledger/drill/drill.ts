import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Order, ProgramOptions, Report } from './program.ts'
import { steps } from './steps.ts'

/** What kills the program in one round, after a time when nothing else does. */
export type Kill =
  | { readonly kind: 'step'; readonly step: string; readonly at: number }
  | { readonly kind: 'moment'; readonly afterMs: number }
  | { readonly kind: 'postgres'; readonly afterMs: number }

export type Acknowledged = Order & { readonly first: number; readonly last: number }

export type DrillResult = {
  readonly rounds: number
  readonly kills: ReadonlyMap<string, number>
  /** In the order in which each client heard of them. */
  readonly acknowledged: readonly (readonly Acknowledged[])[]
  readonly orders: number
}

const program = fileURLToPath(new URL('./program.ts', import.meta.url))
/** A round ends after this even if its step is never reached. */
const ROUND_MS_MAX = 30_000
const START_MS_MAX = 180_000

/**
 * Starts the program again and again and kills it, while clients append all the time. What was not
 * acknowledged is asked for again under its own id, as a client does that got no answer.
 */
export async function drill(options: {
  readonly program: Omit<ProgramOptions, 'step' | 'at'>
  readonly kills: readonly Kill[]
  readonly clients: number
  readonly random: () => number
  readonly onRound?: (round: number, kill: string) => void
}): Promise<DrillResult> {
  const clients = Array.from({ length: options.clients }, (_, client) =>
    startClient(client, options.random),
  )
  const counted = new Map<string, number>()
  for (const [round, kill] of options.kills.entries()) {
    const died = await oneRound(options.program, kill, clients)
    const name = kill.kind === 'step' && died ? kill.step : kill.kind
    counted.set(name, (counted.get(name) ?? 0) + 1)
    options.onRound?.(round + 1, name)
  }
  return {
    rounds: options.kills.length,
    kills: counted,
    acknowledged: clients.map(({ acknowledged }) => acknowledged),
    orders: clients.reduce((sum, { next }) => sum + next(), 0),
  }
}

type Client = {
  readonly acknowledged: Acknowledged[]
  /** Sends what has no answer yet, and from then on one order after the other. */
  readonly connect: (child: ChildProcess) => void
  readonly take: (report: Report) => void
  readonly next: () => number
}

function startClient(client: number, random: () => number): Client {
  const acknowledged: Acknowledged[] = []
  let number = 0
  let waiting: Order | undefined
  let child: ChildProcess | undefined
  const send = () => {
    if (waiting === undefined) {
      const id = `client-${client}-${number++}`
      const count = 1 + Math.floor(random() * 30)
      waiting = { id, notes: Array.from({ length: count }, (_, i) => `${id}.${i}`) }
    }
    if (child?.connected === true) child.send(waiting, () => {})
  }
  return {
    acknowledged,
    connect(to) {
      child = to
      send()
    },
    take(report) {
      if (report.kind === 'ready' || report.kind === 'verified') return
      if (report.id !== waiting?.id) return
      if (report.kind === 'done') {
        acknowledged.push({ ...waiting, first: report.first, last: report.last })
        waiting = undefined
        send()
      } else {
        setTimeout(send, 20)
      }
    },
    next: () => number,
  }
}

/** Starts the program a last time, has it verify everything, and ends it. */
export async function verifyAfter(
  options: Omit<ProgramOptions, 'step' | 'at'>,
): Promise<{ readonly size: number; readonly findings: readonly string[] }> {
  const child = fork(program, [JSON.stringify(options)], { stdio: 'inherit' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (!(await ready(child, ended))) throw new Error('the program did not start after the drill')
  const verified = new Promise<Report>((resolve) => {
    child.on('message', (report: Report) => {
      if (report.kind === 'verified') resolve(report)
    })
  })
  child.send('verify')
  const report = await verified
  child.kill('SIGTERM')
  await ended
  return report.kind === 'verified' ? report : { size: 0, findings: ['nothing was verified'] }
}

/** Starts the program once, so that its key is there for a witness to know. */
export async function firstStart(options: ProgramOptions): Promise<void> {
  const child = fork(program, [JSON.stringify(options)], { stdio: 'inherit' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (!(await ready(child, ended))) throw new Error('the program did not start')
  child.kill('SIGTERM')
  await ended
}

/** True when the program died at the step it was to die at. */
async function oneRound(
  options: Omit<ProgramOptions, 'step' | 'at'>,
  kill: Kill,
  clients: readonly Client[],
): Promise<boolean> {
  const at = kill.kind === 'step' ? { step: kill.step, at: kill.at } : {}
  const child = fork(program, [JSON.stringify({ ...options, ...at })], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (part) => (said += String(part)))
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_, signal) => resolve(signal))
  })
  child.on('message', (report: Report) => {
    if (report.kind === 'ready') clients.forEach((client) => client.connect(child))
    else clients.forEach((client) => client.take(report))
  })
  const isReady = await ready(child, ended)
  if (!isReady) {
    const signal = await ended
    // Steps come before it is ready, too: a start that is killed is a crash like any other.
    if (signal === 'SIGKILL' && kill.kind === 'step') return true
    throw new Error(`the program did not start again after a kill: ${said || signal}`)
  }
  const limit = kill.kind === 'step' ? ROUND_MS_MAX : kill.afterMs
  let isTimedOut = false
  const timer = setTimeout(() => {
    isTimedOut = true
    if (kill.kind === 'postgres') killPostgres(options.data)
    setTimeout(() => child.kill('SIGKILL'), kill.kind === 'postgres' ? 400 : 0)
  }, limit)
  const signal = await ended
  clearTimeout(timer)
  if (signal !== 'SIGKILL') throw new Error(`the program ended by itself: ${said || signal}`)
  return !isTimedOut
}

async function ready(child: ChildProcess, ended: Promise<unknown>): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    reject(new Error('the program does not start'))
  }, START_MS_MAX)
  child.on('message', (report: Report) => {
    if (report.kind === 'ready') resolve(true)
  })
  void ended.then(() => resolve(false))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}

/** Kills the embedded server itself, which the program runs as its child. */
function killPostgres(data: string): void {
  const file = join(data, 'postgres/cluster/postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (Number.isInteger(pid) && pid > 1) process.kill(pid, 'SIGKILL')
}

/** Every step at its first, second and some later time, and random moments, in a random order. */
export function planKills(rounds: number, random: () => number, withPostgres: boolean): Kill[] {
  const kills = Array.from({ length: rounds }, (_, round): Kill => {
    const step = steps[round % (steps.length + 6)]
    if (step !== undefined) {
      const at = 1 + Math.floor(random() * random() * 12)
      return { kind: 'step', step, at: isEndless(step) ? at : Math.min(at, 3) }
    }
    const afterMs = Math.floor(random() * 1_500)
    const isPostgres = withPostgres && random() < 0.3
    return isPostgres ? { kind: 'postgres', afterMs } : { kind: 'moment', afterMs }
  })
  return kills
}

/** Steps that come with every append. */
function isEndless(step: string): boolean {
  return step.startsWith('append')
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
