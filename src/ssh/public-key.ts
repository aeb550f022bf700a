import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { equalBytes, parseBase64 } from '../ledger/encoding.ts'
import { joined, sshString } from '../ledger/signing/ssh-wire.ts'
import { SshFormatError, sshReader, type SshReader } from './reader.ts'

/**
 * The four kinds of keys that are accepted: Ed25519 and P-256, each plain or on a FIDO token
 * (`sk-`, PROTOCOL.u2f). RSA and the other curves are refused: nothing here needs them.
 */
export type SshPublicKey =
  | { readonly type: 'ssh-ed25519'; readonly point: Uint8Array }
  | { readonly type: 'ecdsa-sha2-nistp256'; readonly point: Uint8Array }
  | {
      readonly type: 'sk-ssh-ed25519@openssh.com'
      readonly point: Uint8Array
      readonly application: string
    }
  | {
      readonly type: 'sk-ecdsa-sha2-nistp256@openssh.com'
      readonly point: Uint8Array
      readonly application: string
    }
export type SshKeyType = SshPublicKey['type']

const curve = 'nistp256'
const POINT_BYTES = { ed25519: 32, p256: 65 } as const
const APPLICATION_CHARS_MAX = 255
const LINE_CHARS_MAX = 1_000

const sshKeyTypes: readonly SshKeyType[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]

export function isSecurityKey(type: SshKeyType): boolean {
  return type.startsWith('sk-')
}

/** The fields after the type's name, as they stand in a key and, after the nonce, in a certificate. */
export function keyFields(key: SshPublicKey): Uint8Array {
  const head = isEcdsa(key.type) ? joined(sshString(curve), sshString(key.point)) : undefined
  const point = head ?? sshString(key.point)
  return 'application' in key ? joined(point, sshString(key.application)) : point
}

/** Reads what `keyFields` writes. Throws `SshFormatError`. */
export function readKeyFields(type: SshKeyType, reader: SshReader): SshPublicKey {
  if (isEcdsa(type) && reader.text() !== curve) throw new SshFormatError('it is another curve')
  const point = Uint8Array.from(reader.string())
  switch (type) {
    case 'ssh-ed25519':
    case 'ecdsa-sha2-nistp256':
      return checkedPoint({ type, point })
    case 'sk-ssh-ed25519@openssh.com':
    case 'sk-ecdsa-sha2-nistp256@openssh.com': {
      const application = reader.text()
      if (application.length === 0 || application.length > APPLICATION_CHARS_MAX) {
        throw new SshFormatError('the application has no usable length')
      }
      return checkedPoint({ type, point, application })
    }
  }
}

export function encodePublicKey(key: SshPublicKey): Uint8Array {
  return joined(sshString(key.type), keyFields(key))
}

/** Throws `SshFormatError` unless the bytes are the one form of a key of a known type. */
export function parsePublicKey(bytes: Uint8Array): SshPublicKey {
  const reader = sshReader(bytes)
  const key = readKeyFields(checkedType(reader.text()), reader)
  reader.end()
  if (!equalBytes(encodePublicKey(key), bytes)) throw new SshFormatError('it is another form')
  return key
}

/** `type base64`, as in `authorized_keys`, without options and without a comment. */
export function formatKeyLine(key: SshPublicKey): string {
  return `${key.type} ${Buffer.from(encodePublicKey(key)).toString('base64')}`
}

/** Reads a `.pub` file's line; a comment is dropped. Throws `SshFormatError`. */
export function parseKeyLine(line: string): SshPublicKey {
  const [type = '', base64 = ''] = line.length > LINE_CHARS_MAX ? [] : line.trim().split(' ')
  const bytes = parseBase64(base64)
  if (bytes === undefined || bytes.byteLength === 0) throw new SshFormatError('it is no key line')
  const key = parsePublicKey(bytes)
  if (key.type !== type) throw new SshFormatError('the line names another type than the key')
  return key
}

/** As `ssh-keygen -l` and sshd's log print it. */
export function keyFingerprint(key: SshPublicKey): string {
  const digest = createHash('sha256').update(encodePublicKey(key)).digest('base64')
  return `SHA256:${digest.replace(/=+$/, '')}`
}

/** The key for Node's verifier. Throws `SshFormatError` when the point is not on the curve. */
export function keyObjectOf(key: SshPublicKey): KeyObject {
  try {
    return createPublicKey({ key: jwkOf(key), format: 'jwk' })
  } catch (error) {
    throw new SshFormatError('its point is not on the curve', { cause: error })
  }
}

/** The SSH form of one of Node's Ed25519 or P-256 keys. Throws `SshFormatError` for any other. */
export function sshKeyOf(key: KeyObject): SshPublicKey {
  const { kty, crv, x = '', y = '' } = key.export({ format: 'jwk' })
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  if (kty === 'OKP' && crv === 'Ed25519') {
    return { type: 'ssh-ed25519', point: new Uint8Array(bytes(x)) }
  }
  if (kty === 'EC' && crv === 'P-256') {
    return { type: 'ecdsa-sha2-nistp256', point: joined(Uint8Array.of(4), bytes(x), bytes(y)) }
  }
  throw new SshFormatError(`keys of type ${kty} ${crv ?? ''} are not used here`)
}

export function checkedType(type: string): SshKeyType {
  const known = sshKeyTypes.find((one) => one === type)
  if (known === undefined) throw new SshFormatError('it is no key of a type that is accepted')
  return known
}

function isEcdsa(type: SshKeyType): boolean {
  return type.includes('ecdsa')
}

function checkedPoint(key: SshPublicKey): SshPublicKey {
  const length = isEcdsa(key.type) ? POINT_BYTES.p256 : POINT_BYTES.ed25519
  if (key.point.byteLength !== length || (isEcdsa(key.type) && key.point[0] !== 4)) {
    throw new SshFormatError('its point has another length or form')
  }
  keyObjectOf(key)
  return key
}

function jwkOf({ type, point }: SshPublicKey) {
  const text = (from: number, to?: number) =>
    Buffer.from(point.subarray(from, to)).toString('base64url')
  return isEcdsa(type)
    ? { kty: 'EC', crv: 'P-256', x: text(1, 33), y: text(33) }
    : { kty: 'OKP', crv: 'Ed25519', x: text(0) }
}
