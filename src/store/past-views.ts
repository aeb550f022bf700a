import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { ViewBuild, ViewSchema } from '../app/engine/store.ts'
import type { Projection } from '../app/projection.ts'
import { connect, identifier } from './connections.ts'
import type { Connecting } from './connections.ts'
import { viewBuild } from './view-build.ts'
import { createViewSchema } from './view-schemas.ts'
import type { ViewTables } from './view-tables.ts'

/** Schemas with the views of past sizes; they live as long as this node. */
export type PastViews = {
  build(
    size: number,
    from: ViewSchema | null,
    fill: (build: ViewBuild) => Promise<void>,
  ): Promise<ViewSchema>
  drop(past: ViewSchema): Promise<void>
  close(): Promise<void>
}

const lockClass = 7_310_042

/**
 * Each node marks its schemas with its own number and holds that number's advisory lock, which
 * PostgreSQL lets go when the node's connection ends. Schemas whose lock can be had are left over
 * from a dead node and dropped.
 */
export async function openPastViews(
  connecting: Connecting,
  projections: readonly Projection[],
): Promise<PastViews> {
  const client = await connect(connecting, 'arinomama past views')
  const node = randomBytes(4).readUInt32BE() >>> 1
  await client.query('select pg_advisory_lock($1, $2)', [lockClass, node])
  await dropLeftOvers(client)
  let made = 0
  let last: Promise<unknown> = Promise.resolve()
  /** One at a time: they share the connection, and the machine. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
  return {
    build: (size, from, fill) =>
      inTurn(async () => {
        const schema = `past_${node}_${size}_${++made}`
        await inTransaction(client, async () => {
          const tables = await createViewSchema(client, schema, projections, size)
          if (from !== null) await copyTables(client, from.schema, schema, tables)
          const build = viewBuild(client, schema, tables)
          await fill(build)
          await build.flush()
          await analyse(client, schema, tables)
        })
        return { schema, size }
      }),
    drop: (past) =>
      inTurn(async () => {
        await client.query(`drop schema if exists ${identifier(past.schema)} cascade`)
      }),
    close: () =>
      inTurn(async () => {
        await client.end()
      }),
  }
}

async function dropLeftOvers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string; node: number }>(
    `select nspname as schema, split_part(nspname, '_', 2)::integer as node
       from pg_namespace where nspname ~ '^past_[0-9]+_[0-9]+_[0-9]+$'`,
  )
  for (const { schema, node } of rows) {
    const { rows: got } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1, $2) as free',
      [lockClass, node],
    )
    if (got[0]?.free !== true) continue
    await client.query(`drop schema if exists ${identifier(schema)} cascade`)
    await client.query('select pg_advisory_unlock($1, $2)', [lockClass, node])
  }
}

async function copyTables(
  client: pg.ClientBase,
  from: string,
  to: string,
  tables: ViewTables,
): Promise<void> {
  for (const { name, columns } of tables.values()) {
    const list = [...columns.keys()].map(identifier).join(', ')
    await client.query(
      `insert into ${identifier(to)}.${identifier(name)} (${list}) ` +
        `select ${list} from ${identifier(from)}.${identifier(name)}`,
    )
  }
}

/** Without statistics the first questions to a fresh schema would be planned blindly. */
async function analyse(client: pg.ClientBase, schema: string, tables: ViewTables): Promise<void> {
  for (const name of tables.keys()) {
    await client.query(`analyze ${identifier(schema)}.${identifier(name)}`)
  }
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
