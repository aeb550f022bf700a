import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { equalBytes } from '../ledger/encoding.ts'
import { joined, mpint, sshString, uint32 } from '../ledger/signing/ssh-wire.ts'
import { isSecurityKey, keyObjectOf, sshKeyOf, type SshPublicKey } from './public-key.ts'
import { SshFormatError, sshReader } from './reader.ts'

/** What a good signature also says: what a security key saw of its user; null for a plain key. */
export type SignatureFacts = {
  readonly present: boolean | null
  readonly verified: boolean | null
}

const presentFlag = 0x01
const verifiedFlag = 0x04
const SCALAR_BYTES = 32

/** The signature of RFC 8709 (Ed25519) or RFC 5656 (P-256) over the message. */
export function signSsh(key: KeyObject, message: Uint8Array): Uint8Array {
  const { type } = sshKeyOf(key)
  if (type === 'ssh-ed25519') {
    return joined(sshString(type), sshString(sign(null, message, key)))
  }
  const rs = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })
  const pair = joined(mpint(rs.subarray(0, SCALAR_BYTES)), mpint(rs.subarray(SCALAR_BYTES)))
  return joined(sshString(type), sshString(pair))
}

/**
 * Checks a signature by that key, in its one form; undefined when it is not good. A security key
 * signs with its application, flags and counter (PROTOCOL.u2f); who asks judges the flags.
 */
export function verifySsh(
  key: SshPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): SignatureFacts | undefined {
  try {
    const reader = sshReader(signature)
    if (reader.text() !== key.type) return undefined
    const raw = reader.string()
    if (!isSecurityKey(key.type)) {
      reader.end()
      return isGood(key, message, raw) ? { present: null, verified: null } : undefined
    }
    const flags = reader.byte()
    const counter = reader.uint32()
    reader.end()
    const application = 'application' in key ? key.application : ''
    const signed = joined(sha256(application), Uint8Array.of(flags), uint32(counter))
    if (!isGood(key, joined(signed, sha256(message)), raw)) return undefined
    return { present: (flags & presentFlag) !== 0, verified: (flags & verifiedFlag) !== 0 }
  } catch (error) {
    if (error instanceof SshFormatError) return undefined
    throw error
  }
}

function isGood(key: SshPublicKey, message: Uint8Array, raw: Uint8Array): boolean {
  const object = keyObjectOf(key)
  if (!key.type.includes('ecdsa'))
    return raw.byteLength === 64 && verify(null, message, object, raw)
  const reader = sshReader(raw)
  const [r, s] = [scalar(reader.string()), scalar(reader.string())]
  reader.end()
  const rs = joined(r, s)
  return verify('sha256', message, { key: object, dsaEncoding: 'ieee-p1363' }, rs)
}

/** A positive `mpint` of at most 32 bytes, in its shortest form, padded to 32. */
function scalar(bytes: Uint8Array): Uint8Array {
  const digits = bytes[0] === 0 ? bytes.subarray(1) : bytes
  if (digits.byteLength > SCALAR_BYTES || !equalBytes(mpint(digits), sshString(bytes))) {
    throw new SshFormatError('a number is not in its one form')
  }
  return joined(new Uint8Array(SCALAR_BYTES - digits.byteLength), digits)
}

function sha256(bytes: Uint8Array | string): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
