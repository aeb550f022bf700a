import { parseUtf8 } from '../ledger/encoding.ts'

/** What cannot be read as the one form that it should have. */
export class SshFormatError extends Error {
  override readonly name = 'SshFormatError'
}

/** Reads the data types of RFC 4251, section 5, one after the other, and nothing beyond the end. */
export type SshReader = {
  readonly byte: () => number
  readonly uint32: () => number
  readonly uint64: () => bigint
  readonly string: () => Uint8Array
  /** A string that is UTF-8 without control characters. */
  readonly text: () => string
  readonly isAtEnd: () => boolean
  /** Throws unless everything was read. */
  readonly end: () => void
}

export function sshReader(bytes: Uint8Array): SshReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const take = (length: number): number => {
    const from = at
    if (length > bytes.byteLength - from) throw new SshFormatError('it ends too early')
    at += length
    return from
  }
  const string = () => {
    const length = view.getUint32(take(4))
    const from = take(length)
    return bytes.subarray(from, from + length)
  }
  return {
    byte: () => view.getUint8(take(1)),
    uint32: () => view.getUint32(take(4)),
    uint64: () => view.getBigUint64(take(8)),
    string,
    text: () => plainText(string()),
    isAtEnd: () => at === bytes.byteLength,
    end: () => {
      if (at !== bytes.byteLength) throw new SshFormatError('there is more than there should be')
    },
  }
}

function plainText(bytes: Uint8Array): string {
  const text = parseUtf8(bytes)
  if (text === undefined) throw new SshFormatError('a text is no UTF-8')
  if (/\p{Cc}/u.test(text)) throw new SshFormatError('a text has control characters')
  return text
}
