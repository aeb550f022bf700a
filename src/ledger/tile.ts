import { parseDecimal } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'
import { EMPTY_ROOT, HASH_BYTES, checkSize, rootOfRow } from './merkle.ts'
import type { Hash } from './merkle.ts'

/** Hashes in a full tile, entries in a full bundle (tlog-tiles, "Merkle Tree"). */
export const TILE_WIDTH = 256

/** Levels above this hold nothing: a tree of 2^53 entries has its root below. */
const TILE_LEVEL_MAX = 63

/** The tile `index` of a level, or the bundle `index` of the entries, when it is `width` wide. */
export type TileAddress =
  | {
      readonly kind: 'tile'
      readonly level: number
      readonly index: number
      readonly width: number
    }
  | { readonly kind: 'entries'; readonly index: number; readonly width: number }

/**
 * `tile/0/x001/x234/067.p/5`, without the suffix when the tile is full (256 wide). Throws
 * `tile-path-malformed` when there is no such tile.
 */
export function tilePath(level: number, index: number, width: number): string {
  if (!isWithin(level, 0, TILE_LEVEL_MAX)) throw malformed(`a tile of level ${level}`)
  return `tile/${level}/${numberedPath(index, width)}`
}

/** `tile/entries/x001/x234/067.p/5`; as `tilePath`. */
export function entriesPath(index: number, width: number): string {
  return `tile/entries/${numberedPath(index, width)}`
}

export function pathOf(address: TileAddress): string {
  return address.kind === 'tile'
    ? tilePath(address.level, address.index, address.width)
    : entriesPath(address.index, address.width)
}

/** Throws `tile-path-malformed` unless the path is the one that names its tile. */
export function parseTilePath(path: string): TileAddress {
  const parts = /^tile\/([0-9]+|entries)\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([0-9]+))?$/.exec(
    path,
  )
  const [, level = '', high = '', low = '', partial] = parts ?? []
  const index = Number(high.replaceAll(/[x/]/g, '') + low)
  const width = partial === undefined ? TILE_WIDTH : parseDecimal(partial)
  const number = level === 'entries' ? 0 : parseDecimal(level)
  if (parts === null || width === undefined || number === undefined) throw malformed(path)
  const address: TileAddress =
    level === 'entries'
      ? { kind: 'entries', index, width }
      : { kind: 'tile', level: number, index, width }
  if (pathOf(address) !== path) throw malformed(path)
  return address
}

/** How many hashes the level has in a tree of that size: `floor(size / 256^level)`. */
export function levelWidth(size: number, level: number): number {
  return Math.floor(checkSize(size) / TILE_WIDTH ** level)
}

/**
 * How wide the tile is in a tree of that size: 256 when full, 0 when it does not exist. The bundle
 * `index` is as wide as the tile `index` of level 0.
 */
export function tileWidth(size: number, level: number, index: number): number {
  const width = levelWidth(size, level) - index * TILE_WIDTH
  return Math.max(0, Math.min(TILE_WIDTH, width))
}

/** How many levels of tiles a tree of that size has; 0 when it is empty. */
export function levelsOf(size: number): number {
  let levels = 0
  while (levelWidth(size, levels) > 0) levels++
  return levels
}

/** All bundles, then all tiles level by level, of a tree of that size. */
export function* tilesOf(size: number): Generator<TileAddress, void> {
  for (let index = 0; tileWidth(size, 0, index) > 0; index++) {
    yield { kind: 'entries', index, width: tileWidth(size, 0, index) }
  }
  for (let level = 0; level < levelsOf(size); level++) {
    for (let index = 0; tileWidth(size, level, index) > 0; index++) {
      yield { kind: 'tile', level, index, width: tileWidth(size, level, index) }
    }
  }
}

/**
 * The root of a tree, from its right edge: the partial tile of each level, from level 0 up; empty
 * where all tiles of the level are full.
 */
export function rootOfEdge(partials: readonly Uint8Array[]): Hash {
  // The incomplete subtree below a level is that level's last node: it has no sibling further
  // right, so it goes up as it is (RFC 6962 splits at the largest power of two).
  let below: Uint8Array = Buffer.alloc(0)
  for (const partial of partials) {
    const row = Buffer.concat([partial, below])
    below = row.length === 0 ? row : rootOfRow(row)
  }
  return below.length === HASH_BYTES ? below : EMPTY_ROOT
}

/** The index in three-digit elements, all but the last after an `x`, and the partial suffix. */
function numberedPath(index: number, width: number): string {
  if (!isWithin(index, 0, Number.MAX_SAFE_INTEGER)) throw malformed(`tile ${index}`)
  if (!isWithin(width, 1, TILE_WIDTH)) throw malformed(`a tile of width ${width}`)
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const path = padded.replaceAll(/[0-9]{3}(?=[0-9])/g, 'x$&/')
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}

function malformed(what: string): LedgerError {
  return new LedgerError('tile-path-malformed', `there is no such tile: ${what}`)
}
