import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { readFile, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Blobs } from '../app/ports.ts'
import { syncFolder } from './durable-file.ts'
import { StoreError } from './store-error.ts'

const readAtOnceBytesMax = 256 * 1024
const blobBytesMax = 256 * 1024 * 1024

/** Blobs as files, `ab/cdef…` after their SHA-256; each is written whole or not at all. */
export function openBlobFolder(folder: string, bytesMax = blobBytesMax): Blobs {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))
  return {
    async put(bytes) {
      if (bytes.length > bytesMax) {
        throw new StoreError(
          'blob-too-large',
          `A file of ${bytes.length} bytes is larger than the limit of ${bytesMax}. ` +
            'Split it, or leave out what nobody needs.',
        )
      }
      const sha256 = digestOf(bytes)
      const path = pathOf(sha256)
      // Whole by construction; when it was damaged since, the good bytes take its place.
      const kept = await readFile(path).catch(() => null)
      if (kept === null || digestOf(kept) !== sha256) await writeBlob(path, bytes)
      return sha256
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing(sha256)
      const bytes = await readBlob(pathOf(sha256))
      if (bytes === null) throw missing(sha256)
      if (digestOf(bytes) !== sha256) {
        throw new StoreError(
          'blob-damaged',
          `The kept file ${sha256} no longer has the bytes it was kept with. Restore it from a ` +
            'backup of the data folder.',
        )
      }
      return bytes
    },
  }
}

/**
 * Small blobs are read on the spot: a rebuild reads one after the other, and handing each to another
 * thread takes longer than the reading. Large ones would hold up everybody else.
 */
async function readBlob(path: string): Promise<Uint8Array | null> {
  try {
    if (statSync(path).size <= readAtOnceBytesMax) return readFileSync(path)
    return await readFile(path)
  } catch {
    return null
  }
}

/** Temporary name, fsync, rename, fsync of the folders: durable once this returns. */
async function writeBlob(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    syncFolder(dirname(folder))
  }
  const temporary = join(folder, `.${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function missing(sha256: string): StoreError {
  return new StoreError(
    'blob-missing',
    `The kept file ${sha256} is missing. Restore it from a backup of the data folder.`,
  )
}
