import { equalBytes } from './encoding.ts'
import { checkEntry, encodeEntries, leafTile } from './entry-bundle.ts'
import { LedgerError } from './ledger-error.ts'
import { HASH_BYTES, checkSize, rootOfRow } from './merkle.ts'
import type { Hash } from './merkle.ts'
import { TILE_WIDTH, entriesPath, rootOfEdge, tilePath, tileWidth } from './tile.ts'
import { readBundle } from './tile-reader.ts'
import type { Read } from './tile-reader.ts'
import { openTiles } from './tiles.ts'

export type LedgerFile = { readonly path: string; readonly bytes: Uint8Array }

/** The tree after an append, and every file that is new with it. */
type Integrated = {
  readonly size: number
  readonly root: Hash
  /** Bundles first, then tiles level by level; partial ones are those of the new size. */
  readonly files: readonly LedgerFile[]
}

/** A tree that grows at its right edge, the only part of it that is held in memory. */
export type Tree = {
  readonly size: number
  root(): Hash
  /**
   * Adds the entries to the tree in memory and says which files that makes. The same entries on
   * the same tree make the same files, so that writing them again after a crash is harmless.
   * Nothing is written here: when the caller fails to write the files, the tree in memory is
   * ahead of them and must be opened again. Throws `entry-too-large` and stays as it was.
   */
  append(entries: readonly Uint8Array[]): Integrated
}

/**
 * Opens the tree of a size and root on the files there are; the empty tree reads none. Rejects as
 * `openTiles` does, and with `tile-damaged` when the last bundle is not that of the tree.
 */
export async function openTree(options: {
  readonly size: number
  readonly root: Hash
  readonly read: Read
}): Promise<Tree> {
  const size = checkSize(options.size)
  const { edge } = await openTiles(options.read, options)
  const last = Math.floor(size / TILE_WIDTH)
  const width = tileWidth(size, 0, last)
  if (width === 0) return growingTree(size, [...edge], Buffer.alloc(0))
  const { bundle, leaves } = await readBundle(options.read, size, last)
  if (!equalBytes(leaves, edge[0] ?? Buffer.alloc(0))) {
    const path = entriesPath(last, width)
    throw new LedgerError('tile-damaged', 'the entries are not those of the signed tree', path)
  }
  return growingTree(size, [...edge], bundle)
}

/** `rows` is the partial tile of each level, `bundle` the partial bundle; empty when there is none. */
function growingTree(size: number, rows: Uint8Array[], bundle: Uint8Array): Tree {
  let root = rootOfEdge(rows)

  function append(entries: readonly Uint8Array[]): Integrated {
    // All that can be refused is refused before anything changes.
    entries.forEach(checkEntry)
    checkSize(size + entries.length)
    const files: LedgerFile[] = []
    const leaves: Uint8Array[] = []
    for (let from = 0; from < entries.length;) {
      const room = TILE_WIDTH - ((size + from) % TILE_WIDTH)
      const added = encodeEntries(entries.slice(from, from + room))
      leaves.push(leafTile(added))
      bundle = Buffer.concat([bundle, added])
      const index = Math.floor((size + from) / TILE_WIDTH)
      from += room
      const width = from > entries.length ? (size + entries.length) % TILE_WIDTH : TILE_WIDTH
      files.push({ path: entriesPath(index, width), bytes: bundle })
      if (width === TILE_WIDTH) bundle = Buffer.alloc(0)
    }
    raise(leaves, files)
    size += entries.length
    root = rootOfEdge(rows)
    return { size, root, files }
  }

  /** Puts new hashes into level 0; what fills a tile there adds a hash to the level above. */
  function raise(leaves: readonly Uint8Array[], files: LedgerFile[]): void {
    let added: readonly Uint8Array[] = leaves
    for (let level = 0; added.length > 0; level++) {
      let row: Uint8Array = Buffer.concat([rows[level] ?? Buffer.alloc(0), ...added])
      let index = Math.floor(size / TILE_WIDTH ** (level + 1))
      const roots: Hash[] = []
      for (; row.byteLength >= TILE_BYTES; index++) {
        const bytes = row.subarray(0, TILE_BYTES)
        files.push({ path: tilePath(level, index, TILE_WIDTH), bytes })
        roots.push(rootOfRow(bytes))
        row = row.subarray(TILE_BYTES)
      }
      // A copy: the rest of a long row would keep all of it in memory.
      const partial = Buffer.from(row)
      rows[level] = partial
      const width = row.byteLength / HASH_BYTES
      if (width > 0) files.push({ path: tilePath(level, index, width), bytes: partial })
      added = roots
    }
  }

  return {
    get size() {
      return size
    },
    root: () => root,
    append,
  }
}

const TILE_BYTES = TILE_WIDTH * HASH_BYTES
