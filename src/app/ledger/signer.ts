import { openCheckpoint, signCheckpoint } from '../../ledger/checkpoint.ts'
import type { Checkpoint } from '../../ledger/checkpoint.ts'
import { equalBytes } from '../../ledger/encoding.ts'
import type { SigningKey, VerifierKey } from '../../ledger/keys.ts'
import { LedgerError, hasCode } from '../../ledger/ledger-error.ts'
import { proveExtension } from '../../ledger/tiles.ts'
import type { TreeHead } from '../../ledger/tiles.ts'
import type { Clock, EntryLog } from '../ports.ts'
import { stopOf } from './integrator.ts'
import { LedgerStop } from './ledger-stop.ts'
import type { KeptCheckpoint, KeySafe, LedgerStorage, Publication } from './ports.ts'
import { readPublished } from './publishing-run.ts'

/** Signs what extends everything that was ever signed, and nothing else. */
export type Signer = {
  readonly key: SigningKey
  /**
   * The newest checkpoint: that of this head, signed now if it is new, or a larger one by another
   * node. The head's files must be durable, and so must its entries. Rejects with `LedgerStop` when
   * it does not extend all that was signed.
   */
  readonly sign: (head: TreeHead) => Promise<KeptCheckpoint | null>
  /** Rejects with `LedgerStop` unless the head extends what was signed. */
  readonly check: (head: TreeHead, newest: KeptCheckpoint | null) => Promise<void>
}

type SignerNeeds = {
  readonly log: EntryLog
  readonly storage: LedgerStorage
  readonly safe: KeySafe
  readonly publication: Publication
  readonly clock: Clock
}

export function signer(key: SigningKey, needs: SignerNeeds): Signer {
  const check = async (head: TreeHead, newest: KeptCheckpoint | null) => {
    const signed = await everythingSigned(key, needs, newest)
    const size = await needs.log.size()
    for (const earlier of signed) {
      if (earlier.size > size) {
        throw new LedgerStop('ledger-database-short', `${size} < ${earlier.size}, ${earlier.where}`)
      }
    }
    // What another node has signed beyond this head is looked at when this node has caught up.
    for (const earlier of signed) {
      if (earlier.size <= head.size) await requireExtends(needs.storage, earlier, head)
    }
  }
  return {
    key,
    check,
    async sign(head) {
      let known: KeptCheckpoint | null = null
      const made = await needs.publication.sign(async (newest) => {
        await check(head, newest)
        known = newest
        if (newest !== null && newest.size >= head.size) return null
        const bytes = signCheckpoint(head, key)
        // Read back before it leaves: a signature that does not verify helps nobody.
        openCheckpoint(bytes, [key.verifier], [])
        // Outside the database first. If the commit fails after it, the copy is of entries that
        // are durable all the same, and the next run signs the same text.
        await needs.safe.keepSigned(bytes)
        const text = Buffer.from(bytes).toString('utf8')
        return { ...head, text, signedAt: needs.clock.now().toISOString() }
      })
      return made ?? known
    },
  }
}

type Signed = Checkpoint & { readonly where: string }

/** The last checkpoint as each place that is hard to change at once remembers it. */
async function everythingSigned(
  key: SigningKey,
  { safe, storage }: SignerNeeds,
  newest: KeptCheckpoint | null,
): Promise<Signed[]> {
  const notes: [string, Uint8Array | null][] = [
    ['ledger.checkpoints', newest === null ? null : Buffer.from(newest.text)],
    ['keys/signed-checkpoint', await safe.signed()],
    ['ledger/checkpoint', await readPublished(storage)],
  ]
  return notes.flatMap(([where, note]) =>
    note === null ? [] : [{ ...openSigned(note, key.verifier, where), where }],
  )
}

/** Rejects with `ledger-copy-damaged` unless this key has signed the checkpoint. */
export function openSigned(note: Uint8Array, key: VerifierKey, where: string): Checkpoint {
  try {
    return openCheckpoint(note, [key], []).checkpoint
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new LedgerStop('ledger-copy-damaged', `${where}: ${error.message}`, { cause: error })
  }
}

async function requireExtends(
  storage: LedgerStorage,
  { size, root, where }: Signed,
  head: TreeHead,
): Promise<void> {
  if (size === head.size && equalBytes(root, head.root)) return
  try {
    await proveExtension(storage.read, { size, root }, head)
  } catch (error) {
    if (!hasCode(error, 'consistency-proof-invalid')) throw stopOf(error)
    throw new LedgerStop('ledger-root-differs', `${where}, ${size}`, { cause: error })
  }
}
