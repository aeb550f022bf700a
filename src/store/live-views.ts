import type pg from 'pg'
import type { Head, ViewBuild } from '../app/engine/store.ts'
import type { Projection } from '../app/projection.ts'
import { identifier } from './connections.ts'
import { readHead } from './entry-rows.ts'
import { ensureReaderRole, grantReading } from './reader-role.ts'
import { viewBuild } from './view-build.ts'
import { createFunctions, createTables, digestOf } from './view-schemas.ts'
import { readViewTables } from './view-tables.ts'
import type { ViewTables } from './view-tables.ts'

/** The schema in which the views are kept up to date with every append. */
export const liveSchema = 'views'

type Known = { name: string; version: number; digest: string; tables: string[] }

/**
 * Makes the live views fit the projections, under the head's lock and in one transaction: a kill in
 * between leaves them as they were. Tables of new, changed and gone projections are dropped; new
 * and changed ones are created again and filled from entry 0.
 */
export async function prepareLiveViews(
  client: pg.Client,
  projections: readonly Projection[],
  fill: (stale: readonly Projection[], size: number, build: ViewBuild) => Promise<void>,
): Promise<{ head: Head; tables: ViewTables; reader: boolean }> {
  await client.query('begin')
  try {
    const locked = await readHead(client, 'for update')
    const changes = await findChanges(client, projections)
    await createFunctions(client, liveSchema, null)
    if (changes.stale.length > 0 || changes.gone.length > 0) {
      await replaceTables(client, changes)
    }
    const reader = await ensureReaderRole(client)
    await grantReading(client, liveSchema)
    const tables = await readViewTables(client, liveSchema)
    if (changes.stale.length > 0 && locked.size > 0) {
      const build = viewBuild(client, liveSchema, tables)
      await fill(changes.stale, locked.size, build)
      await build.flush()
    }
    const head = await readHead(client, '')
    await client.query('commit')
    return { head, tables, reader }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

type Changes = { stale: Projection[]; gone: Known[] }

async function findChanges(
  client: pg.Client,
  projections: readonly Projection[],
): Promise<Changes> {
  const { rows } = await client.query<Known>(
    'select name, version, digest, tables from ledger.projections',
  )
  const existing = await readViewTables(client, liveSchema)
  const known = new Map(rows.map((row) => [row.name, row]))
  const stale = projections.filter((projection) => {
    const row = known.get(projection.name)
    return (
      row === undefined ||
      row.version !== projection.version ||
      row.digest !== digestOf(projection) ||
      projection.tables.some((table) => !existing.has(table))
    )
  })
  const wanted = new Set(projections.map(({ name }) => name))
  return { stale, gone: rows.filter(({ name }) => !wanted.has(name)) }
}

async function replaceTables(client: pg.Client, { stale, gone }: Changes): Promise<void> {
  const names = [...stale, ...gone].map(({ name }) => name)
  const { rows } = await client.query<{ table: string }>(
    'select unnest(tables) as table from ledger.projections where name = any($1)',
    [names],
  )
  const tables = new Set([
    ...rows.map(({ table }) => table),
    ...stale.flatMap((projection) => projection.tables),
  ])
  for (const table of tables) {
    await client.query(
      `drop table if exists ${identifier(liveSchema)}.${identifier(table)} cascade`,
    )
  }
  await createTables(client, liveSchema, stale)
  await client.query('delete from ledger.projections where name = any($1)', [names])
  for (const projection of stale) {
    await client.query(
      'insert into ledger.projections (name, version, digest, tables) values ($1, $2, $3, $4)',
      [projection.name, projection.version, digestOf(projection), projection.tables],
    )
  }
  // Other nodes see that the views are no longer theirs to write.
  await client.query('update ledger.head set views_epoch = views_epoch + 1 where id = 1')
}
