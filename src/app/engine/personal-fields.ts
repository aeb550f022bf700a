import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { PersonalFields } from '../room.ts'
import { EngineError } from './engine-error.ts'
import type { PersonKeys } from './store.ts'

/** Where a ciphertext belongs; all of it is bound to the ciphertext, so that none can be moved. */
export type Place = { readonly person: string; readonly type: string; readonly stream: string }

export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

type Data = Readonly<Record<string, unknown>>

/**
 * Replaces the personal fields of an event by ciphertext under the person's key:
 * `{ "a256gcm": base64url(nonce, ciphertext, tag) }`. What is null or absent stays as it is.
 */
export function encryptFields(
  data: Data,
  { fields }: PersonalFields,
  place: Place,
  key: Uint8Array,
): Data {
  const hidden: Record<string, unknown> = { ...data }
  // Made into a key once: Node takes three times as long to find out what bytes are.
  const secret = createSecretKey(key)
  for (const field of fields) {
    const value = data[field]
    if (value === null || value === undefined) continue
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(boundTo(place, field))
    const text = [nonce, cipher.update(canonicalJson(value), 'utf8'), cipher.final()]
    hidden[field] = { a256gcm: Buffer.concat([...text, cipher.getAuthTag()]).toString('base64url') }
  }
  return hidden
}

/** Brings personal fields back; without the key, because the person was erased, they are null. */
export function decryptFields(
  data: Data,
  { fields }: PersonalFields,
  place: Place,
  keys: PersonKeys,
): Data {
  const key = keys.get(place.person)
  const secret = key ? createSecretKey(key) : null
  const shown: Record<string, unknown> = { ...data }
  for (const field of fields) {
    const value = data[field]
    if (value === null || value === undefined) continue
    shown[field] = secret === null ? null : decrypt(value, place, field, secret)
  }
  return shown
}

function decrypt(value: unknown, place: Place, field: string, key: KeyObject): unknown {
  const hidden =
    typeof value === 'object' && value !== null && 'a256gcm' in value ? value.a256gcm : null
  if (typeof hidden !== 'string') throw damaged(place, field)
  const bytes = Buffer.from(hidden, 'base64url')
  if (bytes.length < nonceBytes + tagBytes) throw damaged(place, field)
  const tagAt = bytes.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
    .setAAD(boundTo(place, field))
    .setAuthTag(bytes.subarray(tagAt))
  try {
    const text = [decipher.update(bytes.subarray(nonceBytes, tagAt)), decipher.final()]
    return JSON.parse(Buffer.concat(text).toString('utf8'))
  } catch (error) {
    throw damaged(place, field, error)
  }
}

function boundTo({ person, type, stream }: Place, field: string): Buffer {
  return Buffer.from(canonicalJson(['arinomama.personal.v1', person, type, field, stream]))
}

function damaged({ type, stream }: Place, field: string, cause?: unknown): EngineError {
  return new EngineError(
    'entry-damaged',
    `The personal field ${field} of ${type} in ${stream} cannot be decrypted`,
    { cause },
  )
}
