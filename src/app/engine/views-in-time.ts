import type { z } from 'zod'
import type { Views } from '../ports.ts'
import { EngineError } from './engine-error.ts'
import { readEnvelope } from './envelope.ts'
import type { Projector } from './projector.ts'
import type { ReadOptions, Store, ViewSchema } from './store.ts'

export type ViewsInTime = {
  now(): Promise<Views>
  /** `day` is `YYYY-MM-DD` in the organisation's zone. Throws `day-not-yet` for the future. */
  atEndOf(day: string): Promise<Views>
  atSize(size: number): Promise<Views>
  close(): Promise<void>
}

/** Past schemas that are kept; people compare a handful of days, and reports read one. */
const pastsMax = 6
/** A schema that is no longer kept stays for those who have just found it. */
const graceMs = 2_000

type Past = { readonly built: Promise<ViewSchema>; readonly erasures: number; done: boolean }

export function createViewsInTime(options: {
  readonly store: Store
  readonly projector: Projector
  readonly now: () => Date
}): ViewsInTime {
  const { store, projector, now } = options
  /** By size; the one asked for last is last. */
  const pasts = new Map<number, Past>()
  const drops = new Map<NodeJS.Timeout, ViewSchema>()

  const dropLater = (past: Past) =>
    void past.built.then(
      (schema) => {
        const timer = setTimeout(() => {
          drops.delete(timer)
          void store.views.dropPast(schema).catch(() => {})
        }, graceMs)
        timer.unref()
        drops.set(timer, schema)
      },
      () => {},
    )
  const forget = (size: number, past: Past) => {
    if (pasts.get(size) === past) pasts.delete(size)
    dropLater(past)
  }
  /** The nearest one before; what it holds need not be applied again. */
  const nearest = async (size: number, erasures: number): Promise<ViewSchema | null> => {
    const before = [...pasts]
      .filter(([at, past]) => at < size && past.done && past.erasures === erasures)
      .sort(([one], [other]) => other - one)
    return (await before[0]?.[1].built) ?? null
  }
  const build = async (size: number, erasures: number): Promise<ViewSchema> => {
    const from = await nearest(size, erasures)
    return await store.views.buildPast(size, from, (target) =>
      projector.fill(target, from?.size ?? 0, size),
    )
  }
  const pastOf = async (size: number, erasures: number): Promise<ViewSchema> => {
    const known = pasts.get(size)
    if (known !== undefined && known.erasures === erasures) {
      pasts.delete(size)
      pasts.set(size, known)
      return await known.built
    }
    if (known !== undefined) forget(size, known)
    const past: Past = { built: build(size, erasures), erasures, done: false }
    pasts.set(size, past)
    past.built.then(
      () => void (past.done = true),
      () => void (pasts.get(size) === past && pasts.delete(size)),
    )
    for (const [at, old] of pasts) {
      if (pasts.size <= pastsMax) break
      forget(at, old)
    }
    return await past.built
  }
  const pastViews = async (size: number, erasures: number, asOf: Date, zone: string | null) =>
    await read(store, { past: () => pastOf(size, erasures), asOf: () => asOf, zone })
  return {
    now: () => read(store, { past: null, asOf: now, zone: null }),
    async atEndOf(day) {
      const { zone, endsAt, size, erasures } = await store.views.endOfDay(day)
      if (endsAt > now()) {
        if (endsAt.getTime() - longestDayMs > now().getTime()) throw notYet(day)
        return await read(store, { past: null, asOf: now, zone })
      }
      return await pastViews(size, erasures, new Date(endsAt.getTime() - 1), zone)
    },
    async atSize(size) {
      const head = await store.head()
      if (!Number.isInteger(size) || size < 0 || size > head.size) {
        throw new EngineError('size-invalid', `There are no views after ${size} entries`)
      }
      return await pastViews(size, head.erasures, await lastRecorded(store, size), null)
    },
    async close() {
      for (const [timer, schema] of drops) {
        clearTimeout(timer)
        await store.views.dropPast(schema).catch(() => {})
      }
      for (const past of pasts.values()) {
        const schema = await past.built.catch(() => null)
        if (schema !== null) await store.views.dropPast(schema).catch(() => {})
      }
      pasts.clear()
    },
  }
}

/** A day on which clocks are set back; a day that ends later than this has not begun. */
const longestDayMs = 25 * 3_600_000

async function read(store: Store, options: ReadOptions): Promise<Views> {
  const asOf = options.asOf()
  const snapshot = await store.views.read({ ...options, asOf: () => asOf })
  return {
    get size() {
      return snapshot.size
    },
    asOf,
    async rows<T>(row: z.ZodType<T>, query: string, values: readonly unknown[] = []) {
      return row.array().parse(await snapshot.query(query, values))
    },
  }
}

async function lastRecorded(store: Store, size: number): Promise<Date> {
  const [last] = size === 0 ? [] : await store.entries(size - 1, size)
  return new Date(last === undefined ? 0 : readEnvelope(last.bytes).recordedAt)
}

function notYet(day: string): EngineError {
  return new EngineError('day-not-yet', `The day ${day} has not come yet. Choose an earlier one.`)
}
