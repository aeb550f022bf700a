import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openCheckpoint } from './checkpoint.ts'
import { parseBase64 } from './encoding.ts'
import { decodeBundle } from './entry-bundle.ts'
import { openTree } from './integrate.ts'
import { parseVerifierKey } from './keys.ts'
import { EMPTY_ROOT, hashToBase64, verifyConsistency, verifyInclusion } from './merkle.ts'
import { memoryFiles, refusalOf } from './testing.ts'

const vectors = <T>(name: string, schema: z.ZodType<T>): T => {
  const url = new URL(`../../spec/vectors/${name}.json`, import.meta.url)
  return schema.parse(JSON.parse(readFileSync(url, 'utf8')))
}
const bytes = z.string().transform((text) => Buffer.from(parseBase64(text) ?? []))

describe('proofs of the transparency-dev implementation', () => {
  const merkle = vectors(
    'merkle',
    z.object({
      inclusion: z.array(
        z.object({
          desc: z.string(),
          index: z.number(),
          size: z.number(),
          leaf: bytes,
          root: bytes,
          proof: z.array(bytes),
          valid: z.boolean(),
        }),
      ),
      consistency: z.array(
        z.object({
          desc: z.string(),
          size1: z.number(),
          size2: z.number(),
          root1: bytes,
          root2: bytes,
          proof: z.array(bytes),
          valid: z.boolean(),
        }),
      ),
    }),
  )

  test('there are good and bad ones of both kinds', () => {
    for (const cases of [merkle.inclusion, merkle.consistency]) {
      expect(cases.filter(({ valid }) => valid).length).toBeGreaterThan(3)
      expect(cases.filter(({ valid }) => !valid).length).toBeGreaterThan(50)
    }
  })

  test.each(merkle.inclusion.map((c, at) => ({ ...c, at })))(
    'inclusion $at ($desc) is judged as there',
    ({ index, size, leaf, root, proof, valid }) => {
      const answer = refusalOf(() => verifyInclusion(proof, index, size, leaf, root))
      expect(answer === 'accepted').toBe(valid)
      expect(answer).toBeTypeOf('string') // a code, never an accident
    },
  )

  test.each(merkle.consistency.map((c, at) => ({ ...c, at })))(
    'consistency $at ($desc) is judged as there',
    ({ size1, size2, root1, root2, proof, valid }) => {
      const answer = refusalOf(() => verifyConsistency(proof, size1, root1, size2, root2))
      // That implementation leaves an old size of 0 to its callers; so do its own cases.
      expect(answer === 'accepted').toBe(valid)
      expect(answer).toBeTypeOf('string')
    },
  )
})

describe('the log of the Tessera project', () => {
  const log = vectors(
    'tessera-log',
    z.object({
      vkey: z.string(),
      checkpoints: z.array(z.string()),
      files: z.record(z.string(), bytes),
    }),
  )
  const key = parseVerifierKey(log.vkey)
  const opened = log.checkpoints.map((text) => openCheckpoint(Buffer.from(text), [key], []))

  test('every checkpoint of it is signed by its key, for its size', () => {
    expect(opened.map(({ checkpoint }) => checkpoint.size)).toEqual([...opened.keys()])
    expect(opened).toHaveLength(16)
  })

  test('its entries make exactly its tiles, bundles and roots here', async () => {
    const entries = decodeBundle(log.files['tile/entries/000.p/15'] ?? Buffer.alloc(0))
    const tree = await openTree({ size: 0, root: EMPTY_ROOT, read: memoryFiles().read })
    for (const [at, entry] of entries.entries()) {
      const { size, root, files } = tree.append([entry])
      expect(size).toBe(at + 1)
      const signed = opened[size]?.checkpoint.root ?? EMPTY_ROOT
      expect(hashToBase64(root)).toBe(hashToBase64(signed))
      for (const file of files) expect(Buffer.from(file.bytes)).toEqual(log.files[file.path])
    }
    expect(tree.size).toBe(15)
  })

  test('it opens at every size, with nothing but its files', async () => {
    const read = memoryFiles()
    read.write(Object.entries(log.files).map(([path, bytes]) => ({ path, bytes })))
    for (const { checkpoint } of opened) {
      const { size, root } = checkpoint
      expect(hashToBase64((await openTree({ size, root, read: read.read })).root())).toBe(
        hashToBase64(root),
      )
    }
  })
})
