/** The data types of RFC 4251, section 5, as far as signatures need them. */

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export function sshString(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
  return joined(uint32(bytes.byteLength), bytes)
}

/** A positive integer, big-endian, with a leading zero byte when its first bit would be a sign. */
export function mpint(unsigned: Uint8Array): Uint8Array {
  let start = 0
  while (start < unsigned.byteLength && unsigned[start] === 0) start++
  const digits = unsigned.subarray(start)
  const signed = (digits[0] ?? 0) >= 0x80
  return sshString(signed ? joined(Uint8Array.of(0), digits) : digits)
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
