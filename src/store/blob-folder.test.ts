import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openBlobFolder } from './blob-folder.ts'

test('bytes are kept under their SHA-256 and come back as they were', async () => {
  const { folder, blobs } = openTestFolder()
  const bytes = randomBytes(100_000)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(await blobs.put(bytes)).toBe(sha256)
  expect(await blobs.put(bytes)).toBe(sha256)
  expect(Buffer.from(await blobs.get(sha256)).equals(bytes)).toBe(true)
  const kept = join(folder, sha256.slice(0, 2), sha256.slice(2))
  expect(statSync(kept).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, sha256.slice(0, 2)))).toEqual([sha256.slice(2)])
})

test('the same bytes from many sides at once are kept once', async () => {
  const { folder, blobs } = openTestFolder()
  const bytes = randomBytes(1_000)
  const names = await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes)))
  expect(new Set(names).size).toBe(1)
  expect(readdirSync(join(folder, names[0]?.slice(0, 2) ?? ''))).toHaveLength(1)
})

test('a blob whose bytes were changed is refused, and whole again once they are put again', async () => {
  const { folder, blobs } = openTestFolder()
  const sha256 = await blobs.put(Buffer.from('as it was'))
  writeFileSync(join(folder, sha256.slice(0, 2), sha256.slice(2)), 'as it is not')
  await expect(blobs.get(sha256)).rejects.toMatchObject({ code: 'blob-damaged' })
  await blobs.put(Buffer.from('as it was'))
  expect(Buffer.from(await blobs.get(sha256)).toString()).toBe('as it was')
})

test('a blob that is not there, and a name that is none, are refused', async () => {
  const { blobs } = openTestFolder()
  for (const name of ['0'.repeat(64), '../../etc/passwd', '', 'A'.repeat(64)]) {
    await expect(blobs.get(name)).rejects.toMatchObject({ code: 'blob-missing' })
  }
})

test('more bytes than the limit are refused', async () => {
  const { blobs } = openTestFolder(10)
  await expect(blobs.put(randomBytes(11))).rejects.toMatchObject({ code: 'blob-too-large' })
  expect(await blobs.put(randomBytes(10))).toHaveLength(64)
})

test('a write that fails leaves nothing behind', async () => {
  const { folder, blobs } = openTestFolder()
  const bytes = Buffer.from('obstructed')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  // A folder in the blob's place: the rename cannot succeed.
  mkdirSync(join(folder, sha256.slice(0, 2), sha256.slice(2), 'in-the-way'), { recursive: true })
  await expect(blobs.put(bytes)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
  expect(readdirSync(join(folder, sha256.slice(0, 2)))).toEqual([sha256.slice(2)])
})

function openTestFolder(bytesMax?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-blobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, blobs: openBlobFolder(folder, bytesMax) }
}
