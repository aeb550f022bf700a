import { equalBytes } from '../../ledger/encoding.ts'
import { decodeBundle } from '../../ledger/entry-bundle.ts'
import { LedgerError } from '../../ledger/ledger-error.ts'
import { readBundle } from '../../ledger/tile-reader.ts'
import type { Read } from '../../ledger/tile-reader.ts'
import { TILE_WIDTH } from '../../ledger/tile.ts'
import type { Finding } from '../../ledger/verify-bundles.ts'
import { parseEnvelope } from '../engine/envelope.ts'
import type { AuditedEntry, EntryAudit } from './ports.ts'

/** Bundles compared at once. */
const BUNDLES = 4

/**
 * Holds every row of the database against the signed entries of the files, and against its own
 * index columns. Rows beyond the checkpoint are held against themselves: they are not signed yet.
 */
export async function* compareEntries(options: {
  readonly audit: EntryAudit
  readonly read: Read
  /** The size of the checkpoint that the files were verified for. */
  readonly signedSize: number
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}): AsyncGenerator<Finding> {
  const { audit, read, signedSize, onProgress } = options
  const { size, rows, last } = await audit.extent()
  if (size < signedSize) {
    const message = `the head says ${size} entries, but ${signedSize} are signed`
    yield { code: 'database-short', where: 'ledger.head', message }
  }
  const total = Math.max(size, signedSize, last === null ? 0 : last + 1)
  for (let from = 0; from < total; from += BUNDLES * TILE_WIDTH) {
    const to = Math.min(total, from + BUNDLES * TILE_WIDTH)
    const found = new Map((await audit.rows(from, to)).map((row) => [row.seq, row]))
    const signed = await signedEntries(read, from, Math.min(to, signedSize), signedSize)
    for (let seq = from; seq < to; seq++) {
      yield* judge(seq, found.get(seq), signed.get(seq), { size, signedSize })
    }
    onProgress?.(to, total)
  }
  if (rows > total) {
    const message = `there are ${rows} rows for ${total} entries`
    yield { code: 'entry-unexpected', where: 'ledger.entries', message }
  }
}

/** The entries of the files; those that cannot be read have been named by who verified the files. */
async function signedEntries(
  read: Read,
  from: number,
  to: number,
  size: number,
): Promise<Map<number, Uint8Array>> {
  const entries = new Map<number, Uint8Array>()
  for (let first = from; first < to; first += TILE_WIDTH) {
    try {
      const { bundle } = await readBundle(read, size, first / TILE_WIDTH)
      for (const [at, entry] of decodeBundle(bundle).entries()) entries.set(first + at, entry)
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
    }
  }
  return entries
}

function* judge(
  seq: number,
  row: AuditedEntry | undefined,
  signed: Uint8Array | undefined,
  { size, signedSize }: { size: number; signedSize: number },
): Generator<Finding> {
  const where = `entry ${seq}`
  if (row === undefined) {
    const message = 'the entry is missing in the database'
    yield { code: 'entry-missing', where, message }
    return
  }
  if (seq >= size && seq >= signedSize) {
    const message = 'the row lies beyond the head: no command has written it'
    yield { code: 'entry-unexpected', where, message }
    return
  }
  if (signed !== undefined && !equalBytes(signed, row.bytes)) {
    const message = `the database has another entry than the one that is signed: ${about(row.bytes)}; signed: ${about(signed)}`
    yield { code: 'entry-differs', where, message }
    return
  }
  const columns = differingColumns(row)
  if (columns.length === 0) return
  const message = `columns do not say what the entry says: ${columns.join(', ')}`
  yield { code: 'entry-columns-differ', where, message }
}

/** What kind of entry the bytes are, for the message. */
function about(bytes: Uint8Array): string {
  try {
    const { type, stream, recordedAt } = parseEnvelope(bytes)
    return `${type} of ${stream}, ${recordedAt}`
  } catch {
    return `${bytes.byteLength} bytes that are no entry`
  }
}

function differingColumns(row: AuditedEntry): string[] {
  let envelope
  try {
    envelope = parseEnvelope(row.bytes)
  } catch {
    return ['bytes']
  }
  const columns = {
    type: row.type === envelope.type,
    stream: row.stream === envelope.stream,
    by: row.by === envelope.by,
    recorded_at: row.recordedAt === envelope.recordedAt,
    effective_at: row.effectiveAt === envelope.effectiveAt,
  }
  return Object.entries(columns).flatMap(([name, isSame]) => (isSame ? [] : [name]))
}
