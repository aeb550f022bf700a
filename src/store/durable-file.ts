import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file that is either there whole or not there at all, whatever happens: temporary name,
 * write, fsync, rename, fsync of the folder. Without the last one a power cut may undo the rename.
 */
export function writeDurably(path: string, bytes: Uint8Array | string, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.tmp`
  const file = openSync(temporary, 'w', mode)
  try {
    const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    for (let at = 0; at < whole.length;) at += writeSync(file, whole, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

/** Makes names in the folder durable. Windows cannot open folders and keeps names by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
