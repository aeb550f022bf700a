import iconv from 'iconv-lite'
import { refuse, type Refused } from '../../domain/decider.ts'

/** What a file was written in. Shift_JIS means Windows' code page 932, as Excel writes it. */
export type Encoding = 'utf-8' | 'utf-16' | 'shift_jis' | 'euc-jp'

export type Decoded = { readonly text: string; readonly encoding: Encoding }

export type DecodingRefusal = 'file-empty' | 'file-is-spreadsheet' | 'file-encoding-unknown'

/** First bytes of what people send in place of a CSV: Excel (new and old), PDF, gzip. */
const disguises = ['504b0304', 'd0cf11e0', '25504446', '1f8b08']

/**
 * The text of a file. Marks at the beginning decide; then strict UTF-8; then, among the Japanese
 * encodings in which every byte has a meaning, the one that reads most like Japanese. What cannot be
 * read without a doubt is refused: a guessed name would be kept for years.
 */
export function decodeText(bytes: Uint8Array): Decoded | Refused<DecodingRefusal> {
  if (bytes.length === 0) return refuse('file-empty')
  const hex = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (disguises.some((start) => hex.startsWith(start))) return refuse('file-is-spreadsheet')
  const decoded = hex.startsWith('efbbbf')
    ? inUnicode(bytes.subarray(3), 'utf-8')
    : hex.startsWith('fffe')
      ? inUnicode(bytes.subarray(2), 'utf-16le')
      : hex.startsWith('feff')
        ? inUnicode(bytes.subarray(2), 'utf-16be')
        : (inUnicode(bytes, 'utf-8') ?? inJapanese(bytes))
  if (decoded === null || decoded.text.includes('\0')) return refuse('file-encoding-unknown')
  return decoded.text.trim() === '' ? refuse('file-empty') : decoded
}

function inUnicode(bytes: Uint8Array, label: 'utf-8' | 'utf-16le' | 'utf-16be'): Decoded | null {
  try {
    const text = new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, encoding: label === 'utf-8' ? 'utf-8' : 'utf-16' }
  } catch {
    return null
  }
}

function inJapanese(bytes: Uint8Array): Decoded | null {
  const shiftJis = iconv.decode(bytes, 'cp932')
  const eucJp = iconv.decode(bytes, 'eucjp')
  const readable = [
    { text: shiftJis, encoding: 'shift_jis' as const },
    { text: eucJp, encoding: 'euc-jp' as const },
  ].filter(({ text }) => !text.includes('\u{fffd}'))
  const [first, second] = readable
  if (first === undefined || second === undefined) return first ?? null
  return strangeness(first.text) <= strangeness(second.text) ? first : second
}

/**
 * How much a text looks like the wrong decoding: EUC-JP read as Shift_JIS is full of half-width
 * katakana, Shift_JIS read as EUC-JP of rare ideographs, where both accept the bytes at all.
 */
function strangeness(text: string): number {
  const halfWidth = text.match(/[\u{ff61}-\u{ff9f}]/gu)?.length ?? 0
  const kana = text.match(/[\u{3040}-\u{30ff}]/gu)?.length ?? 0
  return halfWidth - kana
}
