import { hash as digest } from 'node:crypto'
import { equalBytes, formatBase64, parseBase64 } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array

/**
 * A complete subtree: the entries `index * 2^level` up to, not including, `(index + 1) * 2^level`.
 */
export type Node = { readonly level: number; readonly index: number }

/** Answers the hashes of complete subtrees, in the order asked. */
export type ReadHashes = (nodes: readonly Node[]) => Promise<readonly Hash[]>

export const HASH_BYTES = 32

/** Proofs of trees up to 2^63 entries have at most this many hashes (tlog-witness). */
export const PROOF_HASHES_MAX = 63

/** The root of the empty tree, SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Hash = digest('sha256', Buffer.alloc(0), 'buffer')

const LEAF_PREFIX = 0x00
const NODE_PREFIX = 0x01

/** SHA-256(0x00 || entry) (RFC 6962 section 2.1). */
export function leafHash(entry: Uint8Array): Hash {
  const input = Buffer.allocUnsafe(1 + entry.byteLength)
  input[0] = LEAF_PREFIX
  input.set(entry, 1)
  return digest('sha256', input, 'buffer')
}

/** SHA-256(0x01 || left || right) (RFC 6962 section 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  const input = Buffer.allocUnsafe(1 + 2 * HASH_BYTES)
  input[0] = NODE_PREFIX
  input.set(checkHash(left), 1)
  input.set(checkHash(right), 1 + HASH_BYTES)
  return digest('sha256', input, 'buffer')
}

export function hashToBase64(hash: Hash): string {
  return formatBase64(checkHash(hash))
}

/** Throws `hash-malformed` unless the text is the Base64 of exactly 32 bytes. */
export function hashFromBase64(text: string): Hash {
  const hash = parseBase64(text)
  if (hash === undefined) throw new LedgerError('hash-malformed', 'a hash is not valid Base64')
  return checkHash(hash)
}

/**
 * The RFC 6962 tree hash over up to 257 hashes that lie one after the other (a tile, and one more
 * for the incomplete subtree to its right).
 */
export function rootOfRow(row: Uint8Array): Hash {
  let count = row.byteLength / HASH_BYTES
  if (count === 0) return EMPTY_ROOT
  if (!Number.isInteger(count) || count > ROW_HASHES_MAX) {
    throw new LedgerError('hash-malformed', `a row of ${row.byteLength} bytes is no row of hashes`)
  }
  scratch.set(row, 1)
  while (count > 1) {
    for (let pair = 0; pair < count >> 1; pair++) {
      // The byte before the pair belongs to a hash that is already used up: no copy is needed to
      // put the prefix there. This loop bounds the speed of the whole ledger.
      const at = pair * 2 * HASH_BYTES
      scratch[at] = NODE_PREFIX
      const node = digest('sha256', scratch.subarray(at, at + 1 + 2 * HASH_BYTES), 'binary')
      scratch.write(node, 1 + pair * HASH_BYTES, HASH_BYTES, 'latin1')
    }
    // An odd last hash has no sibling: it stands for itself one level up.
    if (count % 2 === 1) {
      const last = 1 + (count - 1) * HASH_BYTES
      scratch.copyWithin(1 + (count >> 1) * HASH_BYTES, last, last + HASH_BYTES)
    }
    count = (count + 1) >> 1
  }
  return new Uint8Array(scratch.subarray(1, 1 + HASH_BYTES))
}

/**
 * The hashes of all complete subtrees over a row: the row itself, then level by level those of two
 * neighbours. What has no neighbour is in no level above.
 */
export function subtreesOfRow(row: Uint8Array): Buffer[] {
  const levels = [Buffer.from(row.buffer, row.byteOffset, row.byteLength)]
  for (let below = levels[0]; below !== undefined && below.byteLength >= 2 * HASH_BYTES;) {
    const level = Buffer.allocUnsafeSlow((below.byteLength >> 6) * HASH_BYTES)
    for (let at = 0; at < level.byteLength; at += HASH_BYTES) {
      scratch[0] = NODE_PREFIX
      below.copy(scratch, 1, 2 * at, 2 * at + 2 * HASH_BYTES)
      const node = digest('sha256', scratch.subarray(0, 1 + 2 * HASH_BYTES), 'binary')
      level.write(node, at, HASH_BYTES, 'latin1')
    }
    levels.push(level)
    below = level
  }
  return levels
}

