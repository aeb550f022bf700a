import { equalBytes } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'
import { HASH_BYTES, rootOfRow } from './merkle.ts'
import type { Hash } from './merkle.ts'
import { TILE_WIDTH, levelWidth, levelsOf, rootOfEdge, tilePath, tileWidth } from './tile.ts'
import { readTile } from './tile-reader.ts'
import type { Read } from './tile-reader.ts'
import type { TreeHead } from './tiles.ts'
import { bundlePaths } from './verify-bundles.ts'
import type { BundleCheck, Finding } from './verify-bundles.ts'

/**
 * What is wrong with a tree's files, each named once. Two views are held against each other: the
 * tree that the entries make, and the one that the tiles claim. Whatever follows from the signed
 * root is right; where neither does, nobody can say which file is wrong, and both are named.
 */
export async function judgeTiles(
  read: Read,
  { size, root }: TreeHead,
  checks: readonly BundleCheck[],
): Promise<Finding[]> {
  const findings = checks.flatMap((check) => check.findings)
  const lasts = lastRows(size, checks)
  const made = rowsOf(size, checks, lasts)
  const claimed = await readClaimed(read, size, made.length, findings)
  const isMadeRight = equalBytes(rootOfEdge(made.map(partialOf)), root)
  const above = claimed.slice(1).map(({ edge }) => edge)
  const last = lasts.find((row) => equalBytes(rootOfEdge([row, ...above]), root))
  if (!isMadeRight && last === undefined && findings.length === 0) {
    const message = `the entries lead to another root than the one that is signed at size ${size}`
    findings.push({ code: 'root-mismatch', where: 'checkpoint', message })
  }
  const expected = isMadeRight ? made : authentic(size, claimed, made, last)
  findings.push(...judgeUpper(claimed, expected), ...judgeBundles(size, checks, expected))
  return findings
}

/** All hashes of one level of tiles, in a row, and what its partial tile is. */
type Row = Uint8Array
type Claimed = { readonly tiles: ReadonlyMap<number, Uint8Array>; readonly edge: Uint8Array }

/** Level 0 holds only the partial row: of the full tiles above it the roots are enough. */
function rowsOf(size: number, checks: readonly BundleCheck[], lasts: readonly Row[]): Row[] {
  const rows: Row[] = [lasts[0] ?? Buffer.alloc(0)]
  const full = Math.floor(size / TILE_WIDTH)
  let row = Buffer.concat(
    checks.slice(0, full).map(({ entries, tile }) => entries ?? tile ?? Buffer.alloc(HASH_BYTES)),
  )
  while (row.byteLength > 0) {
    rows.push(row)
    row = Buffer.concat(fullTiles(row).map(rootOfRow))
  }
  return rows
}

function fullTiles(row: Row): Uint8Array[] {
  const count = Math.floor(row.byteLength / TILE_BYTES)
  return Array.from({ length: count }, (_, i) => row.subarray(i * TILE_BYTES, (i + 1) * TILE_BYTES))
}

function partialOf(row: Row): Uint8Array {
  return row.subarray(row.byteLength - (row.byteLength % TILE_BYTES))
}

const TILE_BYTES = TILE_WIDTH * HASH_BYTES

/** Every tile of level 1 and above as the files have it; what cannot be read is a finding. */
async function readClaimed(
  read: Read,
  size: number,
  levels: number,
  findings: Finding[],
): Promise<Claimed[]> {
  const claimed: Claimed[] = [{ tiles: new Map(), edge: Buffer.alloc(0) }]
  for (let level = 1; level < Math.max(levels, levelsOf(size)); level++) {
    const tiles = new Map<number, Uint8Array>()
    for (let index = 0; tileWidth(size, level, index) > 0; index++) {
      try {
        tiles.set(index, await readTile(read, size, level, index))
      } catch (error) {
        if (!(error instanceof LedgerError) || error.path === undefined) throw error
        findings.push({ code: error.code, where: error.path, message: error.message })
      }
    }
    const last = Math.floor(levelWidth(size, level) / TILE_WIDTH)
    const edge = levelWidth(size, level) % TILE_WIDTH === 0 ? undefined : tiles.get(last)
    claimed.push({ tiles, edge: edge ?? Buffer.alloc(0) })
  }
  return claimed
}

