import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from './processes.ts'
import { StoreError } from './store-error.ts'

export type FolderLock = { release(): void }

/**
 * Takes a data folder for this process. The lock is a file that names a process and when it
 * started: after `kill -9` or a power cut that process is gone, and the next start takes over by
 * itself. Throws `data-folder-in-use` while the process is alive.
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) })
  // Twice at most: once a dead owner's lock has been moved away, either we or a rival gets it.
  for (let attempt = 0; attempt < 2; attempt++) {
    if (create(path, mine)) return { release: () => remove(path, mine) }
    const found = read(path)
    const owner = ownerOf(found)
    if (owner !== null) throw inUse(folder, owner)
    if (found !== null) moveAway(path, found)
  }
  throw inUse(folder, ownerOf(read(path)))
}

/** Links a finished file into place: the lock is never seen half written, and only one is first. */
function create(path: string, content: string): boolean {
  const temporary = `${path}.${randomUUID()}`
  writeFileSync(temporary, content, { mode: 0o600 })
  try {
    linkSync(temporary, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Moves a dead owner's lock away, unless a rival did so first and holds the folder by now. */
function moveAway(path: string, dead: string): void {
  const grave = `${path}.${randomUUID()}`
  try {
    renameSync(path, grave)
  } catch {
    return
  }
  if (read(grave) !== dead) {
    try {
      linkSync(grave, path)
    } catch {
      // A third process holds it: the loop will say so.
    }
  }
  rmSync(grave, { force: true })
}

function remove(path: string, mine: string): void {
  if (read(path) === mine) rmSync(path, { force: true })
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** The live process that the lock names, if it is alive and the same one. */
function ownerOf(content: string | null): number | null {
  try {
    const said: unknown = JSON.parse(content ?? '')
    if (typeof said !== 'object' || said === null) return null
    if (!('pid' in said && typeof said.pid === 'number' && 'identity' in said)) return null
    return identityOf(said.pid) === said.identity && said.identity !== null ? said.pid : null
  } catch {
    return null
  }
}

function inUse(folder: string, owner: number | null): StoreError {
  const who = owner === null ? 'another process' : `process ${owner}`
  return new StoreError(
    'data-folder-in-use',
    `The data folder ${folder} is in use by ${who}. ` +
      'Stop that program first, or start this one with another folder (ARINOMAMA_DATA).',
  )
}
