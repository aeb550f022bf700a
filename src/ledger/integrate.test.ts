import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBundle, encodeBundle } from './entry-bundle.ts'
import { openTree } from './integrate.ts'
import { LedgerError } from './ledger-error.ts'
import { EMPTY_ROOT, hashToBase64, leafHash, rootFromHashes } from './merkle.ts'
import { flipBit, laterRefusalOf, memoryFiles, numberedEntries, refusalOf } from './testing.ts'
import { pathOf, tilePath, tilesOf } from './tile.ts'

const empty = { size: 0, root: EMPTY_ROOT }

/** A tree grown by appends of the given sizes, and all the files this made. */
async function grow(steps: readonly number[]) {
  const files = memoryFiles()
  const tree = await openTree({ ...empty, read: files.read })
  const all = numberedEntries(steps.reduce((sum, step) => sum + step, 0))
  for (const step of steps) files.write(tree.append(all.slice(tree.size, tree.size + step)).files)
  return { files, tree, all }
}

describe('append', () => {
  test.each([1, 255, 256, 257, 512, 65_535, 65_536, 65_537, 70_000])(
    'a tree of %i entries has exactly its files, and the root of its entries',
    async (size) => {
      const { files, tree, all } = await grow([size])
      expect([...files.paths()].sort()).toEqual([...tilesOf(size)].map(pathOf).sort())
      expect(hashToBase64(tree.root())).toBe(hashToBase64(rootFromHashes(all.map(leafHash))))
    },
    20_000,
  )

  test('each tile of level 1 and above holds the roots of the full tiles below it', async () => {
    const { files, all } = await grow([66_000])
    const leaves = all.map(leafHash)
    const rootOf = (from: number, to: number) => rootFromHashes(leaves.slice(from, to))
    const level1 = Array.from({ length: 256 }, (_, i) => rootOf(i * 256, (i + 1) * 256))
    expect(await files.read(tilePath(1, 0, 256))).toEqual(Buffer.concat(level1))
    expect(await files.read(tilePath(2, 0, 1))).toEqual(Buffer.from(rootOf(0, 65_536)))
  })

  test('however the entries are grouped, the tree and the files of its size are the same', async () => {
    const once = await grow([1200])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }),
        async (steps) => {
          const rest = 1200 - steps.reduce((sum, step) => sum + step, 0)
          fc.pre(rest >= 0)
          const { files, tree } = await grow([...steps, rest])
          expect(tree.root()).toEqual(once.tree.root())
          for (const path of once.files.paths()) {
            expect(await files.read(path)).toEqual(await once.files.read(path))
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  test('opening the tree again and going on makes the files that going on at once makes', async () => {
    const { files, tree, all } = await grow([300, 5])
    const more = numberedEntries(900).slice(all.length)
    const again = await openTree({ size: tree.size, root: tree.root(), read: files.read })
    expect(again.root()).toEqual(tree.root())
    expect(again.append(more)).toEqual(tree.append(more))
    expect(again.size).toBe(900)
  })

  test('an append says only what is new: earlier bundles and tiles are not written again', async () => {
    const { tree } = await grow([511])
    expect(tree.append(numberedEntries(2)).files.map(({ path }) => path)).toEqual([
      'tile/entries/001',
      'tile/entries/002.p/1',
      'tile/0/001',
      'tile/0/002.p/1',
      'tile/1/000.p/2',
    ])
  })

  test('appending nothing changes nothing', async () => {
    const { tree } = await grow([3])
    const root = tree.root()
    expect(tree.append([])).toEqual({ size: 3, root, files: [] })
  })

  test('a bundle gives back the entries in their order', async () => {
    const { files, all } = await grow([260])
    const bundles = [await files.read('tile/entries/000'), await files.read('tile/entries/001.p/4')]
    expect(bundles.flatMap(decodeBundle).map(String)).toEqual(all.map(String))
  })

  test('one entry that is too large refuses the whole append, and the tree stays as it was', async () => {
    const { tree } = await grow([3])
    const root = tree.root()
    const entries = [Buffer.from('fits'), Buffer.alloc(65_536)]
    expect(refusalOf(() => tree.append(entries))).toBe('entry-too-large')
    expect([tree.size, tree.root()]).toEqual([3, root])
    expect(tree.append([Buffer.alloc(65_535)]).size).toBe(4)
  })
})

describe('open', () => {
  const head = (tree: { size: number; root(): Uint8Array }) => ({
    size: tree.size,
    root: tree.root(),
  })

  test('the empty tree needs no file', async () => {
    const tree = await openTree({ ...empty, read: memoryFiles().read })
    expect([tree.size, hashToBase64(tree.root())]).toEqual([0, hashToBase64(EMPTY_ROOT)])
  })

  test('an older size opens when the files have gone on, even without its partial files', async () => {
    const { files, tree } = await grow([700])
    const old = head(tree)
    files.write(tree.append(numberedEntries(400)).files)
    for (const path of files.paths()) if (path.includes('.p/188')) files.remove(path)
    const again = await openTree({ ...old, read: files.read })
    expect(again.root()).toEqual(old.root)
    expect(again.append(numberedEntries(400)).root).toEqual(tree.root())
  })

  test('another root at the same size is refused', async () => {
    const { files, tree } = await grow([700])
    const root = flipBit(tree.root(), 5)
    expect(await laterRefusalOf(openTree({ size: 700, root, read: files.read }))).toBe(
      'root-mismatch',
    )
    expect(await laterRefusalOf(openTree({ size: 0, root, read: files.read }))).toBe(
      'root-mismatch',
    )
  })

  test('a size beyond the files is refused', async () => {
    const { files, tree } = await grow([700])
    const beyond = openTree({ size: 701, root: tree.root(), read: files.read })
    expect(await laterRefusalOf(beyond)).toBe('resource-missing')
  })

  test.each(['tile/entries/002.p/188', 'tile/0/002.p/188', 'tile/1/000.p/2'])(
    'damage in %s is refused and named, whichever bit it is',
    async (path) => {
      const { files, tree } = await grow([700])
      const bytes = await files.read(path)
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
          const damaged = memoryFiles(files)
          damaged.write([{ path, bytes: flipBit(bytes, bit) }])
          const error = await openTree({ ...head(tree), read: damaged.read }).catch(
            (e: unknown) => e,
          )
          expect(error).toBeInstanceOf(LedgerError)
          expect(error).toMatchObject({ code: 'tile-damaged', path })
        }),
      )
    },
  )

  test.each(['tile/entries/002.p/188', 'tile/0/002.p/188', 'tile/1/000.p/2'])(
    '%s missing, cut short or too long is refused and named',
    async (path) => {
      const { files, tree } = await grow([700])
      const bytes = await files.read(path)
      for (const wrong of [bytes.slice(0, -1), Buffer.alloc(0), Buffer.concat([bytes, bytes])]) {
        const damaged = memoryFiles(files)
        damaged.write([{ path, bytes: wrong }])
        const opened = openTree({ ...head(tree), read: damaged.read })
        await expect(opened).rejects.toMatchObject({ code: 'tile-damaged', path })
      }
      files.remove(path)
      const opened = openTree({ ...head(tree), read: files.read })
      await expect(opened).rejects.toMatchObject({ code: 'resource-missing', path })
    },
  )

  test('a bundle with other entries of the same length is refused', async () => {
    const { files, tree } = await grow([2])
    const bytes = encodeBundle([Buffer.from('entry 1'), Buffer.from('entry 0')])
    files.write([{ path: 'tile/entries/000.p/2', bytes }])
    expect(await laterRefusalOf(openTree({ ...head(tree), read: files.read }))).toBe('tile-damaged')
  })
})
