import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StorageFault } from '../app/ledger/ports.ts'
import type { LedgerStorage } from '../app/ledger/ports.ts'
import { equalBytes } from '../ledger/encoding.ts'
import type { LedgerFile } from '../ledger/integrate.ts'
import { CHECKPOINT_PATH, folderReader } from '../ledger/tile-reader.ts'
import { writeDurably } from './durable-file.ts'
import { StoreError } from './store-error.ts'

/** Files written at once: enough to keep a disk busy, few enough for its queue. */
const writesAtOnce = 8

/**
 * The ledger in a folder, as tlog-tiles names its files; any web server can serve it as it is. Each
 * file is written under a temporary name, fsynced and renamed; then every folder that got a name
 * is fsynced. So what has its name is whole, and what was put stays after a power cut.
 */
export function openLedgerFolder(folder: string): LedgerStorage {
  const name = storageName(folder)
  return {
    name,
    read: folderReader(folder),
    async putImmutable(files) {
      const folders = new Set<string>()
      for (const file of files) folders.add(await makeFolder(folder, dirname(file.path), folders))
      for (let at = 0; at < files.length; at += writesAtOnce) {
        const some = files.slice(at, at + writesAtOnce)
        // All of them end before any of them fails: nothing goes on writing behind our back.
        const ends = await Promise.allSettled(some.map((file) => put(folder, file)))
        for (const end of ends) if (end.status === 'rejected') throw end.reason
      }
      for (const path of folders) await syncFolder(join(folder, path), path)
    },
    async restore({ path, bytes }) {
      const folders = new Set<string>()
      folders.add(await makeFolder(folder, dirname(path), folders))
      await replace(folder, path, bytes)
      for (const made of folders) await syncFolder(join(folder, made), made)
    },
    async publish(checkpoint) {
      await replace(folder, CHECKPOINT_PATH, checkpoint)
      await syncFolder(folder, '.')
    },
    async dropPartials(path) {
      await rm(join(folder, `${path}.p`), { recursive: true, force: true })
    },
  }
}

/** A folder is known by a name of its own, so that a copy of the database does not take it over. */
function storageName(folder: string): string {
  const path = join(folder, '.storage')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    try {
      return readFileSync(path, 'utf8').trim()
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error
      const name = `folder:${randomUUID()}`
      writeDurably(path, `${name}\n`, 0o644)
      return name
    }
  } catch (error) {
    throw new StoreError(
      'data-folder-unwritable',
      `The folder of the ledger ${folder} cannot be written: ` +
        `${error instanceof Error ? error.message : String(error)}. ` +
        'Make room, or give this user the right to; then start again.',
      { cause: error },
    )
  }
}

/** Makes the folder and remembers every folder above it that got a new name. */
async function makeFolder(root: string, path: string, folders: Set<string>): Promise<string> {
  if (folders.has(path)) return path
  try {
    const first = await mkdir(join(root, path), { recursive: true, mode: 0o755 })
    if (first === undefined) return path
    for (let above = path; above !== '.'; above = dirname(above)) folders.add(dirname(above))
    return path
  } catch (error) {
    throw fault('unwritable', path, error)
  }
}

async function put(folder: string, { path, bytes }: LedgerFile): Promise<void> {
  const existing = await readFile(join(folder, path)).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined
    throw fault('unwritable', path, error)
  })
  if (existing === undefined) {
    await replace(folder, path, bytes)
    return
  }
  if (equalBytes(existing, bytes)) return
  throw new StorageFault('conflict', path, `${path} holds other bytes than the entries make`)
}

async function replace(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const target = join(folder, path)
  const temporary = `${target}.${process.pid}.tmp`
  let isSyncing = false
  try {
    const file = await open(temporary, 'w', 0o644)
    try {
      await file.writeFile(bytes)
      isSyncing = true
      await file.sync()
      isSyncing = false
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw fault(isSyncing ? 'unknown' : 'unwritable', path, error)
  }
}

async function syncFolder(folder: string, path: string): Promise<void> {
  // Windows cannot open folders and keeps names by itself.
  if (process.platform === 'win32') return
  try {
    await stat(folder)
    const file = await open(folder, 'r')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fault('unknown', path, error)
  }
}

function fault(kind: 'unwritable' | 'unknown', path: string, cause: unknown): StorageFault {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new StorageFault(kind, path, why, { cause })
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