/** What the partial tile of level 0 may be: as the entries make it, as its file has it. */
function lastRows(size: number, checks: readonly BundleCheck[]): readonly Row[] {
  return size % TILE_WIDTH === 0 ? [Buffer.alloc(0)] : (checks.at(-1)?.partial ?? [])
}

/**
 * The rows that follow from the signed root, from the top down: a tile of the files where it has
 * the hash that the tile above says, else one made from below where that has. Where neither has,
 * there are no bytes, and nothing below can be judged.
 */
function authentic(
  size: number,
  claimed: readonly Claimed[],
  made: readonly Row[],
  last: Row | undefined,
): Row[] {
  const rows: Row[] = made.map(() => Buffer.alloc(0))
  if (last === undefined) return rows
  rows[0] = last
  for (let level = made.length - 1; level >= 1; level--) {
    const parts: Uint8Array[] = []
    for (let index = 0; tileWidth(size, level, index) > 0; index++) {
      const width = tileWidth(size, level, index)
      const file = claimed[level]?.tiles.get(index)
      const own = made[level]?.subarray(index * TILE_BYTES, index * TILE_BYTES + width * HASH_BYTES)
      const hash = hashAt(rows[level + 1] ?? Buffer.alloc(0), index)
      const isRight = (tile: Uint8Array | undefined): tile is Uint8Array =>
        tile !== undefined && hash !== undefined && equalBytes(rootOfRow(tile), hash)
      const right = width < TILE_WIDTH ? file : [file, own].find(isRight)
      parts.push(right ?? Buffer.alloc(width * HASH_BYTES))
    }
    rows[level] = Buffer.concat(parts)
  }
  return rows
}

function hashAt(row: Row, index: number): Hash | undefined {
  const hash = row.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
  return hash.byteLength === HASH_BYTES && hash.some((octet) => octet !== 0) ? hash : undefined
}

function judgeUpper(claimed: readonly Claimed[], expected: readonly Row[]): Finding[] {
  const findings: Finding[] = []
  for (let level = 1; level < claimed.length; level++) {
    for (const [index, tile] of claimed[level]?.tiles ?? []) {
      const from = index * TILE_BYTES
      const right = expected[level]?.subarray(from, from + tile.byteLength) ?? Buffer.alloc(0)
      if (right.byteLength === 0 || equalBytes(tile, right)) continue
      const where = tilePath(level, index, tile.byteLength / HASH_BYTES)
      const message = 'the tile does not belong to the signed tree'
      findings.push({ code: 'tile-damaged', where, message })
    }
  }
  return findings
}

/** Which of a bundle and its tile is wrong, where they differ from each other or from above. */
function judgeBundles(
  size: number,
  checks: readonly BundleCheck[],
  expected: readonly Row[],
): Finding[] {
  return checks.flatMap((check) => {
    const isFull = tileWidth(size, 0, check.index) === TILE_WIDTH
    const row = expected[isFull ? 1 : 0] ?? Buffer.alloc(0)
    const right = isFull
      ? hashAt(row, check.index)
      : row.byteLength > 0
        ? rootOfRow(row)
        : undefined
    const wrong = (hash: Hash | undefined) =>
      hash !== undefined && right !== undefined && !equalBytes(hash, right)
    const findings: Finding[] = []
    if (wrong(check.tile)) findings.push(tileFinding(size, check))
    if (wrong(check.entries)) findings.push(...entryFindings(size, check))
    if (right === undefined && check.differing.length > 0) {
      findings.push(tileFinding(size, check), ...entryFindings(size, check))
    }
    return findings
  })
}

function tileFinding(size: number, { index }: BundleCheck): Finding {
  return {
    code: 'tile-damaged',
    where: bundlePaths(size, index).tile,
    message: 'the tile does not belong to the signed tree',
  }
}

/** The entries themselves, where the tile says which they are; else the bundle. */
function entryFindings(size: number, { index, differing }: BundleCheck): Finding[] {
  const { entries } = bundlePaths(size, index)
  const message = `the entry in ${entries} is not the one in the signed tree`
  if (differing.length > 0) {
    return differing.map((entry) => ({ code: 'entry-damaged', where: `entry ${entry}`, message }))
  }
  return [{ code: 'tile-damaged', where: entries, message: 'the bundle is not of the signed tree' }]
}
