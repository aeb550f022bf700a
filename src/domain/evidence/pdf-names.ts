import { constants, inflateSync } from 'node:zlib'

/** What one packed object stream may unfold to, in bytes, and all of them together. */
const UNFOLDED_BYTES_MAX = 32 * 1024 * 1024
const UNFOLDED_TOTAL_BYTES_MAX = 128 * 1024 * 1024
/** Object streams in a file; each holds a hundred objects or more. */
const STREAMS_MAX = 20_000
/** Escaped letters in a file; chance makes some 1,500 of them in the largest one. */
const ESCAPES_MAX = 100_000

type Trouble = 'document-active' | 'document-encrypted' | 'document-damaged'

/**
 * Names that let a PDF run something or carry another file past this gate (ISO 32000-1, 7.11, 12.6
 * and 13). Each is long enough that packed pictures do not hold it by chance.
 */
const active = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|XFA)(?![A-Za-z0-9_.-])/
const encrypted = /\/Encrypt(?![A-Za-z0-9_.-])/
const packed = /\/ObjStm(?![A-Za-z0-9_.-])/g

/**
 * Why a PDF is not accepted, or null. Names are looked for in all of its bytes and in its packed
 * object streams. Where a stream cannot be found or unfolded the file is refused: what is hidden
 * from us must not be opened by others.
 */
export function pdfTrouble(file: Buffer): Trouble | null {
  if (!file.subarray(-2_048).includes('%%EOF')) return 'document-damaged'
  const raw = file.toString('latin1')
  const plain = named(raw)
  if (plain === null) return 'document-active'
  if (encrypted.test(plain)) return 'document-encrypted'
  if (active.test(plain)) return 'document-active'
  const streams = [...raw.matchAll(packed)]
  if (streams.length !== [...plain.matchAll(packed)].length) return 'document-active'
  if (streams.length > STREAMS_MAX) return 'document-damaged'
  let unfolded = 0
  for (const { index } of streams) {
    const objects = unfold(file, raw, index)
    if (objects === null) return 'document-damaged'
    unfolded += objects.length
    if (unfolded > UNFOLDED_TOTAL_BYTES_MAX) return 'document-damaged'
    const unpacked = named(objects.toString('latin1'))
    if (unpacked === null || active.test(unpacked)) return 'document-active'
  }
  return null
}

/** The object stream whose dictionary names its type at `index`; null when it cannot be read. */
function unfold(file: Buffer, raw: string, index: number): Buffer | null {
  const begin = /stream\r?\n/g
  begin.lastIndex = index
  const found = begin.exec(raw)
  if (found === null) return null
  const end = raw.indexOf('endstream', begin.lastIndex)
  if (end === -1) return null
  const start = raw.lastIndexOf('obj', index)
  if (start === -1) return null
  const dictionary = named(raw.slice(start, found.index))
  if (dictionary === null) return null
  const data = file.subarray(begin.lastIndex, end)
  if (dictionary.includes('/Predictor')) return null
  if (!dictionary.includes('/Filter')) return data
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*[\]/>]/.test(dictionary)) return null
  try {
    const limits = { maxOutputLength: UNFOLDED_BYTES_MAX, finishFlush: constants.Z_SYNC_FLUSH }
    return inflateSync(data, limits)
  } catch {
    return null
  }
}

/**
 * A name may write any of its letters as `#4a`, which hides it from a search. Nobody writes so many
 * that decoding them would keep the server busy; null when somebody does.
 */
function named(objects: string): string | null {
  const escape = /#([0-9a-f]{2})/gi
  const parts: string[] = []
  let at = 0
  for (let found = escape.exec(objects); found !== null; found = escape.exec(objects)) {
    if (parts.length > ESCAPES_MAX * 2) return null
    const [, hex = ''] = found
    parts.push(objects.slice(at, found.index), String.fromCharCode(Number.parseInt(hex, 16)))
    at = escape.lastIndex
  }
  return parts.join('') + objects.slice(at)
}
