import type { Row } from '../app/projection.ts'
import { identifier } from './connections.ts'
import type { TableWrites } from './write-buffer.ts'
import type { ViewTable } from './view-tables.ts'

export type Statement = { readonly text: string; readonly values: readonly [string] }

/** Rows that one statement carries at most, so that none grows without bound. */
const rowsMax = 10_000

/**
 * The statements that carry out what a buffer gathered: one for many rows, which travel as one JSON
 * text. PostgreSQL reads it by the columns' own types, arrays and JSON included.
 */
export function statementsOf(schema: string, writes: readonly TableWrites[]): Statement[] {
  return writes.flatMap((one) => {
    const target = `${identifier(schema)}.${identifier(one.table.name)}`
    return [
      ...removalsOf(target, one),
      ...inChunks(one.deletions).map((rows) => deletion(target, one.table, one.table.key, rows)),
      ...inChunks(one.puts).map((rows) => insertion(target, one.table, rows)),
      ...patchesOf(target, one),
    ]
  })
}

function insertion(target: string, table: ViewTable, rows: readonly Row[]): Statement {
  const columns = [...table.columns.keys()]
  const list = columns.map(identifier).join(', ')
  const changes = columns
    .filter((column) => !table.key.includes(column))
    .map((column) => `${identifier(column)} = excluded.${identifier(column)}`)
  return {
    text:
      `insert into ${target} (${list}) select ${list} from ${recordset(table, columns)} ` +
      `on conflict (${table.key.map(identifier).join(', ')}) do ` +
      (changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`),
    values: [JSON.stringify(rows)],
  }
}

/** Removals of the same columns go together; those that look for null need another condition. */
function removalsOf(target: string, { table, removals }: TableWrites): Statement[] {
  const groups = groupBy(removals, (match) =>
    Object.keys(match)
      .sort()
      .map((column) => `${column} ${match[column] === null}`)
      .join('\n'),
  )
  return groups.flatMap((rows) =>
    inChunks(rows).map((chunk) =>
      deletion(target, table, Object.keys(chunk[0] ?? {}).sort(), chunk),
    ),
  )
}

function deletion(
  target: string,
  table: ViewTable,
  columns: readonly string[],
  rows: readonly Row[],
): Statement {
  const condition = columns.map((column) => {
    const name = identifier(column)
    return rows[0]?.[column] === null ? `t.${name} is null` : `t.${name} = x.${name}`
  })
  return {
    text:
      `delete from ${target} as t using ${recordset(table, columns)} ` +
      `where ${condition.join(' and ')}`,
    values: [JSON.stringify(rows)],
  }
}

function patchesOf(target: string, { table, patches }: TableWrites): Statement[] {
  const groups = groupBy(patches, ({ changes }) => Object.keys(changes).sort().join('\n'))
  return groups.flatMap((group) =>
    inChunks(group).map((chunk) => {
      const changed = Object.keys(chunk[0]?.changes ?? {}).sort()
      const set = changed.map((column) => `${identifier(column)} = x.${identifier(column)}`)
      const same = table.key.map((column) => `t.${identifier(column)} = x.${identifier(column)}`)
      return {
        text:
          `update ${target} as t set ${set.join(', ')} ` +
          `from ${recordset(table, [...table.key, ...changed])} where ${same.join(' and ')}`,
        values: [
          JSON.stringify(chunk.map(({ key, changes }) => ({ ...key, ...changes }))),
        ] as const,
      }
    }),
  )
}

function recordset(table: ViewTable, columns: readonly string[]): string {
  const typed = columns.map((column) => `${identifier(column)} ${table.columns.get(column) ?? ''}`)
  return `json_to_recordset($1::json) as x(${typed.join(', ')})`
}

function inChunks<T>(rows: readonly T[]): T[][] {
  const chunks: T[][] = []
  for (let at = 0; at < rows.length; at += rowsMax) chunks.push(rows.slice(at, at + rowsMax))
  return chunks
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): T[][] {
  return [...Map.groupBy(items, nameOf).values()]
}