const ROW_HASHES_MAX = 257
const scratch = Buffer.alloc(1 + (ROW_HASHES_MAX + 1) * HASH_BYTES)

/** The RFC 6962 root of a tree with these leaf hashes. */
export function rootFromHashes(hashes: readonly Hash[]): Hash {
  const chunk = 256
  let level = hashes.map(checkHash)
  while (level.length > 1) {
    const above: Hash[] = []
    for (let from = 0; from < level.length; from += chunk) {
      above.push(rootOfRow(Buffer.concat(level.slice(from, from + chunk))))
    }
    level = above
  }
  return level[0] ?? EMPTY_ROOT
}

/**
 * The inclusion proof of an entry, from its sibling up to the root's child (RFC 6962 section
 * 2.1.1). Asks `read` once. Throws `index-out-of-range` or `size-invalid`.
 */
export async function proveInclusion(
  index: number,
  size: number,
  read: ReadHashes,
): Promise<Hash[]> {
  checkIndex(index, size)
  const ranges: Range[] = []
  let [begin, end] = [0, size]
  while (end - begin > 1) {
    const middle = begin + largestPowerBelow(end - begin)
    if (index < middle) {
      ranges.push([middle, end])
      end = middle
    } else {
      ranges.push([begin, middle])
      begin = middle
    }
  }
  return await hashesOfRanges(ranges.reverse(), read)
}

/**
 * Throws `inclusion-proof-invalid` unless the proof shows that the leaf is the entry `index` of
 * the tree (RFC 9162 section 2.1.3.2, the same proof as RFC 6962's).
 */
export function verifyInclusion(
  proof: readonly Hash[],
  index: number,
  size: number,
  leaf: Hash,
  root: Hash,
): void {
  checkIndex(index, size)
  let [position, last, hash] = [index, size - 1, checkHash(leaf)]
  for (const sibling of proof) {
    if (last === 0) throw new LedgerError('inclusion-proof-invalid', 'the proof is too long')
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash)
      while (position % 2 === 0 && position !== 0) {
        ;[position, last] = [half(position), half(last)]
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[position, last] = [half(position), half(last)]
  }
  if (last !== 0) throw new LedgerError('inclusion-proof-invalid', 'the proof is too short')
  if (!equalBytes(hash, checkHash(root))) {
    throw new LedgerError('inclusion-proof-invalid', 'the proof leads to another root')
  }
}

/**
 * The consistency proof between two sizes of one tree (RFC 6962 section 2.1.2); empty when the
 * sizes are equal or the old one is 0. Asks `read` once. Throws `size-invalid`.
 */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  read: ReadHashes,
): Promise<Hash[]> {
  checkSizes(oldSize, newSize)
  if (oldSize === 0 || oldSize === newSize) return []
  const ranges: Range[] = []
  let [begin, end] = [0, newSize]
  while (end !== oldSize) {
    const middle = begin + largestPowerBelow(end - begin)
    if (oldSize <= middle) {
      ranges.push([middle, end])
      end = middle
    } else {
      ranges.push([begin, middle])
      begin = middle
    }
  }
  if (begin !== 0) ranges.push([begin, end])
  return await hashesOfRanges(ranges.reverse(), read)
}

/**
 * Throws `consistency-proof-invalid` unless the proof shows that the new tree extends the old one
 * (RFC 9162 section 2.1.4.2). Every tree extends the empty one, with an empty proof.
 */
