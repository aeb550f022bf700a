import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrets } from '../app/directory/connector.ts'
import { syncFolder, writeDurably } from './durable-file.ts'
import { createKey, readKey, readOrNull } from './key-file.ts'

const nonceBytes = 12
const tagBytes = 16
const namePattern = /^[a-z0-9_]{1,60}$/

/**
 * Passwords for outside systems, one file each, AES-256-GCM under `keys/secrets.key`. The name is
 * sealed with it: a file that was renamed to stand for another opens nothing. They are no part of the
 * ledger and of no backup of the database.
 */
export function openSecretFolder(keys: string, folder: string): Secrets {
  const keyPath = join(keys, 'secrets.key')
  let key: Buffer | null = null
  // One of another length opens nothing, and is never replaced: what it sealed would be lost.
  const theKey = () => (key ??= readKey(keyPath) ?? createKey(keyPath))
  const pathOf = (name: string) => {
    if (!namePattern.test(name)) throw new Error('a secret needs a plain name')
    return join(folder, name)
  }
  return {
    async put(name, secret) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', theKey(), nonce).setAAD(Buffer.from(name))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeDurably(pathOf(name), Buffer.concat([nonce, cipher.getAuthTag(), sealed]))
    },
    async get(name) {
      const sealed = readOrNull(pathOf(name))
      if (sealed === null) return null
      const nonce = sealed.subarray(0, nonceBytes)
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
      const cipher = createDecipheriv('aes-256-gcm', theKey(), nonce)
      cipher.setAAD(Buffer.from(name)).setAuthTag(tag)
      const text = cipher.update(sealed.subarray(nonceBytes + tagBytes))
      return Buffer.concat([text, cipher.final()]).toString('utf8')
    },
    async remove(name) {
      rmSync(pathOf(name), { force: true })
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      syncFolder(folder)
    },
  }
}
