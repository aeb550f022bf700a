import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Projection } from '../app/projection.ts'
import { identifier } from './connections.ts'
import { grantReading } from './reader-role.ts'
import { readViewTables } from './view-tables.ts'
import type { ViewTables } from './view-tables.ts'

/** Creates an empty schema with the tables of these projections, and what queries may use there. */
export async function createViewSchema(
  client: pg.ClientBase,
  schema: string,
  projections: readonly Projection[],
  size: number | null,
): Promise<ViewTables> {
  await client.query(`create schema ${identifier(schema)}`)
  await createFunctions(client, schema, size)
  await createTables(client, schema, projections)
  await grantReading(client, schema)
  return await readViewTables(client, schema)
}

/** Runs the projections' `create table` statements, which name no schema. */
export async function createTables(
  client: pg.ClientBase,
  schema: string,
  projections: readonly Projection[],
): Promise<void> {
  await client.query(`set local search_path to ${identifier(schema)}`)
  for (const { name, ddl, tables } of projections) {
    await client.query(ddl)
    const { rows } = await client.query<{ missing: string }>(
      `select t.name as missing from unnest($1::text[]) as t(name)
        where to_regclass(format('%I.%I', $2::text, t.name)) is null`,
      [tables, schema],
    )
    if (rows.length > 0) throw new Error(`${name} does not create ${rows[0]?.missing}`)
  }
  await client.query('set local search_path to default')
}

/**
 * `as_of()` and `as_of_day()` stand for the clock; both are set for the reading transaction.
 * `entries` is the ledger itself as far as these views show it.
 */
export async function createFunctions(
  client: pg.ClientBase,
  schema: string,
  size: number | null,
): Promise<void> {
  const name = identifier(schema)
  await client.query(`
    create or replace function ${name}.as_of() returns timestamptz language sql stable
      return current_setting('arinomama.as_of')::timestamptz;
    create or replace function ${name}.as_of_day() returns date language sql stable
      return (current_setting('arinomama.as_of')::timestamptz
              at time zone current_setting('arinomama.zone'))::date;
    create or replace view ${name}.entries as
      select seq, type, stream, by, recorded_at, effective_at from ledger.entries
      ${size === null ? '' : `where seq < ${Math.trunc(size)}`};
  `)
}

/** Changes with the tables' definition, so that a forgotten version number does no harm. */
export function digestOf({ ddl, rooms }: Projection): string {
  return createHash('sha256')
    .update(JSON.stringify([ddl, rooms]))
    .digest('hex')
}