export function verifyConsistency(
  proof: readonly Hash[],
  oldSize: number,
  oldRoot: Hash,
  newSize: number,
  newRoot: Hash,
): void {
  checkSizes(oldSize, newSize)
  if (oldSize === 0 || oldSize === newSize) {
    const expected = oldSize === 0 ? EMPTY_ROOT : newRoot
    if (proof.length > 0) throw inconsistent('the proof should be empty')
    if (!equalBytes(oldRoot, expected)) throw inconsistent('the roots differ')
    if (newSize === 0 && !equalBytes(newRoot, EMPTY_ROOT)) throw inconsistent('the roots differ')
    return
  }
  // A complete old tree is a node of the new one, so the proof leaves out what is known.
  const [start, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  if (start === undefined) throw inconsistent('the proof is too short')
  let [position, last] = [oldSize - 1, newSize - 1]
  while (position % 2 === 1) [position, last] = [half(position), half(last)]
  let [oldHash, newHash] = [checkHash(start), checkHash(start)]
  for (const hash of rest) {
    if (last === 0) throw inconsistent('the proof is too long')
    if (position % 2 === 1 || position === last) {
      ;[oldHash, newHash] = [nodeHash(hash, oldHash), nodeHash(hash, newHash)]
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)]
    } else {
      newHash = nodeHash(newHash, hash)
    }
    ;[position, last] = [half(position), half(last)]
  }
  if (last !== 0) throw inconsistent('the proof is too short')
  if (!equalBytes(oldHash, oldRoot)) throw inconsistent('the proof leads to another old root')
  if (!equalBytes(newHash, newRoot)) throw inconsistent('the proof leads to another new root')
}

/** Throws `size-invalid` unless the number can be the size of a tree here (up to 2^53 - 1). */
export function checkSize(size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size
  throw new LedgerError('size-invalid', `${size} is not the size of a tree`)
}

/** Throws `hash-malformed` unless there are 32 bytes. */
export function checkHash(hash: Hash): Hash {
  if (hash.byteLength === HASH_BYTES) return hash
  throw new LedgerError('hash-malformed', `a hash has ${HASH_BYTES} bytes, not ${hash.byteLength}`)
}

function checkIndex(index: number, size: number): void {
  checkSize(size)
  if (Number.isSafeInteger(index) && index >= 0 && index < size) return
  throw new LedgerError('index-out-of-range', `a tree of size ${size} has no entry ${index}`)
}

function checkSizes(oldSize: number, newSize: number): void {
  if (checkSize(oldSize) <= checkSize(newSize)) return
  throw new LedgerError('size-invalid', `size ${oldSize} is not before size ${newSize}`)
}

function inconsistent(why: string): LedgerError {
  return new LedgerError('consistency-proof-invalid', why)
}

/** Entries from the first up to, not including, the second. */
type Range = readonly [number, number]

/** Reads all nodes the ranges are made of at once, then joins each range's nodes. */
async function hashesOfRanges(ranges: readonly Range[], read: ReadHashes): Promise<Hash[]> {
  const nodes = ranges.map(nodesOfRange)
  const wanted = nodes.flat()
  const hashes = await read(wanted)
  if (hashes.length !== wanted.length) {
    throw new LedgerError('hash-malformed', `${wanted.length} hashes asked, ${hashes.length} read`)
  }
  let next = 0
  return nodes.map(({ length }) => {
    const parts = hashes.slice(next, next + length)
    next += length
    return parts.reduceRight((right, left) => nodeHash(left, right))
  })
}

/** The complete subtrees of a range that begins where one of its own length may begin. */
function nodesOfRange([begin, end]: Range): Node[] {
  const nodes: Node[] = []
  for (let from = begin; from < end;) {
    let [width, level] = [1, 0]
    while (width * 2 <= end - from) [width, level] = [width * 2, level + 1]
    nodes.push({ level, index: from / width })
    from += width
  }
  return nodes
}

/** The largest power of two smaller than the count (which is at least 2). */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function isPowerOfTwo(count: number): boolean {
  let rest = count
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}

/** Shifts right by one bit; the operator itself would cut sizes to 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2)
}
