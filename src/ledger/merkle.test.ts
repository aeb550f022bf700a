import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EMPTY_ROOT,
  hashFromBase64,
  hashToBase64,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootFromHashes,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import type { Hash, Node } from './merkle.ts'
import { flipBit, laterRefusalOf, refusalOf } from './testing.ts'

// RFC 6962 section 2.1, written as the RFC writes it: slow, recursive, over the entries themselves.
const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)
function naiveRoot(d: readonly Uint8Array[]): Hash {
  const [only] = d
  if (only === undefined) return sha256()
  if (d.length === 1) return sha256(Uint8Array.of(0), only)
  const k = split(d.length)
  return sha256(Uint8Array.of(1), naiveRoot(d.slice(0, k)), naiveRoot(d.slice(k)))
}
function naivePath(m: number, d: readonly Uint8Array[]): Hash[] {
  if (d.length === 1) return []
  const k = split(d.length)
  return m < k
    ? [...naivePath(m, d.slice(0, k)), naiveRoot(d.slice(k))]
    : [...naivePath(m - k, d.slice(k)), naiveRoot(d.slice(0, k))]
}
function naiveSubproof(m: number, d: readonly Uint8Array[], known: boolean): Hash[] {
  if (m === d.length) return known ? [] : [naiveRoot(d)]
  const k = split(d.length)
  return m <= k
    ? [...naiveSubproof(m, d.slice(0, k), known), naiveRoot(d.slice(k))]
    : [...naiveSubproof(m - k, d.slice(k), false), naiveRoot(d.slice(0, k))]
}

const readFrom = (entries: readonly Uint8Array[]) => (nodes: readonly Node[]) =>
  Promise.resolve(
    nodes.map(({ level, index }) => {
      const width = 2 ** level
      const covered = entries.slice(index * width, (index + 1) * width)
      expect(covered).toHaveLength(width) // only complete subtrees may be asked for
      return naiveRoot(covered)
    }),
  )
const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => Buffer.from(`entry ${i}`))
const some = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 80 })

describe('hashes', () => {
  // The reference tree of the Certificate Transparency project.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657']
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  ]
  test.each(roots.map((root, size) => ({ root, size })))(
    'the root of the first $size reference entries is the published one',
    ({ root, size }) => {
      const hashes = leaves.slice(0, size).map((hex) => leafHash(Buffer.from(hex, 'hex')))
      expect(Buffer.from(rootFromHashes(hashes)).toString('hex')).toBe(root)
    },
  )

  test('the root of any entries is the one RFC 6962 defines', () => {
    fc.assert(
      fc.property(some, (entries) => {
        expect(hashToBase64(rootFromHashes(entries.map(leafHash)))).toBe(
          hashToBase64(naiveRoot(entries)),
        )
      }),
    )
  })

  test.each([255, 256, 257, 511, 513, 70_000])(
    'a tree of %i entries has the right root',
    (size) => {
      const entries = numbered(size)
      expect(hashToBase64(rootFromHashes(entries.map(leafHash)))).toBe(
        hashToBase64(naiveRoot(entries)),
      )
    },
  )

  test('the empty root is written as the specification prints it', () => {
    expect(hashToBase64(EMPTY_ROOT)).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
  })

  test.each(['', 'AA==', hashToBase64(EMPTY_ROOT).slice(0, -1), hashToBase64(EMPTY_ROOT) + '\n'])(
    'a hash written as %j is refused',
    (text) => expect(refusalOf(() => hashFromBase64(text))).toBe('hash-malformed'),
  )

  test('Base64 with stray bits in its last character is refused', () => {
    const text = hashToBase64(EMPTY_ROOT) // ends in "FU=": two unused bits, "FV=" decodes the same
    expect(Buffer.from(text.replace('U=', 'V='), 'base64')).toEqual(Buffer.from(text, 'base64'))
    expect(refusalOf(() => hashFromBase64(text.replace('U=', 'V=')))).toBe('hash-malformed')
  })

  test('a hash of 31 bytes is never hashed into a tree', () => {
    expect(refusalOf(() => nodeHash(EMPTY_ROOT.slice(1), EMPTY_ROOT))).toBe('hash-malformed')
    expect(refusalOf(() => rootFromHashes([EMPTY_ROOT.slice(1)]))).toBe('hash-malformed')
  })
})

