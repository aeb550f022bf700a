import type { z } from 'zod'
import type { Views } from '../ports.ts'
import { EngineError } from './engine-error.ts'
import { readEnvelope } from './envelope.ts'
import { createPastShelf } from './past-shelf.ts'
import type { Projector } from './projector.ts'
import type { ReadOptions, Store } from './store.ts'

export type ViewsInTime = {
  now(): Promise<Views>
  /** `day` is `YYYY-MM-DD` in the organisation's zone. Throws `day-not-yet` for the future. */
  atEndOf(day: string): Promise<Views>
  atSize(size: number, notBefore?: Date): Promise<Views>
  close(): Promise<void>
}

export function createViewsInTime(options: {
  readonly store: Store
  readonly projector: Projector
  readonly now: () => Date
}): ViewsInTime {
  const { store, projector, now } = options
  const shelf = createPastShelf(store.views, projector)
  const pastViews = async (size: number, erasures: number, asOf: Date, zone: string | null) =>
    await read(store, { past: () => shelf.get(size, erasures), asOf: () => asOf, zone })
  return {
    now: () => read(store, { past: null, asOf: now, zone: null }),
    async atEndOf(day) {
      const { zone, startsAt, endsAt, size, erasures } = await store.views.endOfDay(day)
      if (startsAt > now()) throw notYet(day)
      if (endsAt > now()) return await read(store, { past: null, asOf: now, zone })
      return await pastViews(size, erasures, new Date(endsAt.getTime() - 1), zone)
    },
    async atSize(size, notBefore) {
      const head = await store.head()
      if (!Number.isInteger(size) || size < 0 || size > head.size) {
        throw new EngineError('size-invalid', `There are no views after ${size} entries`)
      }
      const last = await lastRecorded(store, size)
      const asOf = notBefore !== undefined && notBefore > last ? notBefore : last
      return await pastViews(size, head.erasures, asOf, null)
    },
    close: () => shelf.close(),
  }
}

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
