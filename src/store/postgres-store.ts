import type { PoolClient } from 'pg'
import type { Store } from '../app/engine/store.ts'
import type { Projection } from '../app/projection.ts'
import { appendConnection } from './append-connection.ts'
import { compareViews } from './compare-views.ts'
import { connect, openPool, patiently } from './connections.ts'
import type { Connecting } from './connections.ts'
import { readAnswers, readEntries, readHead, readPersonKeys, readStream } from './entry-rows.ts'
import { liveSchema, prepareLiveViews } from './live-views.ts'
import { readEndOfDay } from './day-end.ts'
import { openPastViews } from './past-views.ts'
import type { PastViews } from './past-views.ts'
import { openSnapshots } from './snapshots.ts'
import type { ViewTables } from './view-tables.ts'

export type PostgresStore = Store & { readonly close: () => Promise<void> }

const readersMax = 4

/** The engine's store on PostgreSQL. The schema is in place already (`openDatabase`). */
export function openStore(connecting: Connecting): PostgresStore {
  let tables: ViewTables = new Map()
  let reader = false
  let projections: readonly Projection[] = []
  let past: Promise<PastViews> | null = null
  const live = { schema: liveSchema, tables: () => tables }
  const append = appendConnection(connecting, live)
  const snapshots = openSnapshots(connecting)
  const pool = openPool(connecting, 'arinomama', readersMax)
  const read = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> =>
    patiently(async () => {
      const client = await pool.connect()
      try {
        return await work(client)
      } finally {
        client.release()
      }
    })
  const pastViews = () => (past ??= openPastViews(connecting, projections))
  return {
    head: () => read((client) => readHead(client, '')),
    begin: (wanted) => append.begin(wanted),
    answers: (commands) => read((client) => readAnswers(client, commands)),
    entries: (from, to) => read((client) => readEntries(client, from, to)),
    stream: (stream) => read((client) => readStream(client, stream)),
    personKeys: (persons) => read((client) => readPersonKeys(client, persons)),
    views: {
      async prepare(wanted, fill) {
        projections = wanted
        const client = await connect(connecting, 'arinomama views')
        try {
          const prepared = await prepareLiveViews(client, wanted, fill)
          tables = prepared.tables
          reader = prepared.reader
          return prepared.head
        } finally {
          await client.end().catch(() => {})
        }
      },
      buildPast: async (size, from, fill) => (await pastViews()).build(size, from, fill),
      dropPast: async (schema) => (await pastViews()).drop(schema),
      compare: (fill) => compareViews(connecting, projections, fill),
      read: (options) => snapshots.open({ ...options, zoned: tables.has('organisation'), reader }),
      endOfDay: (day) => read((client) => readEndOfDay(client, day, tables.has('organisation'))),
    },
    async close() {
      await append.close()
      await snapshots.close()
      await (await past?.catch(() => null))?.close()
      await pool.end()
    },
  }
}
