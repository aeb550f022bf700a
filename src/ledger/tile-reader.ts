import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseDecimal } from './encoding.ts'
import { BUNDLE_BYTES_MAX, firstEntries, leafTile } from './entry-bundle.ts'
import { LedgerError, hasCode } from './ledger-error.ts'
import { HASH_BYTES } from './merkle.ts'
import { NOTE_BYTES_MAX } from './note.ts'
import { TILE_WIDTH, entriesPath, parseTilePath, tilePath, tileWidth } from './tile.ts'

/**
 * Reads one file of a ledger: `checkpoint`, or the path of a tile or bundle. Rejects with
 * `resource-missing` when there is none; any other rejection means that nobody knows.
 */
export type Read = (path: string) => Promise<Uint8Array>

/** The path of the newest published checkpoint (tlog-tiles, "Checkpoints"). */
export const CHECKPOINT_PATH = 'checkpoint'

const REQUEST_TIMEOUT_MS = 30_000
const REQUEST_TRIES_MAX = 3
const RETRY_PAUSE_MS = 500
/** A server that asks for patience gets it, but not for ever. */
const PATIENT_TRIES_MAX = 60
const RETRY_AFTER_MS_MAX = 30_000

/** Reads a ledger's files in a folder. */
export function folderReader(folder: string): Read {
  return async (path) => {
    const bytesMax = checkPath(path)
    const file = await open(join(folder, path)).catch((error: unknown) => {
      if (isNoFile(error)) throw missing(path)
      throw error
    })
    try {
      const { size } = await file.stat()
      if (size > bytesMax) throw tooLarge(path, bytesMax)
      const bytes = Buffer.allocUnsafeSlow(size)
      const { bytesRead } = await file.read(bytes, 0, size, 0)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }
}

/**
 * Reads a ledger's files below an HTTP(S) prefix (tlog-tiles, "Parameters"), as they are or
 * gzip-encoded. A request that gets no answer, or an answer of 429 or 5xx, is tried again; when the
 * server says after which time, then.
 * Rejects with `resource-missing`, `resource-too-large` or `resource-unreachable`.
 */
export function urlReader(prefix: string): Read {
  const base = new URL(prefix.endsWith('/') ? prefix : `${prefix}/`)
  return async (path) => {
    const bytesMax = checkPath(path)
    for (let attempt = 1, patient = 1; ;) {
      const answer = await request(new URL(path, base), path, bytesMax)
      if (answer instanceof Uint8Array) return answer
      const { error, retryAfterMs } = answer
      const isOver = retryAfterMs === undefined ? attempt++ : patient++
      const most = retryAfterMs === undefined ? REQUEST_TRIES_MAX : PATIENT_TRIES_MAX
      if (isOver >= most) throw error
      await pause(retryAfterMs ?? RETRY_PAUSE_MS * isOver)
    }
  }
}

/**
 * The tile as it is in a tree of that size. A partial tile may have been deleted once the full one
 * exists (tlog-tiles, "Partial Tiles"): its beginning serves as well. Rejects with `tile-damaged`
 * when it has another length; whether the hashes are right is not looked at.
 */
export async function readTile(
  read: Read,
  size: number,
  level: number,
  index: number,
): Promise<Uint8Array> {
  const width = tileWidth(size, level, index)
  const path = tilePath(level, index, width)
  const partial = await readOrMissing(read, path)
  if (partial !== undefined) return checkTileLength(partial, width, path)
  if (width === TILE_WIDTH) throw missing(path)
  const fullPath = tilePath(level, index, TILE_WIDTH)
  const full = await readOrMissing(read, fullPath)
  if (full === undefined) throw missing(path)
  return checkTileLength(full, TILE_WIDTH, fullPath).subarray(0, width * HASH_BYTES)
}

/**
 * The bundle as it is in a tree of that size, and the leaf hashes of its entries; otherwise as
 * `readTile`.
 */
export async function readBundle(
  read: Read,
  size: number,
  index: number,
): Promise<{ bundle: Uint8Array; leaves: Uint8Array }> {
  const width = tileWidth(size, 0, index)
  const path = entriesPath(index, width)
  let bundle = await readOrMissing(read, path)
  if (bundle !== undefined) return { bundle, leaves: leavesOf(bundle, width, path) }
  if (width === TILE_WIDTH) throw missing(path)
  const fullPath = entriesPath(index, TILE_WIDTH)
  bundle = await readOrMissing(read, fullPath)
  if (bundle === undefined) throw missing(path)
  const leaves = leavesOf(bundle, TILE_WIDTH, fullPath).subarray(0, width * HASH_BYTES)
  return { bundle: firstEntries(bundle, width), leaves }
}

function leavesOf(bundle: Uint8Array, width: number, path: string): Uint8Array {
  let leaves
  try {
    leaves = leafTile(bundle)
  } catch (error) {
    if (!hasCode(error, 'bundle-malformed')) throw error
    throw new LedgerError('tile-damaged', error.message, path)
  }
  const count = leaves.byteLength / HASH_BYTES
  if (count === width) return leaves
  throw new LedgerError('tile-damaged', `the bundle has ${count} entries, not ${width}`, path)
}

function checkTileLength(tile: Uint8Array, width: number, path: string): Uint8Array {
  if (tile.byteLength === width * HASH_BYTES) return tile
  const expected = width * HASH_BYTES
  throw new LedgerError('tile-damaged', `${tile.byteLength} bytes, not ${expected}`, path)
}

async function readOrMissing(read: Read, path: string): Promise<Uint8Array | undefined> {
  try {
    return await read(path)
  } catch (error) {
    if (hasCode(error, 'resource-missing')) return undefined
    throw error
  }
}

/** The bytes, or an error that may pass when it is asked again. Rejects with any other. */
async function request(
  url: URL,
  path: string,
  bytesMax: number,
): Promise<Uint8Array | { error: LedgerError; retryAfterMs: number | undefined }> {
  try {
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'gzip, identity' },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    const { status } = response
    if (status === 404 || status === 410) throw missing(path)
    if (status !== 200 || response.body === null) {
      await response.body?.cancel()
      if (status !== 429 && status < 500) {
        throw new LedgerError('resource-refused', `the answer was HTTP ${status}`, path)
      }
      const error = unreachable(`the answer was HTTP ${status}`, path)
      return { error, retryAfterMs: retryAfterMs(response.headers) }
    }
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of response.body) {
      length += part.byteLength
      if (length > bytesMax) throw tooLarge(path, bytesMax)
      parts.push(part)
    }
    return Buffer.concat(parts)
  } catch (error) {
    if (error instanceof LedgerError) throw error
    const why = error instanceof Error ? error.message : String(error)
    return { error: unreachable(`no answer: ${why}`, path), retryAfterMs: undefined }
  }
}

function retryAfterMs(headers: Headers): number | undefined {
  const seconds = parseDecimal(headers.get('retry-after') ?? '')
  return seconds === undefined ? undefined : Math.min(RETRY_AFTER_MS_MAX, seconds * 1000)
}

function unreachable(why: string, path: string): LedgerError {
  return new LedgerError('resource-unreachable', why, path)
}

/** The largest file there can be at the path. Throws `tile-path-malformed`. */
function checkPath(path: string): number {
  if (path === CHECKPOINT_PATH) return NOTE_BYTES_MAX
  const address = parseTilePath(path)
  return address.kind === 'entries' ? BUNDLE_BYTES_MAX : TILE_WIDTH * HASH_BYTES
}

function isNoFile(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'ENOENT' || error.code === 'ENOTDIR'
}

function missing(path: string): LedgerError {
  return new LedgerError('resource-missing', 'there is no such file', path)
}

function tooLarge(path: string, bytesMax: number): LedgerError {
  return new LedgerError('resource-too-large', `the file is over ${bytesMax} bytes`, path)
}
