import type { AuditedEntry, EntryAudit } from '../app/ledger/ports.ts'
import { connect } from './connections.ts'
import type { Connecting } from './connections.ts'

/** Reads the entries as they lie there, on a connection of its own, for who verifies. */
export async function openEntryAudit(
  connecting: Connecting,
): Promise<EntryAudit & { readonly close: () => Promise<void> }> {
  const client = await connect(connecting, 'arinomama audit')
  return {
    async extent() {
      const { rows } = await client.query<{ size: number; rows: number; last: number | null }>(
        `select (select size from ledger.head) as size, count(*) as rows, max(seq) as last
           from ledger.entries`,
      )
      return rows[0] ?? { size: 0, rows: 0, last: null }
    },
    async rows(from, to) {
      const { rows } = await client.query<AuditedEntry>({
        name: 'audit',
        text: `select seq, bytes, type, stream, by,
                      recorded_at as "recordedAt", effective_at as "effectiveAt"
                 from ledger.entries where seq >= $1 and seq < $2 order by seq`,
        values: [from, to],
      })
      return rows
    },
    close: () => client.end(),
  }
}
