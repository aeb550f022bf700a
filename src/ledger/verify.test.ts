import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { decodeBundle, encodeBundle, leafTile } from './entry-bundle.ts'
import { openTree } from './integrate.ts'
import { generateKey, parseSigningKey } from './keys.ts'
import { EMPTY_ROOT, rootOfRow } from './merkle.ts'
import { parsePolicy } from './policy.ts'
import { flipBit, folderLedger, memoryFiles, numberedEntries } from './testing.ts'
import { pathOf, tilesOf } from './tile.ts'
import { verifyLedger } from './verify.ts'
import type { VerifyOptions } from './verify.ts'

const { skey, vkey } = generateKey('example.com/log', 'ed25519')
const key = parseSigningKey(skey)
const policy = parsePolicy(Buffer.from(`log ${vkey}\nquorum none\n`))
const SIZE = 1100
const folders: string[] = []
let whole = ''

beforeAll(async () => {
  const { folder } = await folderLedger(numberedEntries(SIZE), key)
  whole = folder
  folders.push(folder)
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A copy of the ledger, changed; what verifying it finds, without the wording. */
async function findingsAfter(
  change: (folder: string) => void,
  options: Partial<VerifyOptions> = {},
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-ledger-'))
  try {
    cpSync(whole, folder, { recursive: true })
    change(folder)
    const source = { kind: 'folder', folder } as const
    const { findings } = await verifyLedger({ source, policy, threads: 1, ...options })
    expect(findings.every(({ message }) => message.length > 10)).toBe(true)
    return findings.map(({ code, where }) => `${code} ${where}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const edit = (folder: string, path: string, change: (bytes: Buffer) => Uint8Array) =>
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path))))

describe('an honest ledger', () => {
  test.each([0, 1, 255, 256, 257, 65_537])('of %i entries has no findings', async (size) => {
    const { folder } = await folderLedger(numberedEntries(size), key)
    folders.push(folder)
    const progress: number[] = []
    const verified = await verifyLedger({
      source: { kind: 'folder', folder },
      policy,
      onProgress: (done) => progress.push(done),
    })
    expect(verified.findings).toEqual([])
    expect([verified.entries, verified.checkpoint?.size]).toEqual([size, size])
    expect(progress.at(-1) ?? 0).toBe(size)
  })

  test('is judged the same by one thread and by several', async () => {
    const { folder } = await folderLedger(numberedEntries(20_000), key)
    folders.push(folder)
    edit(folder, 'tile/entries/033', (bytes) => flipBit(bytes, 77 * 8))
    const source = { kind: 'folder', folder } as const
    const verify = async (threads: number) => await verifyLedger({ source, policy, threads })
    const [one, several] = [await verify(1), await verify(3)]
    expect(one.findings).toHaveLength(1)
    expect(several.findings).toEqual(one.findings)
  })
})

describe('every damaged file is named, and nothing else is', () => {
  const paths = [...tilesOf(SIZE)].map(pathOf)

  test.each(paths.filter((path) => !path.includes('entries')))(
    'a flipped bit in %s',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (bit) => {
          const found = await findingsAfter((folder) => {
            edit(folder, path, (bytes) => flipBit(bytes, bit))
          })
          expect(found).toEqual([`tile-damaged ${path}`])
        }),
        { numRuns: 5 },
      )
    },
  )

  test.each(paths.filter((path) => path.includes('entries')))(
    'a flipped bit in %s',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (bit) => {
          const found = await findingsAfter((folder) => {
            edit(folder, path, (bytes) => flipBit(bytes, bit))
          })
          // A bit of a length makes other entries of what follows, or no bundle at all.
          expect(found.length).toBeGreaterThan(0)
          const first = Number(/entries\/(\d+)/.exec(path)?.[1]) * 256
          for (const finding of found) {
            const [, entry] = /^entry-damaged entry (\d+)$/.exec(finding) ?? []
            const isInside = Number(entry) >= first && Number(entry) < first + 256
            expect(finding === `tile-damaged ${path}` || isInside).toBe(true)
          }
        }),
        { numRuns: 8 },
      )
    },
  )

  test.each(paths)('%s missing, empty, cut short or too long', async (path) => {
    const find = (change: (bytes: Buffer) => Uint8Array) =>
      findingsAfter((folder) => edit(folder, path, change))
    expect(await find((bytes) => bytes.subarray(0, -1))).toEqual([`tile-damaged ${path}`])
    expect(await find(() => Buffer.alloc(0))).toEqual([`tile-damaged ${path}`])
    expect(await find((bytes) => Buffer.concat([bytes, Buffer.of(0)]))).toEqual([
      expect.stringMatching(/^(tile-damaged|resource-too-large) /),
    ])
    expect(await findingsAfter((folder) => rmSync(join(folder, path)))).toEqual([
      `resource-missing ${path}`,
    ])
  })

  test('an edited entry is named by its index', async () => {
    const found = await findingsAfter((folder) => {
      edit(folder, 'tile/entries/002', (bytes) => {
        const entries = decodeBundle(bytes)
        entries[7] = Buffer.from('entry !')
        return encodeBundle(entries)
      })
    })
    expect(found).toEqual(['entry-damaged entry 519'])
  })

  test('two entries that changed places are both named', async () => {
    const found = await findingsAfter((folder) => {
      edit(folder, 'tile/entries/000', (bytes) => {
        const [first, second, ...rest] = decodeBundle(bytes)
        return encodeBundle([second ?? bytes, first ?? bytes, ...rest])
      })
    })
    expect(found).toEqual(['entry-damaged entry 0', 'entry-damaged entry 1'])
  })

  test('an entry edited together with its tile is found through the tile above', async () => {
    const found = await findingsAfter((folder) => forge(folder, 1))
    expect(found).toEqual(['tile-damaged tile/0/001', 'tile-damaged tile/entries/001'])
  })

  test('an entry edited with every tile up to the root contradicts what is signed', async () => {
    const found = await findingsAfter((folder) => {
      const tile = forge(folder, 1)
      edit(folder, 'tile/1/000.p/4', (bytes) => {
        bytes.set(rootOfRow(tile), 32)
        return bytes
      })
    })
    expect(found).toEqual(['root-mismatch checkpoint'])
  })

  /** Changes an entry of a bundle and makes its tile fit. */
  function forge(folder: string, index: number): Buffer {
    const bundle = join(folder, `tile/entries/00${index}`)
    const entries = decodeBundle(readFileSync(bundle))
    entries[3] = Buffer.from('never happened')
    writeFileSync(bundle, encodeBundle(entries))
    const tile = leafTile(encodeBundle(entries))
    writeFileSync(join(folder, `tile/0/00${index}`), tile)
    return tile
  }
})

describe('checkpoints', () => {
  test('a missing or malformed one is a finding', async () => {
    expect(await findingsAfter((folder) => rmSync(join(folder, 'checkpoint')))).toEqual([
      'resource-missing checkpoint',
    ])
    expect(
      await findingsAfter((folder) => writeFileSync(join(folder, 'checkpoint'), 'nothing\n')),
    ).toEqual(['note-malformed checkpoint'])
  })

  test('one signed with another key is a finding, and the files are still judged', async () => {
    const other = parseSigningKey(generateKey('example.com/log', 'ed25519').skey)
    const found = await findingsAfter((folder) => {
      const root = Buffer.from(
        readFileSync(join(folder, 'checkpoint'), 'utf8').split('\n')[2] ?? '',
        'base64',
      )
      writeFileSync(join(folder, 'checkpoint'), signCheckpoint({ size: SIZE, root }, other))
      edit(folder, 'tile/0/002', (bytes) => flipBit(bytes, 9))
    })
    expect(found).toEqual(['note-unverified checkpoint', 'tile-damaged tile/0/002'])
  })

  test('a quorum that did not cosign is a finding', async () => {
    const witness = generateKey('example.com/w', 'cosignature').vkey
    const strict = parsePolicy(Buffer.from(`log ${vkey}\nwitness w ${witness}\nquorum w\n`))
    expect(await findingsAfter(() => {}, { policy: strict })).toEqual(['policy-unmet checkpoint'])
  })

  test('a log shortened and signed again with the right key contradicts the copy in a report', async () => {
    const { folder } = await folderLedger(numberedEntries(900), key)
    folders.push(folder)
    const printed = readFileSync(join(whole, 'checkpoint'))
    const verified = await verifyLedger({
      source: { kind: 'folder', folder },
      policy,
      earlier: new Map([['report.checkpoint', printed]]),
    })
    expect(verified.findings).toMatchObject([{ code: 'ledger-shrunk', where: 'report.checkpoint' }])
  })

  test('a log rewritten and grown past the copy contradicts it as well', async () => {
    const entries = numberedEntries(1300)
    entries[40] = Buffer.from('another past')
    const { folder } = await folderLedger(entries, key)
    folders.push(folder)
    const printed = readFileSync(join(whole, 'checkpoint'))
    const verify = async (earlier: Uint8Array, of: string) =>
      await verifyLedger({
        source: { kind: 'folder', folder: of },
        policy,
        earlier: new Map([['report.checkpoint', earlier]]),
      })
    const { findings } = await verify(printed, folder)
    expect(findings).toMatchObject([
      { code: 'consistency-proof-invalid', where: 'report.checkpoint' },
    ])
    expect((await verify(printed, whole)).findings).toEqual([])
  })

  test('an honest ledger extends every checkpoint it ever signed', async () => {
    const tree = await openTree({ size: 0, root: EMPTY_ROOT, read: memoryFiles().read })
    const earlier = new Map<string, Uint8Array>()
    for (const entry of numberedEntries(SIZE)) {
      const { size, root } = tree.append([entry])
      if (size % 97 === 0) earlier.set(`at ${size}`, signCheckpoint({ size, root }, key))
    }
    expect(await findingsAfter(() => {}, { earlier })).toEqual([])
  })
})
