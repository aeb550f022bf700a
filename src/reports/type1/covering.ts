import type { KeptCheckpoint, LedgerIdentity } from '../../app/ledger/ports.ts'
import { parseNote } from '../../ledger/note.ts'
import type { Checkpoint } from './model.ts'

/** A cosignature is a time in whole seconds, 8 bytes, and an Ed25519 signature (tlog-cosignature). */
const COSIGNATURE_BYTES = 72

/** A published checkpoint as a report prints it. */
export function printedCheckpoint(kept: KeptCheckpoint, identity: LedgerIdentity): Checkpoint {
  const { signatures } = parseNote(Buffer.from(kept.text))
  return {
    origin: identity.origin,
    size: kept.size,
    rootBase64: Buffer.from(kept.root).toString('base64'),
    signedAt: kept.signedAt,
    text: kept.text,
    vkey: identity.vkey,
    witnesses: signatures
      .filter(({ signature }) => signature.byteLength === COSIGNATURE_BYTES)
      .map(({ name, signature }) => {
        const seconds = Number(Buffer.from(signature).readBigUInt64BE(0))
        return { name, at: new Date(seconds * 1_000).toISOString() }
      }),
  }
}
