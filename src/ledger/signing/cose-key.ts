import { createPublicKey, type KeyObject } from 'node:crypto'

/** An ES256 key: the two coordinates of a point on P-256, 32 bytes each. */
export type Es256Key = { readonly x: Uint8Array; readonly y: Uint8Array }

const head = Buffer.from('a5010203262001215820', 'hex')
const middle = Buffer.from('225820', 'hex')
const length = head.byteLength + 32 + middle.byteLength + 32

/**
 * Reads a COSE key (RFC 9052, section 7; RFC 9053, section 7.1.1) in the one form that CTAP2 gives
 * an ES256 key: 77 bytes, members in canonical order. Undefined for anything else.
 */
export function parseCoseKey(bytes: Uint8Array): Es256Key | undefined {
  if (bytes.byteLength !== length) return undefined
  const buffer = Buffer.from(bytes)
  const xAt = head.byteLength
  const yAt = xAt + 32 + middle.byteLength
  if (!buffer.subarray(0, xAt).equals(head)) return undefined
  if (!buffer.subarray(xAt + 32, yAt).equals(middle)) return undefined
  const key = {
    x: new Uint8Array(buffer.subarray(xAt, xAt + 32)),
    y: new Uint8Array(buffer.subarray(yAt)),
  }
  return keyObject(key) === undefined ? undefined : key
}

export function formatCoseKey({ x, y }: Es256Key): Uint8Array {
  return new Uint8Array(Buffer.concat([head, x, middle, y]))
}

/** The key for Node's verifier; undefined when the point is not on the curve. */
export function keyObject({ x, y }: Es256Key): KeyObject | undefined {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: Buffer.from(x).toString('base64url'),
    y: Buffer.from(y).toString('base64url'),
  }
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}
