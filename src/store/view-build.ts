import type pg from 'pg'
import type { ViewBuild, ViewWrite } from '../app/engine/store.ts'
import { identifier } from './connections.ts'
import { readEntries, readPersonKeys } from './entry-rows.ts'
import type { ViewTables } from './view-tables.ts'
import { writeBuffer } from './write-buffer.ts'
import { statementsOf } from './write-statements.ts'

/** The live views as this node knows them. */
export type LiveViews = { readonly schema: string; readonly tables: () => ViewTables }

/** Waiting rows beyond which a rebuild sends what it has. */
const waitingMax = 5_000

/** Fills a schema inside the transaction that the connection is in. */
export function viewBuild(client: pg.ClientBase, schema: string, tables: ViewTables): ViewBuild {
  const buffer = writeBuffer(tables)
  let underway: Promise<unknown> = Promise.resolve()
  /** Sends what waits, once what was sent before is done; does not wait for this one. */
  const send = async () => {
    await underway
    const sent = statementsOf(schema, buffer.take()).map(({ text, values }) =>
      client.query(text, [...values]),
    )
    underway = Promise.allSettled(sent).then(() => Promise.all(sent))
    // Told to whoever comes next; until then it is nobody's.
    underway.catch(() => {})
  }
  const flush = async () => {
    await send()
    await underway
  }
  return {
    entries: (from, to) => readEntries(client, from, to),
    personKeys: (persons) => readPersonKeys(client, persons),
    async write(writes: readonly ViewWrite[]) {
      buffer.check(writes)
      buffer.add(writes)
      if (buffer.waiting >= waitingMax) await send()
    },
    flush,
    async empty(projections) {
      for (const table of projections.flatMap((projection) => projection.tables)) {
        await client.query(`delete from ${identifier(schema)}.${identifier(table)}`)
      }
    },
  }
}
