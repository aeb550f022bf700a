import type { QueryResultRow } from 'pg'
import type { EntryIndex, IndexedEntry } from '../app/ledger/ports.ts'
import { askPool, openPool } from './connections.ts'
import type { Connecting } from './connections.ts'

const connectionsMax = 2
const columns = `seq, type, stream, by, recorded_at as "recordedAt", effective_at as "effectiveAt"`

/** Finds entries by the columns that are copied from their bytes. */
export function openEntryIndex(
  connecting: Connecting,
): EntryIndex & { readonly close: () => Promise<void> } {
  const pool = openPool(connecting, 'arinomama entries', connectionsMax)
  const rows = <Row extends QueryResultRow>(text: string, values: unknown[]) =>
    askPool<Row>(pool, { text, values })
  return {
    async list({ size, before, since, stream, type, by, limit }) {
      const values: unknown[] = [size]
      const conditions = ['seq < $1']
      const add = (condition: string, value: unknown) => {
        if (value === undefined) return
        values.push(value)
        conditions.push(`${condition} $${values.length}`)
      }
      add('stream =', stream)
      add('type =', type)
      add('by =', by)
      add('recorded_at >=', since)
      const counted = `select count(*) as total from ledger.entries where ${conditions.join(' and ')}`
      const [count] = await rows<{ total: number }>(counted, [...values])
      add('seq <', before)
      values.push(limit)
      const entries = await rows<IndexedEntry>(
        `select ${columns} from ledger.entries where ${conditions.join(' and ')}
          order by seq desc limit $${values.length}`,
        values,
      )
      return { entries, total: count?.total ?? 0 }
    },
    async one(seq) {
      const found = `select ${columns} from ledger.entries where seq = $1`
      return (await rows<IndexedEntry>(found, [seq]))[0] ?? null
    },
    async neighbours({ seq, stream }, size) {
      const [found] = await rows<{ previous: number | null; next: number | null }>(
        `select (select max(seq) from ledger.entries where stream = $1 and seq < $2) as previous,
                (select min(seq) from ledger.entries
                  where stream = $1 and seq > $2 and seq < $3) as next`,
        [stream, seq, size],
      )
      return found ?? { previous: null, next: null }
    },
    close: () => pool.end(),
  }
}
