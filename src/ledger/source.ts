import { folderReader, urlReader } from './tile-reader.ts'
import type { Read } from './tile-reader.ts'

/** Where a ledger's files are; can be sent to a worker thread. */
export type LedgerSource =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'url'; readonly url: string }

/** A URL when it begins like one, else a folder. */
export function parseSource(text: string): LedgerSource {
  return /^https?:\/\//.test(text) ? { kind: 'url', url: text } : { kind: 'folder', folder: text }
}

export function readerOf(source: LedgerSource): Read {
  return source.kind === 'url' ? urlReader(source.url) : folderReader(source.folder)
}
