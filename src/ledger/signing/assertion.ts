import { createHash, verify } from 'node:crypto'
import { equalBytes, parseUtf8 } from '../encoding.ts'
import { keyObject, parseCoseKey, type Es256Key } from './cose-key.ts'
import { signingChallenge, type SshAssertion } from './sshsig.ts'

/** A signed statement: the exact text, and the parts of the WebAuthn assertion, base64url. */
export type SignedStatement = {
  readonly statement: string
  readonly credentialId: string
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly signature: string
}

/** The passkey that is said to have signed, as it was enrolled. */
export type EnrolledKey = {
  readonly credentialId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly rpId: string
  readonly origin: string
}

export type AssertionFault =
  | 'malformed'
  | 'key-unsupported'
  | 'other-credential'
  | 'other-statement'
  | 'wrong-origin'
  | 'wrong-relying-party'
  | 'user-not-present'
  | 'user-not-verified'
  | 'signature-invalid'

export type VerifiedAssertion = SshAssertion & { readonly key: Es256Key }

const presentFlag = 0x01
const verifiedFlag = 0x04
const attestedFlag = 0x40
const extensionsFlag = 0x80

/**
 * Checks a signed statement with nothing but these bytes: WebAuthn Level 3, section 7.2, for a
 * challenge that is the statement's own. The client data must begin exactly as section 5.8.1.1
 * serialises it, so that nothing can be read two ways and OpenSSH reads it the same.
 */
export function verifyStatement(
  signed: SignedStatement,
  key: EnrolledKey,
): VerifiedAssertion | AssertionFault {
  if (signed.credentialId !== key.credentialId) return 'other-credential'
  const authenticatorData = bytesOf(signed.authenticatorData)
  const clientData = bytesOf(signed.clientDataJSON)
  const signature = bytesOf(signed.signature)
  const cose = bytesOf(key.publicKey)
  if (!authenticatorData || !clientData || !signature || !cose) return 'malformed'
  const es256 = parseCoseKey(cose)
  const publicKey = es256 === undefined ? undefined : keyObject(es256)
  if (es256 === undefined || publicKey === undefined) return 'key-unsupported'

  const text = parseUtf8(clientData)
  if (text === undefined) return 'malformed'
  const challenge = signingChallenge(new TextEncoder().encode(signed.statement))
  const before = `{"type":"webauthn.get","challenge":"${base64url(challenge)}",`
  if (!text.startsWith(before)) return 'other-statement'
  const from = `"origin":${JSON.stringify(key.origin)}`
  const rest = text.slice(before.length)
  if (!rest.startsWith(`${from},`) && rest !== `${from}}`) return 'wrong-origin'

  const parts = authenticatorParts(authenticatorData)
  if (parts === undefined) return 'malformed'
  const rpIdHash = createHash('sha256').update(key.rpId).digest()
  if (!equalBytes(parts.rpIdHash, rpIdHash)) return 'wrong-relying-party'
  if ((parts.flags & presentFlag) === 0) return 'user-not-present'
  if ((parts.flags & verifiedFlag) === 0) return 'user-not-verified'
  const clientDataHash = createHash('sha256').update(clientData).digest()
  const message = Buffer.concat([authenticatorData, clientDataHash])
  if (!verify('sha256', message, publicKey, signature)) return 'signature-invalid'
  const rs = parseDer(signature)
  if (rs === undefined) return 'malformed'
  const { flags, counter, extensions } = parts
  return { ...rs, flags, counter, extensions, origin: key.origin, clientData, key: es256 }
}

/** WebAuthn Level 3, section 6.1: an assertion carries no attested credential data. */
function authenticatorParts(bytes: Uint8Array) {
  if (bytes.byteLength < 37) return undefined
  const flags = bytes[32] ?? 0
  const extensions = bytes.subarray(37)
  const announced = (flags & extensionsFlag) !== 0
  if ((flags & attestedFlag) !== 0 || announced !== extensions.byteLength > 0) return undefined
  return {
    rpIdHash: bytes.subarray(0, 32),
    flags,
    counter: new DataView(bytes.buffer, bytes.byteOffset).getUint32(33),
    extensions,
  }
}

/** `SEQUENCE { INTEGER r, INTEGER s }`; lengths of a P-256 signature fit one byte. */
function parseDer(bytes: Uint8Array): { r: Uint8Array; s: Uint8Array } | undefined {
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.byteLength - 2) return undefined
  const r = integerAt(bytes, 2)
  const s = r === undefined ? undefined : integerAt(bytes, r.end)
  if (r === undefined || s === undefined || s.end !== bytes.byteLength) return undefined
  return { r: r.digits, s: s.digits }
}

function integerAt(bytes: Uint8Array, at: number) {
  const length = bytes[at + 1]
  if (bytes[at] !== 0x02 || length === undefined || length === 0) return undefined
  const end = at + 2 + length
  return end > bytes.byteLength ? undefined : { digits: bytes.subarray(at + 2, end), end }
}

/** Base64url without padding, in its one form. */
function bytesOf(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : undefined
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
