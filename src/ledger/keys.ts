import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash as digest,
  sign,
  verify,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { formatBase64, hasControl, parseBase64 } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'

/**
 * What a key signs: `ed25519` the text of a note (signed-note, type 0x01), `cosignature` a
 * checkpoint and the time it was seen at (tlog-cosignature, type 0x04). A key is for one of them.
 */
export type KeyType = 'ed25519' | 'cosignature'

/** A public key with the name and ID by which signatures refer to it. */
export type VerifierKey = {
  readonly name: string
  /** The first 4 bytes of SHA-256(name || 0x0A || type || public key), big-endian. */
  readonly keyId: number
  readonly type: KeyType
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array
  readonly key: KeyObject
}

export type SigningKey = { readonly verifier: VerifierKey; readonly key: KeyObject }

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const SKEY_PREFIX = 'PRIVATE+KEY+'

/**
 * A new key, encoded: `vkey` for everybody, `skey` for the signer alone. Throws
 * `key-name-invalid`.
 */
export function generateKey(name: string, type: KeyType): { skey: string; vkey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const verifier = verifierKey(name, type, rawKey(publicKey, 'x'))
  return {
    skey: formatSigningKey({ verifier, key: privateKey }),
    vkey: formatVerifierKey(verifier),
  }
}

/**
 * `<name>+<key ID in hex>+<Base64 of type and public key>` (signed-note, "Verifier keys"). Throws
 * `key-malformed`, `key-name-invalid`, or `key-type-unsupported` for any type but 0x01 and 0x04.
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const { name, type, material } = parseEncoded(vkey)
  const key = verifierKey(name, type, material)
  if (formatVerifierKey(key) === vkey) return key
  throw new LedgerError('key-malformed', `the ID in the key of ${name} is not the key's ID`)
}

export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return formatEncoded(name, keyId, type, publicKey)
}

/**
 * `PRIVATE+KEY+<name>+<key ID in hex>+<Base64 of type and seed>`, as golang.org/x/mod writes it.
 * Throws as `parseVerifierKey`; no message repeats the secret.
 */
export function parseSigningKey(skey: string): SigningKey {
  if (!skey.startsWith(SKEY_PREFIX)) {
    throw new LedgerError('key-malformed', `a signing key begins with ${SKEY_PREFIX}`)
  }
  const { name, type, material } = parseEncoded(skey.slice(SKEY_PREFIX.length))
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, material]),
    format: 'der',
    type: 'pkcs8',
  })
  const signing = { verifier: verifierKey(name, type, rawKey(createPublicKey(key), 'x')), key }
  if (formatSigningKey(signing) === skey) return signing
  throw new LedgerError('key-malformed', `the ID in the key of ${name} is not the key's ID`)
}

export function formatSigningKey({ verifier, key }: SigningKey): string {
  const { name, keyId, type } = verifier
  return SKEY_PREFIX + formatEncoded(name, keyId, type, rawKey(key, 'd'))
}

/**
 * Throws `key-name-invalid` unless the name can stand in a signature line: not empty, no Unicode
 * space, no plus, no control character (signed-note, "Format").
 */
export function checkKeyName(name: string): string {
  const separates = name === '' || /[\p{White_Space}+]/u.test(name)
  if (!separates && name.isWellFormed() && !hasControl(name)) return name
  throw new LedgerError('key-name-invalid', `${JSON.stringify(name)} cannot name a key`)
}

/** Throws `key-type-unsupported` unless the key is for signatures of that type. */
export function checkKeyType({ verifier }: SigningKey, type: KeyType): void {
  if (verifier.type === type) return
  throw new LedgerError(
    'key-type-unsupported',
    `the key of ${verifier.name} has signature type ${typeBytes[verifier.type]}, ` +
      `not ${typeBytes[type]}`,
  )
}

/** The 64-byte Ed25519 signature (RFC 8032). */
export function signBytes({ key }: SigningKey, message: Uint8Array): Uint8Array {
  return sign(null, message, key)
}

export function verifyBytes(
  { key }: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return signature.byteLength === SIGNATURE_BYTES && verify(null, message, key, signature)
}

/** What comes before the seed in the PKCS #8 form of an Ed25519 key (RFC 8410 section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

const typeBytes = { ed25519: 0x01, cosignature: 0x04 } as const

function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  checkKeyName(name)
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(typeBytes[type]), publicKey])
  const keyId = digest('sha256', named, 'buffer').readUInt32BE(0)
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return { name, keyId, type, publicKey, key }
}

/** Base64 has pluses of its own: only the first two separate. */
function parseEncoded(text: string): { name: string; type: KeyType; material: Uint8Array } {
  const [, name = '', encoded = ''] = /^([^+]*)\+[0-9a-f]{8}\+(.*)$/s.exec(text) ?? []
  const bytes = parseBase64(encoded)
  if (bytes === undefined || bytes.byteLength === 0) {
    throw new LedgerError('key-malformed', 'a key is written <name>+<8 hex digits>+<Base64>')
  }
  checkKeyName(name)
  const type = bytes[0] === 0x01 ? 'ed25519' : bytes[0] === 0x04 ? 'cosignature' : undefined
  if (type === undefined) {
    throw new LedgerError(
      'key-type-unsupported',
      `the key of ${name} has signature type ${bytes[0]}; 1 and 4 are supported`,
    )
  }
  if (bytes.byteLength === 1 + KEY_BYTES) return { name, type, material: bytes.subarray(1) }
  throw new LedgerError('key-malformed', `the key of ${name} does not have ${KEY_BYTES} bytes`)
}

function formatEncoded(name: string, keyId: number, type: KeyType, material: Uint8Array): string {
  const id = keyId.toString(16).padStart(8, '0')
  return `${name}+${id}+${formatBase64(Buffer.concat([Buffer.of(typeBytes[type]), material]))}`
}

/** The 32 bytes of a public key (`x`) or of the seed of a private one (`d`). */
function rawKey(key: KeyObject, part: 'x' | 'd'): Uint8Array {
  return Buffer.from(key.export({ format: 'jwk' })[part] ?? '', 'base64url')
}
