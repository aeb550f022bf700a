import { equalBytes } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'
import {
  HASH_BYTES,
  proveConsistency,
  proveInclusion,
  rootOfRow,
  subtreesOfRow,
  verifyConsistency,
} from './merkle.ts'
import type { Hash, ReadHashes } from './merkle.ts'
import { readBundle, readTile } from './tile-reader.ts'
import type { Read } from './tile-reader.ts'
import { TILE_WIDTH, levelWidth, levelsOf, rootOfEdge, tilePath } from './tile.ts'

/** A tree as a checkpoint states it. */
export type TreeHead = { readonly size: number; readonly root: Hash }

/** The tiles of one tree; every hash that comes out has been followed up to the root. */
export type Tiles = {
  readonly size: number
  readonly root: Hash
  /** The partial tile of each level, from level 0 up; empty where the level has only full tiles. */
  readonly edge: readonly Uint8Array[]
  /** Rejects with `tile-damaged` and the path unless the tile belongs to the tree. */
  tile(level: number, index: number): Promise<Uint8Array>
  readonly readHashes: ReadHashes
}

const TILES_KEPT_MAX = 1024

/** Levels of a tree that lie within a tile. */
const TILE_HEIGHT = 8

/** As `subtreesOfRow` makes them. */
type Subtrees = readonly Buffer[]

/**
 * Reads the right edge of a tree and checks that it reproduces the root. Rejects with
 * `tile-damaged` or `resource-missing` and the path, or with `root-mismatch` when the files agree
 * with each other but not with the root.
 */
export async function openTiles(read: Read, { size, root }: TreeHead): Promise<Tiles> {
  const edge = await readEdge(read, size)
  if (!equalBytes(rootOfEdge(edge), root)) throw await damageAtEdge(read, size, edge)
  const kept = new Map<string, Promise<Subtrees>>()
  const edgeSubtrees = new Map<number, Subtrees>()

  /** The tile and every complete subtree over it: checking a tile makes them anyway. */
  async function subtrees(level: number, index: number): Promise<Subtrees> {
    const partial = edge[level]
    const isLast = index === Math.floor(levelWidth(size, level) / TILE_WIDTH)
    if (isLast && partial !== undefined && partial.byteLength > 0) {
      const known = edgeSubtrees.get(level) ?? subtreesOfRow(partial)
      edgeSubtrees.set(level, known)
      return known
    }
    const path = tilePath(level, index, TILE_WIDTH)
    const known = kept.get(path)
    if (known !== undefined) return await known
    const found = authenticTile(level, index, path)
    kept.set(path, found)
    // What could not be read or was damaged may be right the next time it is asked for.
    void found.catch(() => kept.delete(path))
    const [oldest] = kept.keys()
    if (kept.size > TILES_KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    return await found
  }

  async function authenticTile(level: number, index: number, path: string): Promise<Subtrees> {
    const found = subtreesOfRow(await readTile(read, size, level, index))
    const parent = await tile(level + 1, Math.floor(index / TILE_WIDTH))
    const at = (index % TILE_WIDTH) * HASH_BYTES
    if (equalBytes(hashIn(found, TILE_HEIGHT, 0), parent.subarray(at, at + HASH_BYTES)))
      return found
    throw new LedgerError('tile-damaged', 'the tile does not belong to the signed tree', path)
  }

  const tile = async (level: number, index: number): Promise<Uint8Array> =>
    (await subtrees(level, index))[0] ?? Buffer.alloc(0)

  const readHashes: ReadHashes = async (nodes) =>
    await Promise.all(
      nodes.map(async ({ level, index }) => {
        const height = level % TILE_HEIGHT
        const wide = TILE_WIDTH / 2 ** height
        const found = await subtrees(Math.floor(level / TILE_HEIGHT), Math.floor(index / wide))
        return hashIn(found, height, index % wide)
      }),
    )

  return { size, root, edge, tile, readHashes }
}

/**
 * The inclusion proof of an entry in the tree of a checkpoint. Rejects as `openTiles`, or with
 * `index-out-of-range`.
 */
export async function proveEntry(read: Read, head: TreeHead, index: number): Promise<Hash[]> {
  const tiles = await openTiles(read, head)
  return await proveInclusion(index, head.size, tiles.readHashes)
}

/**
 * The proof that a later checkpoint's tree extends an earlier one's. Rejects as `openTiles`, or
 * with `consistency-proof-invalid` when it does not.
 */
export async function proveExtension(read: Read, from: TreeHead, to: TreeHead): Promise<Hash[]> {
  const tiles = await openTiles(read, to)
  const proof = await proveConsistency(from.size, to.size, tiles.readHashes)
  verifyConsistency(proof, from.size, from.root, to.size, to.root)
  return proof
}

/** A hash of a level within a tile; empty where there is none, which matches nothing. */
function hashIn(subtrees: Subtrees, height: number, index: number): Hash {
  const at = index * HASH_BYTES
  return subtrees[height]?.subarray(at, at + HASH_BYTES) ?? Buffer.alloc(0)
}

async function readEdge(read: Read, size: number): Promise<Uint8Array[]> {
  const levels = Array.from({ length: levelsOf(size) }, (_, level) => level)
  return await Promise.all(
    levels.map(async (level) => {
      const width = levelWidth(size, level)
      if (width % TILE_WIDTH === 0) return Buffer.alloc(0)
      return await readTile(read, size, level, Math.floor(width / TILE_WIDTH))
    }),
  )
}

/**
 * Says which tile of a right edge is wrong, by making each anew from what is below it; the first
 * that disagrees is the damaged one.
 */
async function damageAtEdge(
  read: Read,
  size: number,
  edge: readonly Uint8Array[],
): Promise<LedgerError> {
  for (const [level, partial] of edge.entries()) {
    const last = Math.floor(levelWidth(size, level) / TILE_WIDTH)
    const width = partial.byteLength / HASH_BYTES
    if (width === 0 || equalBytes(partial, await madeFromBelow(read, size, level, last, width))) {
      continue
    }
    const path = tilePath(level, last, width)
    return new LedgerError('tile-damaged', 'the tile does not follow from what is below it', path)
  }
  return new LedgerError('root-mismatch', `the files of size ${size} lead to another root`)
}

async function madeFromBelow(
  read: Read,
  size: number,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array> {
  if (level === 0) return (await readBundle(read, size, index)).leaves
  const roots: Hash[] = []
  for (let child = index * TILE_WIDTH; roots.length < width; child++) {
    roots.push(rootOfRow(await readTile(read, size, level - 1, child)))
  }
  return Buffer.concat(roots)
}
