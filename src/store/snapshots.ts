import type { PoolClient } from 'pg'
import type { ReadOptions, ViewSnapshot } from '../app/engine/store.ts'
import { identifier, openPool, patiently } from './connections.ts'
import type { Connecting } from './connections.ts'
import { liveSchema } from './live-views.ts'
import { readerRole } from './reader-role.ts'
import { StoreError } from './store-error.ts'

export type Snapshots = {
  open(options: SnapshotOptions): Promise<ViewSnapshot>
  close(): Promise<void>
}

type SnapshotOptions = ReadOptions & {
  /** Whether there is a table that says the organisation's zone. */
  readonly zoned: boolean
  /** Whether this user may take on the role that sees nothing but views. */
  readonly reader: boolean
}

const connectionsMax = 12
const queryTimeoutMs = 30_000
/** A snapshot that nobody asks anything gives its connection back. */
const idleMs = 150

/**
 * Reads views inside read-only transactions (REPEATABLE READ), each of which sees one moment. An
 * idle one ends by itself, at once when somebody waits for a connection; asked again, it starts
 * anew, at the moment of then.
 */
export function openSnapshots(connecting: Connecting): Snapshots {
  const pool = openPool(connecting, 'arinomama read', connectionsMax)
  const idle = new Set<() => void>()
  const acquire = async () => {
    if (pool.idleCount === 0 && pool.totalCount >= connectionsMax) {
      const [longest] = idle
      longest?.()
    }
    return await pool.connect()
  }
  return {
    open: (options) =>
      openSnapshot(options, { acquire, idle, crowded: () => pool.waitingCount > 0 }),
    async close() {
      idle.forEach((end) => end())
      await pool.end()
    },
  }
}

type Readers = {
  readonly acquire: () => Promise<PoolClient>
  /** Ends of the snapshots that nobody asks just now, the longest idle first. */
  readonly idle: Set<() => void>
  readonly crowded: () => boolean
}

async function openSnapshot(options: SnapshotOptions, readers: Readers): Promise<ViewSnapshot> {
  const { acquire, idle, crowded } = readers
  let session: Promise<Session> | null = null
  let size = 0
  let running = 0
  const end = async () => {
    const ending = session
    session = null
    idle.delete(giveBack)
    const ended = await ending?.catch(() => null)
    if (ended) await ended.release()
  }
  const giveBack = () => void end()
  let timer: NodeJS.Timeout | undefined
  const use = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    running++
    clearTimeout(timer)
    idle.delete(giveBack)
    session ??= patiently(() => start(acquire, options))
    try {
      const started = await session
      size = started.size
      return await work(started.client)
    } catch (error) {
      await end()
      throw error
    } finally {
      running--
      if (running === 0 && session !== null) {
        idle.add(giveBack)
        timer = setTimeout(giveBack, crowded() ? 0 : idleMs)
      }
    }
  }
  await use(() => Promise.resolve())
  return {
    get size() {
      return size
    },
    query: (text, values) =>
      use(async (client) => (await client.query<object>(text, [...values])).rows),
  }
}

type Session = { client: PoolClient; size: number; release(): Promise<void> }

/** One flight: begin, where to look, how large it is, what time and zone it is there. */
async function start(
  acquire: () => Promise<PoolClient>,
  options: SnapshotOptions,
): Promise<Session> {
  const past = await options.past?.()
  const schema = past?.schema ?? liveSchema
  const zone =
    options.zone === null && options.zoned
      ? `(select time_zone from ${identifier(schema)}.organisation where id = 1)`
      : 'null'
  const client = await acquire()
  const flight = [
    client.query('begin isolation level repeatable read read only'),
    client.query<{ size: number }>({
      text:
        `select size, set_config('search_path', $1, true), ` +
        `set_config('statement_timeout', '${queryTimeoutMs}', true), ` +
        `set_config('arinomama.as_of', $2, true), ` +
        `set_config('arinomama.zone', coalesce($3::text, ${zone}, 'UTC'), true) ` +
        (options.reader ? `, set_config('role', '${readerRole}', true) ` : '') +
        'from ledger.head where id = 1',
      values: [identifier(schema), options.asOf().toISOString(), options.zone],
    }),
  ] as const
  const settled = await Promise.allSettled(flight)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed !== undefined) {
    client.release(true)
    throw failed.reason
  }
  const size = past?.size ?? (await flight[1]).rows[0]?.size
  if (size === undefined) throw new StoreError('database-closed', 'ledger.head is empty')
  return {
    client,
    size,
    async release() {
      const broken = await client.query('rollback').then(
        () => false,
        () => true,
      )
      client.release(broken)
    },
  }
}
