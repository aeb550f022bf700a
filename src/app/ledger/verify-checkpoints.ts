import { openCheckpoint } from '../../ledger/checkpoint.ts'
import { equalBytes } from '../../ledger/encoding.ts'
import type { VerifierKey } from '../../ledger/keys.ts'
import { LedgerError } from '../../ledger/ledger-error.ts'
import { proveConsistency, verifyConsistency } from '../../ledger/merkle.ts'
import type { Read } from '../../ledger/tile-reader.ts'
import { openTiles } from '../../ledger/tiles.ts'
import type { TreeHead } from '../../ledger/tiles.ts'
import type { Finding } from '../../ledger/verify-bundles.ts'
import type { KeptCheckpoint, Publication } from './ports.ts'

const CHECKPOINTS_AT_ONCE = 500

/**
 * Holds every checkpoint that was ever signed against the tree as it is now: each must be signed by
 * the log's key, say what its row says, and be extended by the tree.
 */
export async function* compareCheckpoints(options: {
  readonly publication: Publication
  readonly read: Read
  readonly key: VerifierKey
  readonly head: TreeHead
}): AsyncGenerator<Finding> {
  const { publication, read, key, head } = options
  const tiles = await openTiles(read, head).catch((error: unknown) => {
    if (error instanceof LedgerError) return null
    throw error
  })
  // Damaged files have been named already; without them nothing can be proven.
  if (tiles === null) return
  for (let size = 0; ;) {
    const kept = await publication.from(size, CHECKPOINTS_AT_ONCE)
    for (const checkpoint of kept) {
      const why = await whyNot(checkpoint, key, head, async (from) =>
        verifyConsistency(
          await proveConsistency(from.size, head.size, tiles.readHashes),
          from.size,
          from.root,
          head.size,
          head.root,
        ),
      )
      if (why !== null) yield { ...why, where: `checkpoint ${checkpoint.size}` }
    }
    const last = kept.at(-1)
    if (last === undefined || kept.length < CHECKPOINTS_AT_ONCE) return
    size = last.size + 1
  }
}

async function whyNot(
  { size, root, text }: KeptCheckpoint,
  key: VerifierKey,
  head: TreeHead,
  requireExtended: (from: TreeHead) => Promise<void>,
): Promise<Omit<Finding, 'where'> | null> {
  try {
    const { checkpoint } = openCheckpoint(Buffer.from(text), [key], [])
    if (checkpoint.size !== size || !equalBytes(checkpoint.root, root)) {
      const message = 'the row does not say what its signed text says'
      return { code: 'checkpoint-row-differs', message }
    }
    if (size > head.size) {
      const message = `size ${size} was signed; the published ledger has ${head.size}`
      return { code: 'ledger-shrunk', message }
    }
    await requireExtended(checkpoint)
    return null
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return { code: error.code, message: error.message }
  }
}
