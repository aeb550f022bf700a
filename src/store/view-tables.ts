import type pg from 'pg'

/** The tables of one schema of views, as PostgreSQL knows them. */
export type ViewTable = {
  readonly name: string
  /** Column names with their SQL types, in order. */
  readonly columns: ReadonlyMap<string, string>
  readonly key: readonly string[]
}
export type ViewTables = ReadonlyMap<string, ViewTable>

/** Reads what the `create table` statements have made. A table without a primary key throws. */
export async function readViewTables(client: pg.ClientBase, schema: string): Promise<ViewTables> {
  const { rows } = await client.query<{
    name: string
    columns: { name: string; type: string }[]
    key: string[] | null
  }>(
    `select c.relname as name,
            (select json_agg(json_build_object('name', a.attname,
                      'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
               from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
            (select json_agg(a.attname order by array_position(i.indkey::int[], a.attnum::int))
               from pg_index i
               join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
              where i.indrelid = c.oid and i.indisprimary) as key
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind = 'r'
      order by c.relname`,
    [schema],
  )
  const tables = new Map<string, ViewTable>()
  for (const { name, columns, key } of rows) {
    if (key === null) throw new Error(`the view table ${name} has no primary key`)
    tables.set(name, {
      name,
      columns: new Map(columns.map((column) => [column.name, column.type])),
      key,
    })
  }
  return tables
}
