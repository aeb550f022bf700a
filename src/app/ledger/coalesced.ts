/**
 * Work that is done once at a time. Who asks while it is being done waits for the next time, which
 * begins after they asked and so sees everything that was there; all of them share it.
 */
export type Coalesced<T> = {
  readonly run: () => Promise<T>
  readonly idle: () => Promise<void>
}

export function coalesced<T>(work: () => Promise<T>): Coalesced<T> {
  let running: Promise<T> | null = null
  let queued: Promise<T> | null = null

  const start = (): Promise<T> => {
    const mine = work().finally(() => {
      if (running === mine) running = null
    })
    running = mine
    return mine
  }
  const next = (): Promise<T> => {
    queued = null
    return start()
  }
  return {
    async run() {
      if (running === null) return await start()
      queued ??= running.then(next, next)
      return await queued
    },
    async idle() {
      for (let last = queued ?? running; last !== null; last = queued ?? running) {
        await last.catch(() => {})
      }
    },
  }
}
