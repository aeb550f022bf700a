import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeDurably } from './durable-file.ts'

/** Bytes of every key that is kept in a file of its own. */
export const keyBytes = 32

/** The bytes of a file; null where there is none. */
export function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** The key that a file holds in hexadecimal; null where there is no file. Its length is unchecked. */
export function readKey(path: string): Buffer | null {
  const kept = readOrNull(path)
  return kept === null ? null : Buffer.from(kept.toString('utf8').trim(), 'hex')
}

/** Makes a new key and keeps it, readable by its owner only. */
export function createKey(path: string): Buffer {
  const key = randomBytes(keyBytes)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeDurably(path, `${key.toString('hex')}\n`)
  return key
}
