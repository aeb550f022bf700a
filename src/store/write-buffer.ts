import { EngineError } from '../app/engine/engine-error.ts'
import type { ViewWrite } from '../app/engine/store.ts'
import type { Row, Value } from '../app/projection.ts'
import type { ViewTable, ViewTables } from './view-tables.ts'

/** What is to be done to one table, in this order: matches, deletions, insertions, changes. */
export type TableWrites = {
  readonly table: ViewTable
  readonly removals: readonly Row[]
  readonly deletions: readonly Row[]
  readonly puts: readonly Row[]
  readonly patches: readonly { readonly key: Row; readonly changes: Row }[]
}

/**
 * Gathers writes and hands them out in bulk, so that a reader afterwards cannot tell it from one
 * write after the other. Per table the last word on each row is kept. `remove` is moved before
 * everything else of its table: rows that wait here and match are taken back at once, rows in the
 * database are deleted first. That is the same as long as no waiting change, of a row that only the
 * database knows, touches a column that a later `remove` looks at; then what waits is sealed.
 */
export type WriteBuffer = {
  /** Throws `view-write-invalid` when a write does not fit its table. */
  check(writes: readonly ViewWrite[]): void
  add(writes: readonly ViewWrite[]): void
  /** Number of rows waiting. */
  readonly waiting: number
  /** Everything that waits; the buffer is empty afterwards. */
  take(): TableWrites[]
}

export function writeBuffer(tables: ViewTables): WriteBuffer {
  let sealed: TableWrites[] = []
  let open = new Map<string, TableBuffer>()
  let waiting = 0
  const bufferOf = (name: string) => {
    const known = open.get(name)
    if (known !== undefined) return known
    const made = tableBuffer(tableOf(tables, name))
    open.set(name, made)
    return made
  }
  return {
    check: (writes) => writes.forEach((write) => checkWrite(tables, write)),
    add(writes) {
      for (const write of writes) {
        waiting++
        const buffer = bufferOf(write.table)
        if (buffer.add(write)) continue
        sealed.push(buffer.take())
        open.delete(write.table)
        bufferOf(write.table).add(write)
      }
    },
    get waiting() {
      return waiting
    },
    take() {
      const all = [...sealed, ...[...open.values()].map((buffer) => buffer.take())]
      sealed = []
      open = new Map()
      waiting = 0
      return all
    },
  }
}

type Pending =
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'patch'; readonly key: Row; readonly changes: Row }
  | { readonly kind: 'delete'; readonly key: Row }

type TableBuffer = {
  /** False when the write must wait for what is here to be sent first; it was not taken. */
  add(write: ViewWrite): boolean
  take(): TableWrites
}

function tableBuffer(table: ViewTable): TableBuffer {
  const rows = new Map<string, Pending>()
  const removals = new Map<string, Row>()
  const index = putIndex()
  /** Columns that waiting changes of rows unknown here touch. */
  const patched = new Set<string>()

  const set = (id: string, pending: Pending) => {
    const before = rows.get(id)
    if (before?.kind === 'put') index.drop(id, before.row)
    rows.set(id, pending)
    if (pending.kind === 'put') index.add(id, pending.row)
  }
  const patch = (key: Row, changes: Row) => {
    const id = rowId(table, key)
    const before = rows.get(id)
    switch (before?.kind) {
      case 'put':
        return set(id, { kind: 'put', row: { ...before.row, ...changes } })
      case 'delete':
        return
      case 'patch':
      case undefined:
        Object.keys(changes).forEach((column) => patched.add(column))
        return set(id, { kind: 'patch', key, changes: { ...before?.changes, ...changes } })
    }
  }
  const remove = (match: Row): boolean => {
    const columns = Object.keys(match).sort()
    if (columns.some((column) => patched.has(column) || !isPlain(table.columns.get(column)))) {
      if (rows.size > 0) return false
    }
    if (isKey(table, columns)) {
      set(rowId(table, match), { kind: 'delete', key: match })
      return true
    }
    for (const [id, row] of index.matching(columns, match, rows)) {
      set(id, { kind: 'delete', key: keyOf(table, row) })
    }
    removals.set(JSON.stringify(columns.map((column) => [column, match[column]])), match)
    return true
  }
  return {
    add(write) {
      switch (write.kind) {
        case 'put':
          set(rowId(table, write.row), { kind: 'put', row: write.row })
          return true
        case 'patch':
          patch(write.key, write.row)
          return true
        case 'remove':
          return remove(write.row)
      }
    },
    take() {
      const all = [...rows.values()]
      return {
        table,
        removals: [...removals.values()],
        deletions: all.flatMap((one) => (one.kind === 'delete' ? [one.key] : [])),
        puts: all.flatMap((one) => (one.kind === 'put' ? [one.row] : [])),
        patches: all.flatMap((one) => (one.kind === 'patch' ? [one] : [])),
      }
    },
  }
}