describe('inclusion', () => {
  test('every entry of every small tree has the proof RFC 6962 defines, and it verifies', async () => {
    for (let size = 1; size <= 40; size++) {
      const entries = numbered(size)
      for (const [index, entry] of entries.entries()) {
        const proof = await proveInclusion(index, size, readFrom(entries))
        expect(proof.map(hashToBase64)).toEqual(naivePath(index, entries).map(hashToBase64))
        verifyInclusion(proof, index, size, leafHash(entry), naiveRoot(entries))
      }
    }
  })

  test('no proof verifies with a bit flipped, a hash missing or a hash too many', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.nat(), fc.nat(), async (entries, pick, bit) => {
        const size = entries.length
        const index = pick % size
        const leaf = leafHash(entries[index] ?? Buffer.alloc(0))
        const root = naiveRoot(entries)
        const proof = await proveInclusion(index, size, readFrom(entries))
        const verify = (hashes: readonly Hash[], of: Hash = leaf, to: Hash = root) =>
          refusalOf(() => verifyInclusion(hashes, index, size, of, to))
        expect(verify(proof)).toBe('accepted')
        const forgeries = [
          ...forgeriesOf(proof, bit).map((hashes) => verify(hashes)),
          verify(proof, flipBit(leaf, bit)),
          verify(proof, leaf, flipBit(root, bit)),
        ]
        expect(new Set(forgeries)).toEqual(new Set(['inclusion-proof-invalid']))
      }),
    )
  })

  test('an entry is not proven at another index', async () => {
    const entries = numbered(37)
    const root = naiveRoot(entries)
    const proof = await proveInclusion(11, 37, readFrom(entries))
    for (let index = 0; index < 37; index++) {
      const leaf = leafHash(Buffer.from('entry 11'))
      expect(refusalOf(() => verifyInclusion(proof, index, 37, leaf, root))).toBe(
        index === 11 ? 'accepted' : 'inclusion-proof-invalid',
      )
    }
  })

  test.each([
    [5, 5, 'index-out-of-range'],
    [-1, 5, 'index-out-of-range'],
    [0.5, 5, 'index-out-of-range'],
    [0, 0, 'index-out-of-range'],
    [0, 2 ** 53, 'size-invalid'],
    [0, -1, 'size-invalid'],
    [0, Number.NaN, 'size-invalid'],
  ])('entry %d of a tree of size %d is refused', async (index, size, expected) => {
    expect(await laterRefusalOf(proveInclusion(index, size, readFrom([])))).toBe(expected)
    expect(refusalOf(() => verifyInclusion([], index, size, EMPTY_ROOT, EMPTY_ROOT))).toBe(expected)
  })

  test('trees beyond 32 bits are proven too', async () => {
    // A tree of equal leaves: every complete subtree of one level has the same hash.
    const equal: Hash[] = [leafHash(Buffer.alloc(0))]
    for (const hash of equal) if (equal.length < 53) equal.push(nodeHash(hash, hash))
    const read = (nodes: readonly Node[]) =>
      Promise.resolve(nodes.map(({ level }) => equal[level] ?? EMPTY_ROOT))
    const [oldSize, size] = [2 ** 33 + 12_345, 2 ** 52 + 2 ** 40 + 77]
    const leaf = equal[0] ?? EMPTY_ROOT
    const [oldRoot, root] = [await peaks(oldSize, read), await peaks(size, read)]
    for (const index of [0, 2 ** 32, oldSize, size - 1]) {
      verifyInclusion(await proveInclusion(index, size, read), index, size, leaf, root)
    }
    const proof = await proveConsistency(oldSize, size, read)
    verifyConsistency(proof, oldSize, oldRoot, size, root)
    expect(refusalOf(() => verifyConsistency(proof, oldSize - 1, oldRoot, size, root))).toBe(
      'consistency-proof-invalid',
    )
  })
})

