import { hasCode } from '../../ledger/ledger-error.ts'
import { openTree } from '../../ledger/integrate.ts'
import type { LedgerFile, Tree } from '../../ledger/integrate.ts'
import { EMPTY_ROOT } from '../../ledger/merkle.ts'
import { equalBytes } from '../../ledger/encoding.ts'
import { LedgerError } from '../../ledger/ledger-error.ts'
import { TILE_WIDTH, entriesPath, levelWidth, levelsOf, tilePath } from '../../ledger/tile.ts'
import type { TreeHead } from '../../ledger/tiles.ts'
import type { EntryLog } from '../ports.ts'
import { LedgerStop } from './ledger-stop.ts'
import { StorageFault } from './ports.ts'
import type { LedgerStorage, Publication } from './ports.ts'

/** Turns committed entries into bundles and tiles. */
export type Integrator = {
  /** Up to all entries there are; answers the new head. Rejects with `LedgerStop`. */
  readonly catchUp: () => Promise<TreeHead>
  /** How far the storage is filled, as this node last saw it. */
  readonly size: () => number
}

/** Entries read at once: those of a bundle, so that full ones are written once. */
const CHUNK_ENTRIES = TILE_WIDTH

/** Files are made durable together: each time costs a sync of their folders. */
const FILES_AT_ONCE = 8

/** What has been integrated becomes known to the database after so many entries at the latest. */
const ENTRIES_PER_COMMIT = 64 * CHUNK_ENTRIES

/**
 * The order of things makes a crash at any point harmless: entries are committed first; files are
 * derived from them, durably; only then is the new size committed. What a crash leaves behind is
 * written again with the same bytes, by the same code that writes it the first time.
 */
export function integrator(
  log: EntryLog,
  storage: LedgerStorage,
  publication: Publication,
): Integrator {
  // The right edge of the tree, kept between runs; undefined when it may be ahead of the files.
  let tree: Tree | undefined
  let seen = 0

  async function step(): Promise<{ head: TreeHead; isDone: boolean }> {
    let head: TreeHead = { size: 0, root: EMPTY_ROOT }
    let isDone = true
    await publication.integrate(storage.name, async (integrated) => {
      head = integrated ?? head
      const size = await log.size()
      if (size < head.size) throw new LedgerStop('ledger-database-short', `${size} < ${head.size}`)
      if (size === head.size) return null
      const growing = await treeAt(head)
      tree = undefined
      const end = Math.min(size, head.size + ENTRIES_PER_COMMIT)
      head = await append(growing, end)
      isDone = head.size === size
      tree = growing
      return head
    })
    seen = head.size
    return { head, isDone }
  }

  async function treeAt(head: TreeHead): Promise<Tree> {
    const isSame = tree?.size === head.size && equalBytes(tree.root(), head.root)
    return isSame && tree !== undefined ? tree : await openTree({ ...head, read: storage.read })
  }

  async function append(growing: Tree, end: number): Promise<TreeHead> {
    const edge = edgePaths(end)
    let waiting: LedgerFile[] = []
    while (growing.size < end) {
      const from = growing.size
      const to = Math.min(end, from + CHUNK_ENTRIES - (from % CHUNK_ENTRIES))
      const entries = await log.entries(from, to)
      if (entries.length !== to - from)
        throw new Error(`entries ${from} to ${to} are not all there`)
      const { files } = growing.append(entries)
      // Partial files belong to a size; only those of the last one will be signed. A tile high up
      // may be as it will be long before the last chunk, which then does not make it again.
      waiting.push(...files.filter(({ path }) => !isPartial(path) || edge.has(path)))
      if (waiting.length < FILES_AT_ONCE && growing.size < end) continue
      await storage.putImmutable(waiting)
      waiting = []
    }
    return { size: growing.size, root: growing.root() }
  }

  return {
    async catchUp() {
      try {
        for (;;) {
          const { head, isDone } = await step()
          if (isDone) return head
        }
      } catch (error) {
        tree = undefined
        throw stopOf(error)
      }
    },
    size: () => seen,
  }
}

/** The partial files of a tree of that size. */
export function edgePaths(size: number): ReadonlySet<string> {
  const paths = Array.from({ length: levelsOf(size) }, (_, level) => {
    const width = levelWidth(size, level)
    return tilePath(level, Math.floor(width / TILE_WIDTH), width % TILE_WIDTH || TILE_WIDTH)
  })
  const bundle = entriesPath(Math.floor(size / TILE_WIDTH), size % TILE_WIDTH || TILE_WIDTH)
  return new Set([bundle, ...paths].filter(isPartial))
}

export function isPartial(path: string): boolean {
  return path.includes('.p/')
}

/** What an error of storage or files means to the ledger as a whole; other errors stay themselves. */
export function stopOf(error: unknown): unknown {
  if (error instanceof StorageFault) {
    const { kind, path, message } = error
    const code = {
      conflict: 'ledger-files-conflict',
      unknown: 'ledger-storage-unknown',
      unwritable: 'ledger-storage-unwritable',
    } as const
    return new LedgerStop(code[kind], `${path}: ${message}`, { cause: error })
  }
  if (hasCode(error, 'root-mismatch')) {
    return new LedgerStop('ledger-root-differs', error.message, { cause: error })
  }
  if (error instanceof LedgerError && error.path !== undefined) {
    const about = `${error.path}: ${error.message}`
    return new LedgerStop('ledger-file-damaged', about, { cause: error })
  }
  return error
}

/** Full tiles and bundles whose partial ones are looked for in one run. */
const COLLECT_MAX = 100

/**
 * Deletes partial files whose full one exists and is published (tlog-tiles, "Partial Tiles"), a few
 * in a run. `from` is a number of bundles that were looked at before; answers the new number.
 */
export async function collectPartials(
  storage: LedgerStorage,
  publishedSize: number,
  from: number,
): Promise<number> {
  const full = Math.floor(publishedSize / TILE_WIDTH)
  const to = Math.min(full, from + COLLECT_MAX)
  for (let index = from; index < to; index++) {
    await storage.dropPartials(entriesPath(index, TILE_WIDTH))
    await storage.dropPartials(tilePath(0, index, TILE_WIDTH))
    // A tile above is full when its last child is.
    for (let level = 1, at = index; at % TILE_WIDTH === TILE_WIDTH - 1; level++) {
      at = Math.floor(at / TILE_WIDTH)
      await storage.dropPartials(tilePath(level, at, TILE_WIDTH))
    }
  }
  return to
}