/** Finds waiting rows by the columns that `remove` has asked for; made when first asked. */
function putIndex() {
  const byColumns = new Map<string, { columns: string[]; ids: Map<string, Set<string>> }>()
  const valueOf = (columns: readonly string[], row: Row) =>
    JSON.stringify(columns.map((column) => comparable(row[column])))
  const addTo = (ids: Map<string, Set<string>>, value: string, id: string) => {
    const known = ids.get(value)
    if (known === undefined) ids.set(value, new Set([id]))
    else known.add(id)
  }
  return {
    add(id: string, row: Row) {
      byColumns.forEach(({ columns, ids }) => addTo(ids, valueOf(columns, row), id))
    },
    drop(id: string, row: Row) {
      byColumns.forEach(({ columns, ids }) => ids.get(valueOf(columns, row))?.delete(id))
    },
    matching(columns: string[], match: Row, rows: ReadonlyMap<string, Pending>): [string, Row][] {
      const name = columns.join('\n')
      let found = byColumns.get(name)
      if (found === undefined) {
        found = { columns, ids: new Map() }
        byColumns.set(name, found)
        for (const [id, one] of rows) {
          if (one.kind === 'put') addTo(found.ids, valueOf(columns, one.row), id)
        }
      }
      return [...(found.ids.get(valueOf(columns, match)) ?? [])].flatMap((id) => {
        const one = rows.get(id)
        return one?.kind === 'put' ? [[id, one.row] satisfies [string, Row]] : []
      })
    },
  }
}

function tableOf(tables: ViewTables, name: string): ViewTable {
  const table = tables.get(name)
  if (table === undefined) throw invalid(`there is no view table ${name}`)
  return table
}

function checkWrite(tables: ViewTables, write: ViewWrite): void {
  const table = tableOf(tables, write.table)
  const columns = Object.keys(write.row)
  for (const row of write.kind === 'patch' ? [write.row, write.key] : [write.row]) {
    for (const [column, value] of Object.entries<Value | undefined>(row)) {
      if (!table.columns.has(column)) throw invalid(`${table.name} has no column ${column}`)
      if (value === undefined) throw invalid(`${table.name}.${column} is undefined`)
    }
  }
  switch (write.kind) {
    case 'put':
      if (columns.length !== table.columns.size) {
        const missing = [...table.columns.keys()].filter((column) => !(column in write.row))
        throw invalid(`${table.name} is put without ${missing.join(', ')}`)
      }
      return
    case 'patch':
      if (!isKey(table, Object.keys(write.key))) {
        throw invalid(`${table.name} is patched by ${Object.keys(write.key).join(', ')}`)
      }
      if (columns.length === 0 || columns.some((column) => table.key.includes(column))) {
        throw invalid(`a patch of ${table.name} changes its key, or nothing`)
      }
      return
    case 'remove':
      if (columns.length === 0) throw invalid(`${table.name} is emptied by an empty match`)
  }
}

function isKey(table: ViewTable, columns: readonly string[]): boolean {
  return columns.length === table.key.length && table.key.every((name) => columns.includes(name))
}

function keyOf(table: ViewTable, row: Row): Row {
  return Object.fromEntries(table.key.map((column) => [column, row[column] ?? null]))
}

function rowId(table: ViewTable, row: Row): string {
  return JSON.stringify(table.key.map((column) => comparable(row[column])))
}

/** `7` and `'7'` are the same to a column of numbers. */
function comparable(value: Value | undefined): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Types of which equal values have one way to be written, here as in PostgreSQL. */
function isPlain(type: string | undefined): boolean {
  return /^(text|boolean|smallint|integer|bigint|date)$/.test(type ?? '')
}

function invalid(message: string): EngineError {
  return new EngineError('view-write-invalid', message)
}
