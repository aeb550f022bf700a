import { refuse } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import { leafHash } from '../../ledger/merkle.ts'
import { formatProof } from '../../ledger/proof.ts'
import { proveEntry } from '../../ledger/tiles.ts'
import { readEnvelope } from '../engine/envelope.ts'
import type { EntryLog, Views } from '../ports.ts'
import { signedEntry } from '../signing/bundle.ts'
import { entryRow } from './entry-reads.ts'
import type { EntryPage } from './entry-reads.ts'
import type { EntryIndex, LedgerStorage, Publication } from './ports.ts'

/** One entry with everything that shows it: its bytes, its proof, its signature, its neighbours. */
export async function entryPage(
  views: Views,
  seq: number,
  needs: {
    readonly log: EntryLog
    readonly index: EntryIndex
    readonly storage: LedgerStorage
    readonly publication: Publication
    readonly vkey: string
  },
): Promise<EntryPage | Refused> {
  const row = await entryRow(views, needs.index, seq)
  const [bytes] = row === null ? [] : await needs.log.entries(seq, seq + 1)
  if (row === null || bytes === undefined) return refuse('entry-unknown', String(seq))
  const signed = await signedEntry(views, readEnvelope(bytes))
  return {
    ...row,
    canonical: Buffer.from(bytes).toString('utf8'),
    leafHash: Buffer.from(leafHash(bytes)).toString('hex'),
    proof: await proofOf(seq, needs),
    signed:
      signed === null
        ? null
        : { by: row.by, statement: signed.signature.statement, valid: signed.fault === null },
    ...(await needs.index.neighbours({ ...row, by: row.by.id }, views.size)),
  }
}

/**
 * The proof in the first published checkpoint that covers the entry: the same for ever. The key
 * goes with it, for whoever checks it to compare with the one they know.
 */
async function proofOf(
  index: number,
  { storage, publication, vkey }: Parameters<typeof entryPage>[2],
): Promise<string | null> {
  const checkpoint = await publication.covering(index + 1)
  if (checkpoint === null) return null
  const hashes = await proveEntry(storage.read, checkpoint, index)
  const extra = Buffer.from(vkey)
  const proof = formatProof({ extra, index, hashes, checkpoint: Buffer.from(checkpoint.text) })
  return Buffer.from(proof).toString('utf8')
}