describe('consistency', () => {
  test('every two sizes of a tree have the proof RFC 6962 defines, and it verifies', async () => {
    const all = numbered(40)
    for (let newSize = 0; newSize <= 40; newSize++) {
      const entries = all.slice(0, newSize)
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const proof = await proveConsistency(oldSize, newSize, readFrom(entries))
        const naive = oldSize === 0 ? [] : naiveSubproof(oldSize, entries, true)
        expect(proof.map(hashToBase64)).toEqual(naive.map(hashToBase64))
        const oldRoot = naiveRoot(all.slice(0, oldSize))
        verifyConsistency(proof, oldSize, oldRoot, newSize, naiveRoot(entries))
      }
    }
  })

  test('a log with any entry changed is not an extension of the old one', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.nat(), fc.nat(), async (entries, cut, pick) => {
        const newSize = entries.length
        const oldSize = 1 + (cut % newSize)
        const forged = entries.map((entry, i) =>
          i === pick % oldSize ? Uint8Array.of(...entry, 1) : entry,
        )
        const proof = await proveConsistency(oldSize, newSize, readFrom(forged))
        const oldRoot = naiveRoot(entries.slice(0, oldSize))
        expect(
          refusalOf(() => verifyConsistency(proof, oldSize, oldRoot, newSize, naiveRoot(forged))),
        ).toBe('consistency-proof-invalid')
      }),
    )
  })

  test('no proof verifies with a bit flipped, a hash missing or a hash too many', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.nat(), fc.nat(), async (entries, cut, bit) => {
        const newSize = entries.length
        const oldSize = 1 + (cut % newSize)
        const [oldRoot, root] = [naiveRoot(entries.slice(0, oldSize)), naiveRoot(entries)]
        const proof = await proveConsistency(oldSize, newSize, readFrom(entries))
        const verify = (hashes: readonly Hash[], was: Hash = oldRoot, is: Hash = root) =>
          refusalOf(() => verifyConsistency(hashes, oldSize, was, newSize, is))
        expect(verify(proof)).toBe('accepted')
        const forgeries = [
          ...forgeriesOf(proof, bit).map((hashes) => verify(hashes)),
          verify(proof, flipBit(oldRoot, bit)),
          verify(proof, oldRoot, flipBit(root, bit)),
        ]
        expect(new Set(forgeries)).toEqual(new Set(['consistency-proof-invalid']))
      }),
    )
  })

  test('a tree cannot be extended to a smaller one', async () => {
    expect(await laterRefusalOf(proveConsistency(6, 5, readFrom([])))).toBe('size-invalid')
    expect(refusalOf(() => verifyConsistency([], 6, EMPTY_ROOT, 5, EMPTY_ROOT))).toBe(
      'size-invalid',
    )
  })

  test('two different roots of one size are inconsistent', () => {
    const [one, other] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))]
    expect(refusalOf(() => verifyConsistency([], 1, one, 1, other))).toBe(
      'consistency-proof-invalid',
    )
  })

  test('the empty tree has one root only', () => {
    const wrong = leafHash(Buffer.from('a'))
    expect(refusalOf(() => verifyConsistency([], 0, wrong, 3, wrong))).toBe(
      'consistency-proof-invalid',
    )
    expect(refusalOf(() => verifyConsistency([], 0, EMPTY_ROOT, 0, wrong))).toBe(
      'consistency-proof-invalid',
    )
    expect(refusalOf(() => verifyConsistency([], 0, EMPTY_ROOT, 3, wrong))).toBe('accepted')
  })
})

/** One hash flipped, each hash left out, one hash added. */
function forgeriesOf(proof: readonly Hash[], bit: number): Hash[][] {
  const place = bit % Math.max(1, proof.length)
  return [
    [...proof, EMPTY_ROOT],
    [EMPTY_ROOT, ...proof],
    ...proof.map((_, left) => proof.filter((_, i) => i !== left)),
    ...proof
      .slice(0, 1)
      .map(() => proof.map((hash, i) => (i === place ? flipBit(hash, bit) : hash))),
  ]
}

/** The root of a tree too large to write down, from the hashes of its complete subtrees. */
async function peaks(size: number, read: (nodes: readonly Node[]) => Promise<Hash[]>) {
  const nodes: Node[] = []
  for (let level = 52, from = 0; level >= 0; level--) {
    if (size - from < 2 ** level) continue
    nodes.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return (await read(nodes)).reduceRight((right, left) => nodeHash(left, right))
}
