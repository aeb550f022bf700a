import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './durable-file.ts'

const bytes = 32

/**
 * The key that seals sessions, in `keys/session.key`; made at the first start. Without it, or with
 * another, everybody signs in anew and nothing else happens.
 */
export function openSessionKey(folder: string): Uint8Array {
  const path = join(folder, 'session.key')
  try {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
    if (key.byteLength === bytes) return key
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const key = randomBytes(bytes)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeDurably(path, `${key.toString('hex')}\n`)
  return key
}
