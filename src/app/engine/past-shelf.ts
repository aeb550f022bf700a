import type { Projector } from './projector.ts'
import type { ViewSchema, ViewStore } from './store.ts'

/** The views of past sizes, built when asked for and kept for a while. */
export type PastShelf = {
  /** Several who ask for the same at once share one build. */
  get(size: number, erasures: number): Promise<ViewSchema>
  close(): Promise<void>
}

/** People compare a handful of days, and reports read one. */
const pastsMax = 6
/** A schema that is no longer kept stays for those who have just found it. */
const graceMs = 2_000

/** What was built before the last erasure may show whom that erased, so it counts no more. */
type Past = { readonly built: Promise<ViewSchema>; readonly erasures: number; done: boolean }

export function createPastShelf(views: ViewStore, projector: Projector): PastShelf {
  /** By size; the one asked for last is last. */
  const pasts = new Map<number, Past>()
  const drops = new Map<NodeJS.Timeout, ViewSchema>()

  const drop = (schema: ViewSchema) => views.dropPast(schema).catch(() => {})
  const takeDown = (size: number, past: Past) => {
    pasts.delete(size)
    const later = (schema: ViewSchema) => {
      const timer = setTimeout(() => {
        drops.delete(timer)
        void drop(schema)
      }, graceMs)
      timer.unref()
      drops.set(timer, schema)
    }
    past.built.then(later, () => {})
  }
  /** From the nearest one before, whose entries need not be applied again. */
  const build = async (size: number, erasures: number): Promise<ViewSchema> => {
    const [nearest] = [...pasts]
      .filter(([at, past]) => at < size && past.done && past.erasures === erasures)
      .sort(([one], [other]) => other - one)
    const from = (await nearest?.[1].built) ?? null
    return await views.buildPast(size, from, (target) =>
      projector.fill(target, from?.size ?? 0, size),
    )
  }
  const start = (size: number, erasures: number): Past => {
    const past: Past = { built: build(size, erasures), erasures, done: false }
    past.built.then(
      () => void (past.done = true),
      () => void (pasts.get(size) === past && pasts.delete(size)),
    )
    return past
  }
  return {
    async get(size, erasures) {
      const known = pasts.get(size)
      const past = known?.erasures === erasures ? known : start(size, erasures)
      if (known !== undefined && known !== past) takeDown(size, known)
      pasts.delete(size)
      pasts.set(size, past)
      for (const [at, oldest] of pasts) {
        if (pasts.size <= pastsMax) break
        takeDown(at, oldest)
      }
      return await past.built
    },
    async close() {
      drops.forEach((_, timer) => clearTimeout(timer))
      const built = await Promise.all(
        [...pasts.values()].map((past) => past.built.catch(() => null)),
      )
      pasts.clear()
      for (const schema of [...drops.values(), ...built]) if (schema !== null) await drop(schema)
    },
  }
}
