import { createECDH, createHash, createPrivateKey, createSign, hkdfSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** The authenticator's answer to a registration, as the browser's `toJSON()` gives it. */
type Registered = {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly response: {
    readonly clientDataJSON: string
    readonly attestationObject: string
    readonly transports: readonly string[]
  }
  readonly clientExtensionResults: Readonly<Record<string, never>>
}

/** The answer to a request to sign a challenge. */
type Signed = {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    readonly userHandle: string
  }
  readonly clientExtensionResults: Readonly<Record<string, never>>
}

/**
 * A passkey in software, for the fictional people of the demonstration: everything the server
 * verifies is real, only nobody holds the device. One key per person, derived from the seed.
 */
export type Authenticator = {
  readonly credentialId: string
  /** `challenge` is base64url as in the options; so is every field of the answer. */
  readonly register: (challenge: string) => Registered
  readonly sign: (challenge: string) => Signed
}

const flags = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 }

/** The passkey of `person` at the relying party `rpId`, as used from `origin`. */
export function createAuthenticator(options: {
  readonly seed: Uint8Array
  readonly person: string
  readonly rpId: string
  readonly origin: string
}): Authenticator {
  const { seed, person, rpId, origin } = options
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', seed, '', `arinomama demo ${purpose} ${person}`, 32))
  const key = keyPair(derive('key'))
  const id = derive('credential')
  const rpIdHash = createHash('sha256').update(rpId).digest()
  const credentialId = id.toString('base64url')
  const named = { id: credentialId, rawId: credentialId, type: 'public-key' } as const
  let uses = 0

  function client(type: 'webauthn.create' | 'webauthn.get', challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  return {
    credentialId,
    register(challenge) {
      const authData = Buffer.concat([
        rpIdHash,
        Buffer.of(flags.userPresent | flags.userVerified | flags.attested),
        counter(0),
        Buffer.alloc(16), // no make of authenticator is claimed
        Buffer.of(0, id.byteLength),
        id,
        coseKey(key.x, key.y),
      ])
      return {
        ...named,
        response: {
          clientDataJSON: client('webauthn.create', challenge).toString('base64url'),
          attestationObject: attestation(authData).toString('base64url'),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      }
    },
    sign(challenge) {
      uses += 1
      const clientData = client('webauthn.get', challenge)
      const authData = Buffer.concat([
        rpIdHash,
        Buffer.of(flags.userPresent | flags.userVerified),
        counter(uses),
      ])
      const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()])
      return {
        ...named,
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: createSign('sha256').update(signed).sign(key.private).toString('base64url'),
          userHandle: Buffer.from(person).toString('base64url'),
        },
        clientExtensionResults: {},
      }
    },
  }
}

type KeyPair = { readonly private: KeyObject; readonly x: Buffer; readonly y: Buffer }

function keyPair(secret: Buffer): KeyPair {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(secret)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)]
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: secret.toString('base64url'),
    x: x.toString('base64url'),
    y: y.toString('base64url'),
  }
  return { private: createPrivateKey({ key: jwk, format: 'jwk' }), x, y }
}

function counter(uses: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(uses)
  return bytes
}

/** A COSE_Key for ES256 on P-256 (RFC 9053, sections 2.1 and 7.1.1). */
function coseKey(x: Buffer, y: Buffer): Buffer {
  const head = Buffer.from('a5010203262001215820', 'hex')
  return Buffer.concat([head, x, Buffer.from('225820', 'hex'), y])
}

/** `{fmt: "none", attStmt: {}, authData}` in CBOR (WebAuthn Level 3, section 8.7). */
function attestation(authData: Buffer): Buffer {
  const head = Buffer.concat([
    Buffer.of(0xa3, 0x63),
    Buffer.from('fmt'),
    Buffer.of(0x64),
    Buffer.from('none'),
    Buffer.of(0x67),
    Buffer.from('attStmt'),
    Buffer.of(0xa0, 0x68),
    Buffer.from('authData'),
  ])
  const length = Buffer.of(0x59, authData.byteLength >> 8, authData.byteLength & 0xff)
  return Buffer.concat([head, length, authData])
}
