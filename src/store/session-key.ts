import { join } from 'node:path'
import { createKey, keyBytes, readKey } from './key-file.ts'

/**
 * The key that seals sessions, in `keys/session.key`; made at the first start. Without it, or with
 * another, everybody signs in anew and nothing else happens.
 */
export function openSessionKey(folder: string): Uint8Array {
  const path = join(folder, 'session.key')
  const kept = readKey(path)
  return kept?.byteLength === keyBytes ? kept : createKey(path)
}
