import type pg from 'pg'
import type {
  KeptCheckpoint,
  LedgerIdentity,
  NewCheckpoint,
  Publication,
} from '../app/ledger/ports.ts'
import type { TreeHead } from '../ledger/tiles.ts'
import { askPool, borrow, openPool } from './connections.ts'
import type { Connecting } from './connections.ts'

export type PostgresPublication = Publication & { readonly close: () => Promise<void> }

/** The key of the advisory locks: alone for signing, with a storage's name for integrating. */
const signingLock = 7_310_043
const connectionsMax = 3

/** What was integrated, signed and published, on PostgreSQL. */
export function openPublication(connecting: Connecting): PostgresPublication {
  const pool = openPool(connecting, 'arinomama publication', connectionsMax)
  const signing = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
    await transaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [signingLock])
      return await work(client)
    })
  return {
    ...reads(pool),
    async identity({ origin, vkey }) {
      const insert = 'insert into ledger.identity values (1, $1, $2) on conflict (id) do nothing'
      await askPool(pool, { text: insert, values: [origin, vkey] })
      const known = await readIdentity(pool)
      if (known === null) throw new Error('ledger.identity is empty')
      return known
    },
    async integrate(storage, work) {
      await transaction(pool, async (client) => {
        const made = await work(await lockStorage(client, storage))
        if (made !== null) await putStorage(client, storage, made)
      })
    },
    async sign(work) {
      return await signing(async (client) => {
        const { rows } = await client.query<CheckpointRow>(newest)
        const made = await work(rows[0] === undefined ? null : checkpointOf(rows[0]))
        if (made !== null) await insertCheckpoint(client, made)
        return made === null ? null : { ...made, publishedAt: null }
      })
    },
    async publish(size, text, at, work) {
      await signing(async (client) => {
        // Another node may have published more meanwhile: nobody takes that back.
        const newer =
          'select size from ledger.checkpoints where size > $1 and published_at is not null limit 1'
        if ((await client.query(newer, [size])).rows.length > 0) return
        await client.query(
          `update ledger.checkpoints set text = $2, published_at = $3
            where size = $1 and published_at is null`,
          [size, text, at],
        )
        await work()
      })
    },
    close: () => pool.end(),
  }
}

function reads(pool: pg.Pool): Pick<Publication, 'knownIdentity' | 'newest' | 'covering' | 'from'> {
  const checkpoints = async (text: string, values: readonly unknown[]) =>
    (await askPool<CheckpointRow>(pool, { text, values: [...values] })).map(checkpointOf)
  return {
    knownIdentity: () => readIdentity(pool),
    newest: async () => (await checkpoints(newest, []))[0] ?? null,
    async covering(size) {
      const first = `${select} where size >= $1 and published_at is not null order by size limit 1`
      return (await checkpoints(first, [size]))[0] ?? null
    },
    from: (size, limit) =>
      checkpoints(`${select} where size >= $1 order by size limit $2`, [size, limit]),
  }
}

async function readIdentity(pool: pg.Pool): Promise<LedgerIdentity | null> {
  const rows = await askPool<LedgerIdentity>(pool, {
    text: 'select origin, vkey from ledger.identity',
  })
  return rows[0] ?? null
}

/** One transaction. When nobody knows how it ended, its connection is not used again. */
async function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await borrow(pool)
  let isLost = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      isLost = true
    })
    throw error
  } finally {
    client.release(isLost)
  }
}

type CheckpointRow = {
  size: number
  root: Buffer
  text: string
  signed_at: string
  published_at: string | null
}

const select = 'select size, root, text, signed_at, published_at from ledger.checkpoints'
const newest = `${select} order by size desc limit 1`

function checkpointOf(row: CheckpointRow): KeptCheckpoint {
  const { size, root, text, signed_at: signedAt, published_at: publishedAt } = row
  return { size, root, text, signedAt, publishedAt }
}

async function insertCheckpoint(client: pg.PoolClient, made: NewCheckpoint): Promise<void> {
  await client.query(
    'insert into ledger.checkpoints (size, root, text, signed_at) values ($1, $2, $3, $4)',
    [made.size, made.root, made.text, made.signedAt],
  )
}

/** The row may not exist yet, so the lock is on the name. */
async function lockStorage(client: pg.PoolClient, storage: string): Promise<TreeHead | null> {
  await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [signingLock, storage])
  const { rows } = await client.query<TreeHead>(
    'select size, root from ledger.storages where name = $1',
    [storage],
  )
  return rows[0] ?? null
}

async function putStorage(client: pg.PoolClient, storage: string, head: TreeHead): Promise<void> {
  await client.query(
    `insert into ledger.storages (name, size, root) values ($1, $2, $3)
     on conflict (name) do update set size = excluded.size, root = excluded.root`,
    [storage, head.size, head.root],
  )
}
