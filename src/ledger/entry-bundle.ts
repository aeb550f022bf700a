import { hash as digest } from 'node:crypto'
import { LedgerError } from './ledger-error.ts'
import { HASH_BYTES } from './merkle.ts'
import { TILE_WIDTH } from './tile.ts'

/** The length of an entry is written in 16 bits (tlog-tiles, "Log entries"). */
export const ENTRY_BYTES_MAX = 65_535

const LENGTH_BYTES = 2

/** The largest possible bundle: 256 entries of the largest size. */
export const BUNDLE_BYTES_MAX = TILE_WIDTH * (LENGTH_BYTES + ENTRY_BYTES_MAX)

/** 1 to 256 entries, each after its big-endian 16-bit length. Throws as `checkEntry`. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > TILE_WIDTH) {
    throw new LedgerError('bundle-malformed', `a bundle cannot hold ${entries.length} entries`)
  }
  return encodeEntries(entries)
}

/**
 * The entries, as views into the bundle. Throws `bundle-malformed` unless the bytes are exactly 1
 * to 256 entries.
 */
export function decodeBundle(bundle: Uint8Array): Uint8Array[] {
  return bounds(bundle).map(([from, to]) => bundle.subarray(from, to))
}

/** Throws `entry-too-large`: larger payloads go beside the ledger, by their hash. */
export function checkEntry(entry: Uint8Array): void {
  if (entry.byteLength <= ENTRY_BYTES_MAX) return
  throw new LedgerError(
    'entry-too-large',
    `an entry of ${entry.byteLength} bytes is over the limit of ${ENTRY_BYTES_MAX}`,
  )
}

/** Any number of entries as a bundle writes them. Throws `entry-too-large`. */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  let length = 0
  for (const entry of entries) {
    checkEntry(entry)
    length += LENGTH_BYTES + entry.byteLength
  }
  const bytes = Buffer.allocUnsafeSlow(length)
  let at = 0
  for (const entry of entries) {
    at = bytes.writeUInt16BE(entry.byteLength, at)
    bytes.set(entry, at)
    at += entry.byteLength
  }
  return bytes
}

/**
 * The tile of level 0 that belongs to the bundle: the leaf hash of each entry, one after the
 * other. Throws `bundle-malformed`.
 */
export function leafTile(bundle: Uint8Array): Buffer {
  const entries = bounds(bundle)
  const tile = Buffer.allocUnsafeSlow(entries.length * HASH_BYTES)
  let hashes = 0
  for (const [from, to] of entries) {
    // RFC 6962 puts a zero byte before the entry. The byte there is the low half of its length:
    // it is lent for the moment of hashing, which spares a copy of every entry.
    const before = from - 1
    const length = bundle[before] ?? 0
    bundle[before] = 0
    const leaf = digest('sha256', bundle.subarray(before, to), 'binary')
    bundle[before] = length
    tile.write(leaf, hashes * HASH_BYTES, HASH_BYTES, 'latin1')
    hashes++
  }
  return tile
}

/** The part of a bundle that holds its first entries. Throws `bundle-malformed` if it has fewer. */
export function firstEntries(bundle: Uint8Array, count: number): Uint8Array {
  const last = bounds(bundle)[count - 1]
  if (last === undefined) {
    throw new LedgerError('bundle-malformed', `the bundle has fewer than ${count} entries`)
  }
  return bundle.subarray(0, last[1])
}

/** Where each entry begins and ends. */
function bounds(bundle: Uint8Array): [number, number][] {
  const found: [number, number][] = []
  for (let at = 0; at < bundle.length;) {
    const from = at + LENGTH_BYTES
    const high = bundle[at] ?? 0
    const low = bundle[at + 1]
    if (low === undefined) throw new LedgerError('bundle-malformed', 'the last length is cut off')
    at = from + (high << 8) + low
    if (at > bundle.length) throw new LedgerError('bundle-malformed', 'the last entry is cut off')
    if (found.length === TILE_WIDTH) {
      throw new LedgerError('bundle-malformed', `the bundle has over ${TILE_WIDTH} entries`)
    }
    found.push([from, at])
  }
  if (found.length === 0) throw new LedgerError('bundle-malformed', 'the bundle is empty')
  return found
}
