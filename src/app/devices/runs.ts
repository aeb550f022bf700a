import type { Refused, Text } from '../../domain/decider.ts'
import type { Progress } from './connector.ts'

/** One look at one source, as it goes. Runs live in memory; their outcome is an entry. */
export type Run = {
  readonly id: string
  readonly source: string
  readonly startedAt: string
  readonly progress: Progress
  readonly outcome: Outcome
}

type Outcome =
  | { readonly state: 'running' }
  | { readonly state: 'succeeded'; readonly seq: number | null; readonly host: string | null }
  | {
      readonly state: 'failed'
      readonly seq: number | null
      readonly code: string
      readonly message: string
    }

/** What a run is made of: looking, then recording. */
export type Work = (progress: (progress: Progress) => void) => Promise<
  | {
      readonly last: number | null
      readonly host: string | null
      readonly failure: { readonly code: string; readonly message: string } | null
    }
  | Refused
>

export type Runs = {
  /** Starts a run, or joins the one that is under way: a source is never looked at twice at once. */
  readonly start: (run: Pick<Run, 'id' | 'source' | 'startedAt'>, work: Work) => Run
  readonly find: (id: string) => Run | undefined
  readonly ofSource: (source: string) => Run | undefined
  readonly running: () => number
  /** Resolves when nothing runs any more. */
  readonly idle: () => Promise<void>
}

const KEPT_MAX = 500

const waiting: Text = { ja: '開始を待っています', en: 'Waiting to start' }
const recording: Text = { ja: '台帳に記録しています', en: 'Recording in the ledger' }

/** `concurrentMax` sources are looked at at once; further ones wait for their turn. */
export function createRuns(
  options: { readonly concurrentMax: number },
  onError: (source: string, error: unknown) => void,
): Runs {
  const runs = new Map<string, Run>()
  const underWay = new Map<string, string>()
  const ends = new Set<Promise<void>>()
  const queue: (() => void)[] = []
  let busy = 0

  const set = (id: string, changes: Partial<Run>) => {
    const run = runs.get(id)
    if (run !== undefined) runs.set(id, { ...run, ...changes })
  }
  const turn = async () => {
    if (busy >= options.concurrentMax) await new Promise<void>((go) => queue.push(go))
    busy += 1
  }
  const carryOut = async ({ id, source }: Run, work: Work) => {
    await turn()
    try {
      set(id, { outcome: await outcomeOf(work, (progress) => set(id, { progress })) })
    } catch (error) {
      set(id, { outcome: { state: 'failed', seq: null, code: 'internal', message: '' } })
      onError(source, error)
    } finally {
      underWay.delete(source)
      busy -= 1
      queue.shift()?.()
    }
  }
  return {
    start(given, work) {
      const now = underWay.get(given.source)
      const other = now === undefined ? undefined : runs.get(now)
      if (other !== undefined) return other
      const progress = { step: waiting, done: 0, of: 1 }
      const run: Run = { ...given, progress, outcome: { state: 'running' } }
      runs.set(run.id, run)
      underWay.set(run.source, run.id)
      forgetOldest(runs)
      const end = carryOut(run, work).finally(() => ends.delete(end))
      ends.add(end)
      return run
    },
    find: (id) => runs.get(id),
    ofSource(source) {
      const id = underWay.get(source)
      return id === undefined ? undefined : runs.get(id)
    },
    running: () => underWay.size,
    async idle() {
      while (ends.size > 0) await Promise.all(ends)
    },
  }
}

async function outcomeOf(
  work: Work,
  progress: (progress: Progress) => void,
): Promise<Exclude<Outcome, { readonly state: 'running' }>> {
  let last = { done: 0, of: 1 }
  const done = await work((step) => {
    last = { done: step.done, of: step.of }
    progress(step)
  })
  progress({ step: recording, done: last.of, of: last.of })
  if ('refused' in done) {
    return { state: 'failed', seq: null, code: done.refused, message: done.about ?? '' }
  }
  if (done.failure !== null) return { state: 'failed', seq: done.last, ...done.failure }
  return { state: 'succeeded', seq: done.last, host: done.host }
}

function forgetOldest(runs: Map<string, Run>): void {
  for (const [id, run] of runs) {
    if (runs.size <= KEPT_MAX) return
    if (run.outcome.state !== 'running') runs.delete(id)
  }
}
