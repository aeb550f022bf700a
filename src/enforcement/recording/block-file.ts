import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { createChain } from './chain.ts'

/** Nothing more can be recorded: the session has to end. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
}

/** A file that only grows, in linked blocks. After one failure everything fails. */
export type BlockFile = {
  /** In the file when it returns (`write(2)`). Throws `RecordingError`. */
  readonly add: (lines: string) => void
  /** Closes the block, in the same write as the lines given, and brings it all to the disk. */
  readonly seal: (lines: string) => void
  readonly bytes: () => number
  readonly links: () => number
  readonly head: () => string
  readonly close: () => void
}

const BLOCK_BYTES_MAX = 262_144
const LINK_EVERY_MS = 250
/** Not yet on the disk; beyond this the session waits for the disk. */
const UNSYNCED_BYTES_MAX = 16_777_216

/** Makes the file, or throws `RecordingError`; one that is there already is never written over. */
export function createBlockFile(path: string, onFailure: (error: RecordingError) => void) {
  let failed: RecordingError | undefined
  const guarded = <T>(work: () => T): T => {
    if (failed !== undefined) throw failed
    try {
      return work()
    } catch (error) {
      failed = new RecordingError('the recording cannot be written', { cause: error })
      throw failed
    }
  }
  const file = guarded(() => openSync(path, 'wx', 0o600))
  const chain = createChain()
  let bytes = 0
  let unsynced = 0

  const write = (lines: string) => {
    const data = Buffer.from(lines)
    for (let at = 0; at < data.byteLength;) at += writeSync(file, data, at)
    bytes += data.byteLength
    unsynced += data.byteLength
  }
  const sync = () => {
    fdatasyncSync(file)
    unsynced = 0
  }
  const ending = keepSynced(file, {
    pending: () => (failed === undefined ? unsynced : 0),
    link: () => {
      guarded(() => chain.open() > 0 && write(chain.close()))
      unsynced = 0
    },
    onFailure: (cause) => {
      failed ??= new RecordingError('the disk does not keep the recording', { cause })
      onFailure(failed)
    },
  })
  const made: BlockFile = {
    add: (lines) =>
      guarded(() => {
        chain.add(lines)
        write(chain.open() > BLOCK_BYTES_MAX ? lines + chain.close() : lines)
        if (unsynced > UNSYNCED_BYTES_MAX) sync()
      }),
    seal: (lines) =>
      guarded(() => {
        chain.add(lines)
        write(lines + chain.close())
        sync()
      }),
    bytes: () => bytes,
    links: chain.links,
    head: chain.head,
    close: ending,
  }
  return made
}

/** Links and syncs four times a second while something is pending; answers what ends it. */
function keepSynced(
  file: number,
  needs: {
    readonly pending: () => number
    readonly link: () => void
    readonly onFailure: (error: unknown) => void
  },
): () => void {
  let isSyncing = false
  let isClosed = false
  const timer = setInterval(() => {
    if (isSyncing || needs.pending() === 0) return
    try {
      needs.link()
    } catch (error) {
      needs.onFailure(error)
      return
    }
    isSyncing = true
    fdatasync(file, (error) => {
      isSyncing = false
      if (isClosed) closeSync(file)
      else if (error !== null) needs.onFailure(error)
    })
  }, LINK_EVERY_MS)
  return () => {
    if (isClosed) return
    isClosed = true
    clearInterval(timer)
    // A sync under way still needs the file; it closes it then.
    if (!isSyncing) closeSync(file)
  }
}

/** A new file's name is durable only with its folder. Throws as the file system does. */
export function syncFolderOf(path: string): void {
  const handle = openSync(dirname(path), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
