import type pg from 'pg'
import type { ViewBuild, ViewDifference } from '../app/engine/store.ts'
import type { Projection } from '../app/projection.ts'
import { connect, identifier, isAnswer } from './connections.ts'
import type { Connecting } from './connections.ts'
import { readHead } from './entry-rows.ts'
import { liveSchema } from './live-views.ts'
import { viewBuild } from './view-build.ts'
import { createViewSchema } from './view-schemas.ts'
import type { ViewTable } from './view-tables.ts'

const rowsPerFetch = 1_000
const scratch = 'arinomama_rebuilt'

/**
 * Rebuilds every view from the entries and names each row in which the live ones differ. All of it
 * happens in one transaction on one moment's data, which is rolled back in the end: appends go on
 * meanwhile, and nothing is left behind.
 */
export async function* compareViews(
  connecting: Connecting,
  projections: readonly Projection[],
  fill: (size: number, build: ViewBuild) => Promise<void>,
): AsyncGenerator<ViewDifference> {
  const client = await connect(connecting, 'arinomama verify')
  try {
    await client.query('begin isolation level repeatable read')
    const { size } = await readHead(client, '')
    const tables = await createViewSchema(client, scratch, projections, size)
    const build = viewBuild(client, scratch, tables)
    await fill(size, build)
    await build.flush()
    for (const table of tables.values()) {
      yield* differences(client, table.name, comparison(table))
    }
    yield* compareCommands(client)
  } finally {
    await client.query('rollback').catch(() => {})
    await client.end().catch(() => {})
  }
}

type Row = { key: string; kind: ViewDifference['kind']; columns: string[] }

async function* differences(
  client: pg.Client,
  table: string,
  query: string,
): AsyncGenerator<ViewDifference> {
  await client.query(`declare differences no scroll cursor for ${query}`)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${rowsPerFetch} from differences`)
    for (const { key, kind, columns } of rows) yield { table, key, kind, columns }
    if (rows.length < rowsPerFetch) break
  }
  await client.query('close differences')
}

/**
 * What commands were answered is no view, but follows from the entries as well: whoever changes it
 * could have a command carried out twice. An entry that is no JSON ends this; it has been named by
 * whoever verified the entries.
 */
async function* compareCommands(client: pg.Client): AsyncGenerator<ViewDifference> {
  try {
    yield* differences(client, 'ledger.commands', commandsComparison)
  } catch (error) {
    if (!isAnswer(error)) throw error
  }
}

const commandsComparison = `
  select json_build_array(coalesce(c.id, e.id))::text as key,
         case when c.id is null then 'missing' when e.id is null then 'unexpected'
              else 'differs' end as kind,
         case when c.id is null or e.id is null then '{}' else array['first', 'last'] end as columns
    from (select id, first, last from ledger.commands where first is not null) as c
    full join (
      select convert_from(bytes, 'UTF8')::json ->> 'command' as id, min(seq) as first,
             max(seq) as last
        from ledger.entries group by 1
    ) as e on c.id = e.id
   where c.first is distinct from e.first or c.last is distinct from e.last
   order by 1`

/** Columns are compared as texts: equal JSON documents may be written differently, but not here. */
function comparison(table: ViewTable): string {
  const name = identifier(table.name)
  const on = table.key.map((column) => `l.${identifier(column)} = r.${identifier(column)}`)
  const keyOf = (side: string) =>
    `json_build_array(${table.key.map((column) => `${side}.${identifier(column)}`).join(', ')})::text`
  const first = identifier(table.key[0] ?? '')
  const differing = [...table.columns.keys()]
    .filter((column) => !table.key.includes(column))
    .map((column) => {
      const quoted = identifier(column)
      const literal = `'${column.replaceAll("'", "''")}'`
      return `case when l.${quoted}::text is distinct from r.${quoted}::text then ${literal} end`
    })
  const columns = `array_remove(array[${differing.join(', ')}]::text[], null)`
  return `
    select * from (
      select case when r.${first} is null then ${keyOf('l')} else ${keyOf('r')} end as key,
             case when l.${first} is null then 'missing'
                  when r.${first} is null then 'unexpected' else 'differs' end as kind,
             case when l.${first} is null or r.${first} is null then '{}' else ${columns} end
               as columns
        from ${identifier(liveSchema)}.${name} as l
        full join ${identifier(scratch)}.${name} as r on ${on.join(' and ')}
    ) as compared
    where kind <> 'differs' or cardinality(columns) > 0
    order by key::text`
}
