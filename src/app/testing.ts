/**
 * For tests of rooms: the real engine on a real PostgreSQL, in a fresh database of its own.
 *
 *   const { engine, clock } = await openTestEngine({ projections: peopleProjections })
 *   const people = openPeople(engine)                       // open every room the projections read
 *   await people.join({ … }, { by: 'per_1' })
 *   clock.set('2026-04-01T00:00:00Z')                       // or clock.advance({ days: 3 })
 *   expect(await rowsOf(engine, 'select name from persons')).toEqual([{ name: '…' }])
 *   await expectRebuildEqual(engine)                        // views rebuilt from entry 0 are equal
 *
 * It is closed by itself when the test ends. `openTestEngine` may be called in `beforeEach` too.
 */
import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { ClientConfig } from 'pg'
import { expect, inject, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openStore } from '../store/postgres-store.ts'
import type { PostgresStore } from '../store/postgres-store.ts'
import { createEngine } from './engine/create-engine.ts'
import type { RunningEngine } from './engine/create-engine.ts'
import type { Blobs, Clock } from './ports.ts'
import type { Projection } from './projection.ts'

export type TestClock = Clock & {
  set(instant: string): void
  advance(by: { days?: number; hours?: number; minutes?: number; ms?: number }): void
}

export type TestEngine = {
  readonly engine: RunningEngine
  readonly blobs: Blobs
  readonly clock: TestClock
  readonly store: PostgresStore
  /** For tests that look behind the engine, or do what an insider would. */
  readonly database: ClientConfig
  close(): Promise<void>
}

/** The clock stands still at `startAt` until the test moves it. */
export async function openTestEngine(options: {
  readonly projections: readonly Projection[]
  readonly startAt?: string
  readonly blobs?: Blobs
  readonly database?: ClientConfig
}): Promise<TestEngine> {
  const database = options.database ?? (await createTestDatabase())
  const store = openStore(database)
  const clock = testClock(options.startAt ?? '2026-01-05T00:00:00Z')
  const blobs = options.blobs ?? memoryBlobs()
  const engine = createEngine({ store, blobs, clock, projections: options.projections })
  let closed: Promise<void> | null = null
  const close = () =>
    (closed ??= (async () => {
      await engine.close()
      await store.close()
    })())
  closeAfterTest(close)
  return { engine, blobs, clock, store, database, close }
}

/** A copy of the empty ledger, dropped with the run's server. */
export async function createTestDatabase(): Promise<ClientConfig> {
  const template = inject('postgres')
  const name = `test_${randomBytes(8).toString('hex')}`
  const admin = new Client({ ...template, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query(`create database ${name} template ${template.database} strategy file_copy`)
  } finally {
    await admin.end()
  }
  return { ...template, database: name }
}

/** Rows of a query over the views, unparsed: for expectations. */
export async function rowsOf(
  engine: RunningEngine,
  query: string,
  values: readonly unknown[] = [],
  asOf?: string,
): Promise<Record<string, unknown>[]> {
  const views = await engine.views(asOf)
  return await views.rows(z.record(z.string(), z.unknown()), query, values)
}

/** The views rebuilt from entry 0 are equal to the live ones, row by row. */
export async function expectRebuildEqual(engine: RunningEngine): Promise<void> {
  const differences = []
  for await (const difference of engine.compareViews()) differences.push(difference)
  expect(differences).toEqual([])
}

export function testClock(startAt: string): TestClock {
  let now = new Date(startAt).getTime()
  return {
    now: () => new Date(now),
    set: (instant) => void (now = new Date(instant).getTime()),
    advance({ days = 0, hours = 0, minutes = 0, ms = 0 }) {
      now += ((days * 24 + hours) * 60 + minutes) * 60_000 + ms
    },
  }
}

function memoryBlobs(): Blobs {
  const kept = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      kept.set(sha256, Uint8Array.from(bytes))
      return sha256
    },
    async get(sha256) {
      const bytes = kept.get(sha256)
      if (bytes === undefined) throw new Error(`there is no blob ${sha256}`)
      return bytes
    },
  }
}

/** Outside of a test (in `beforeAll`) whoever opened it closes it. */
function closeAfterTest(close: () => Promise<void>): void {
  try {
    onTestFinished(close)
  } catch {
    // No test runs right now.
  }
}
