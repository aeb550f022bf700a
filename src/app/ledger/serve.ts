import { gzip } from 'node:zlib'
import { promisify } from 'node:util'
import { LedgerError } from '../../ledger/ledger-error.ts'
import { parseTilePath } from '../../ledger/tile.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile-reader.ts'
import type { Read } from '../../ledger/tile-reader.ts'

/** An answer to a tlog-tiles client, for whatever server there is. */
export type LedgerAnswer = {
  readonly status: 200 | 404 | 405 | 503
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const DAY_S = 86_400
const IMMUTABLE = `public, max-age=${365 * DAY_S}, immutable`
const compress = promisify(gzip)

/** Whoever reads a ledger may be on any page: there is nothing secret here, and nothing to do. */
const open = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }

/**
 * Serves the ledger as tlog-tiles says. `path` is what comes after `/ledger/`, as it was asked for.
 * It needs no sign-in: what is personal in the entries is encrypted.
 */
export async function serveLedger(
  read: Read,
  request: { readonly method: string; readonly path: string; readonly acceptEncoding: string },
): Promise<LedgerAnswer> {
  const { method, path } = request
  if (method !== 'GET' && method !== 'HEAD') return refuse(405, { allow: 'GET, HEAD' })
  const isCheckpoint = path === CHECKPOINT_PATH
  let isBundle = false
  let bytes
  try {
    if (!isCheckpoint) isBundle = parseTilePath(path).kind === 'entries'
    bytes = await read(path)
  } catch (error) {
    if (!(error instanceof LedgerError)) return refuse(503, { 'retry-after': '5' })
    return refuse(404)
  }
  if (isCheckpoint) {
    const type = 'text/plain; charset=utf-8'
    return { status: 200, headers: { ...open, 'content-type': type, ...fresh }, body: bytes }
  }
  const headers = {
    ...open,
    'content-type': 'application/octet-stream',
    'cache-control': IMMUTABLE,
  }
  // Hashes do not compress; entries do.
  if (!isBundle) return { status: 200, headers, body: bytes }
  const varied = { ...headers, vary: 'accept-encoding' }
  if (!/\bgzip\b(?!;q=0(?:\.0*)?(?:,|$))/.test(request.acceptEncoding)) {
    return { status: 200, headers: varied, body: bytes }
  }
  const body = await compress(bytes)
  return { status: 200, headers: { ...varied, 'content-encoding': 'gzip' }, body }
}

const fresh = { 'cache-control': 'no-cache' }

/** An answer that is no file is not kept by anybody: the file may be there a moment later. */
function refuse(
  status: 404 | 405 | 503,
  more: Readonly<Record<string, string>> = {},
): LedgerAnswer {
  const text = { 404: 'there is no such file', 405: 'only GET and HEAD', 503: 'try again' } as const
  return {
    status,
    headers: {
      ...open,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...more,
    },
    body: Buffer.from(`${text[status]}\n`),
  }
}
