import type { Job } from '../app/ports.ts'

export type RunningJobs = { readonly stop: () => Promise<void> }

/** Runs every job again and again, each with itself in line; a failure is told and tried again. */
export function startJobs(
  jobs: readonly Job[],
  onFailure: (job: string, error: unknown) => void,
): RunningJobs {
  const ended = new AbortController()
  const loops = jobs.map(async (job) => {
    while (!ended.signal.aborted) {
      await pause(job.everyMs, ended.signal)
      if (ended.signal.aborted) return
      await job.run().catch((error: unknown) => {
        onFailure(job.name, error)
      })
    }
  })
  return {
    async stop() {
      ended.abort()
      await Promise.all(loops)
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    resolve()
  })
  return promise
}
