import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StorageFault } from '../app/ledger/ports.ts'
import type { KeySafe } from '../app/ledger/ports.ts'
import { formatVerifierKey, generateKey, parseSigningKey } from '../ledger/keys.ts'
import { writeDurably } from './durable-file.ts'

const keyFile = 'ledger.key'
const signedFile = 'signed-checkpoint'

/**
 * The log's key and the last checkpoint it has signed, in a folder for this user only. It is not in
 * the database on purpose: a database that is restored from a backup is found out by it.
 */
export function openKeyFolder(folder: string): KeySafe {
  const read = (name: string): Buffer | null => {
    try {
      return readFileSync(join(folder, name))
    } catch (error) {
      if (
        error instanceof Error &&
        'code' in error &&
        (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      )
        return null
      throw error
    }
  }
  const write = (name: string, bytes: Uint8Array | string) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
      writeDurably(join(folder, name), bytes, 0o600)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const isSync = error instanceof Error && 'syscall' in error && error.syscall === 'fsync'
      const kind = isSync ? 'unknown' : 'unwritable'
      throw new StorageFault(kind, join(folder, name), why, { cause: error })
    }
  }
  return {
    key: async () => {
      const text = read(keyFile)
      return text === null ? null : parseSigningKey(text.toString('utf8').trimEnd())
    },
    create: async (origin) => {
      // Losing a key would end the ledger: none is ever overwritten.
      if (read(keyFile) !== null) throw new Error('there is a key already')
      const { skey } = generateKey(origin, 'ed25519')
      write(keyFile, `${skey}\n`)
      return parseSigningKey(skey)
    },
    signed: async () => read(signedFile),
    keepSigned: async (checkpoint) => write(signedFile, checkpoint),
  }
}

/** The verifier key of the ledger in a data folder; undefined when there is none. */
export function vkeyOf(dataFolder: string): string | undefined {
  try {
    const text = readFileSync(join(dataFolder, 'keys', keyFile), 'utf8').trimEnd()
    return formatVerifierKey(parseSigningKey(text).verifier)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
