import { equalBytes } from '../../ledger/encoding.ts'
import { openTree } from '../../ledger/integrate.ts'
import type { LedgerFile } from '../../ledger/integrate.ts'
import type { VerifierKey } from '../../ledger/keys.ts'
import { LedgerError, hasCode } from '../../ledger/ledger-error.ts'
import { EMPTY_ROOT } from '../../ledger/merkle.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile-reader.ts'
import type { Read } from '../../ledger/tile-reader.ts'
import type { TreeHead } from '../../ledger/tiles.ts'
import type { EntryLog } from '../ports.ts'
import { edgePaths, isPartial } from './integrator.ts'
import { LedgerStop } from './ledger-stop.ts'
import type { KeySafe, LedgerStorage, Publication } from './ports.ts'
import { openSigned } from './signer.ts'

/** Entries read at once; a multiple of a bundle. */
const CHUNK_ENTRIES = 1024

export type RepairOptions = {
  readonly log: EntryLog
  readonly storage: LedgerStorage
  readonly safe: Pick<KeySafe, 'signed'>
  readonly publication: Publication
  readonly key: VerifierKey
  readonly onProgress?: (step: string, done: number, total: number) => void
}

/**
 * Makes damaged or missing files again from the entries, and answers their paths. First all entries
 * are hashed and held against everything that was signed; only when they lead to those roots is a
 * file written. Rejects with `LedgerStop` when they do not: then it is the entries that are wrong.
 */
export async function repairLedger(options: RepairOptions): Promise<readonly string[]> {
  const { log, storage, publication, onProgress } = options
  const signed = await signedHeads(options)
  const size = await log.size()
  const newest = signed.at(-1)
  if (newest !== undefined && newest.size > size) {
    throw new LedgerStop('ledger-database-short', `${size} < ${newest.size}, ${newest.where}`)
  }
  const sizes = [...new Set([...signed.map((head) => head.size), size])]
  await growAll(log, sizes, (head) => {
    for (const { where, ...earlier } of signed) {
      if (earlier.size === head.size && !equalBytes(earlier.root, head.root)) {
        throw new LedgerStop('ledger-root-differs', `${where}, ${head.size}`)
      }
    }
    onProgress?.('entries', head.size, size)
    return Promise.resolve()
  })
  const made: string[] = []
  await growAll(log, sizes, async (head, files) => {
    for (const file of files) {
      if (await isRight(storage.read, file)) continue
      await storage.restore(file)
      made.push(file.path)
    }
    if (head.size === size) await publication.integrate(storage.name, () => Promise.resolve(head))
    onProgress?.('files', head.size, size)
  })
  const kept = await publication.newest()
  if (kept?.publishedAt != null && !(await isSigned(options))) {
    await storage.publish(Buffer.from(kept.text))
    made.push(CHECKPOINT_PATH)
  }
  return made
}

/** All that was signed, as far as it can still be read, in the order of its size. */
async function signedHeads({
  safe,
  storage,
  publication,
  key,
}: RepairOptions): Promise<(TreeHead & { where: string })[]> {
  const newest = await publication.newest()
  const copy = await safe.signed()
  const heads = [
    ...(newest === null ? [] : [{ note: Buffer.from(newest.text), where: 'ledger.checkpoints' }]),
    ...(copy === null ? [] : [{ note: copy, where: 'keys/signed-checkpoint' }]),
  ].map(({ note, where }) => {
    const { size, root } = openSigned(note, key, where)
    return { size, root, where }
  })
  try {
    const note = await storage.read(CHECKPOINT_PATH)
    const { size, root } = openSigned(note, key, CHECKPOINT_PATH)
    heads.push({ size, root, where: CHECKPOINT_PATH })
  } catch (error) {
    // It is one of the files that are mended.
    if (!(error instanceof LedgerStop || error instanceof LedgerError)) throw error
  }
  return heads.sort((one, other) => one.size - other.size)
}

/** Grows the tree from nothing; `take` gets its head and files at every chunk and at every size. */
async function growAll(
  log: EntryLog,
  sizes: readonly number[],
  take: (head: TreeHead, files: readonly LedgerFile[]) => Promise<void>,
): Promise<void> {
  const tree = await openTree({ size: 0, root: EMPTY_ROOT, read: nothing })
  const edges = new Set(sizes.flatMap((size) => [...edgePaths(size)]))
  for (const end of [...sizes].sort((one, other) => one - other)) {
    while (tree.size < end) {
      const from = tree.size
      const to = Math.min(end, from + CHUNK_ENTRIES - (from % CHUNK_ENTRIES))
      const entries = await log.entries(from, to)
      if (entries.length !== to - from) {
        throw new LedgerStop('ledger-database-short', `${from}–${to}: ${entries.length}`)
      }
      const { files, size, root } = tree.append(entries)
      const isWanted = ({ path }: LedgerFile) => !isPartial(path) || edges.has(path)
      await take({ size, root }, files.filter(isWanted))
    }
  }
}

const nothing: Read = (path) => Promise.reject(new LedgerError('resource-missing', 'none', path))

async function isRight(read: Read, { path, bytes }: LedgerFile): Promise<boolean> {
  try {
    return equalBytes(await read(path), bytes)
  } catch (error) {
    if (error instanceof LedgerError) return false
    throw error
  }
}

async function isSigned({ storage, key }: RepairOptions): Promise<boolean> {
  try {
    openSigned(await storage.read(CHECKPOINT_PATH), key, CHECKPOINT_PATH)
    return true
  } catch (error) {
    if (error instanceof LedgerStop || hasCode(error, 'resource-missing')) return false
    throw error
  }
}
