import { equalBytes } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'
import { HASH_BYTES, rootOfRow } from './merkle.ts'
import type { Hash } from './merkle.ts'
import { TILE_WIDTH, entriesPath, tilePath, tileWidth } from './tile.ts'
import { readBundle, readTile } from './tile-reader.ts'
import type { Read } from './tile-reader.ts'

/** Something in the files that is not as the signed tree says. */
export type Finding = {
  /** A stable code: `LedgerErrorCode`, or that of whoever compares further. */
  readonly code: string
  /** What it is about: a path, or `entry 123`. */
  readonly where: string
  readonly message: string
}

/** What a bundle and its tile of level 0 say, each by itself. */
export type BundleCheck = {
  readonly index: number
  /** Only for a partial bundle, for which no tile above stands: both rows of hashes, if readable. */
  readonly partial: readonly Uint8Array[]
  /** The roots of the entries and of the tile; undefined for a file that cannot be read. */
  readonly entries: Hash | undefined
  readonly tile: Hash | undefined
  /** Entries whose hash is not the one in the tile. */
  readonly differing: readonly number[]
  readonly findings: readonly Finding[]
}

/** Checks one bundle of a tree of that size against its tile. Rejects when a file cannot be had. */
export async function checkBundle(read: Read, size: number, index: number): Promise<BundleCheck> {
  const findings: Finding[] = []
  const noted = async <T>(reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading
    } catch (error) {
      if (!(error instanceof LedgerError) || error.path === undefined) throw error
      if (error.code === 'resource-unreachable') throw error
      findings.push({ code: error.code, where: error.path, message: error.message })
      return undefined
    }
  }
  const [bundle, tile] = await Promise.all([
    noted(readBundle(read, size, index)),
    noted(readTile(read, size, 0, index)),
  ])
  const leaves = bundle?.leaves
  const entries = leaves === undefined ? undefined : rootOfRow(leaves)
  // Hashing the same row twice would halve the speed for nothing.
  const isSame = leaves !== undefined && tile !== undefined && equalBytes(leaves, tile)
  const isFull = tileWidth(size, 0, index) === TILE_WIDTH
  return {
    index,
    partial: isFull ? [] : [leaves, tile].filter((row) => row !== undefined),
    entries,
    tile: isSame ? entries : tile === undefined ? undefined : rootOfRow(tile),
    differing: isSame ? [] : differences(leaves, tile, index),
    findings,
  }
}

/** The paths of a bundle and of its tile in a tree of that size. */
export function bundlePaths(size: number, index: number): { entries: string; tile: string } {
  const width = tileWidth(size, 0, index)
  return { entries: entriesPath(index, width), tile: tilePath(0, index, width) }
}

function differences(
  leaves: Uint8Array | undefined,
  tile: Uint8Array | undefined,
  index: number,
): number[] {
  if (leaves === undefined || tile === undefined) return []
  const differing: number[] = []
  for (let at = 0; at * HASH_BYTES < leaves.byteLength; at++) {
    const [from, to] = [at * HASH_BYTES, (at + 1) * HASH_BYTES]
    if (!equalBytes(leaves.subarray(from, to), tile.subarray(from, to))) {
      differing.push(index * TILE_WIDTH + at)
    }
  }
  return differing
}
