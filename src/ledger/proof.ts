import { parseCheckpoint } from './checkpoint.ts'
import type { OpenedCheckpoint } from './checkpoint.ts'
import { equalBytes, formatBase64, parseBase64, parseDecimal, parseUtf8 } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'
import {
  PROOF_HASHES_MAX,
  hashFromBase64,
  hashToBase64,
  leafHash,
  verifyInclusion,
} from './merkle.ts'
import type { Hash } from './merkle.ts'
import { parseNote } from './note.ts'
import { verifyCheckpoint } from './policy.ts'
import type { Policy } from './policy.ts'

/** The content of a `.tlog-proof` file (tlog-proof): that an entry is in a log. */
export type TlogProof = {
  /** Not authenticated by anything; undefined when there is none. */
  readonly extra: Uint8Array | undefined
  readonly index: number
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Hash[]
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array
}

export const PROOF_BYTES_MAX = 2_097_152

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'

/** Throws `proof-malformed` unless the bytes are the one form of a proof; nothing is verified. */
export function parseProof(bytes: Uint8Array): TlogProof {
  if (bytes.byteLength > PROOF_BYTES_MAX) throw malformed(`it is over ${PROOF_BYTES_MAX} bytes`)
  const text = parseUtf8(bytes)
  if (text === undefined) throw malformed('it is not valid UTF-8')
  const end = text.indexOf('\n\n')
  if (end < 0) throw malformed('no empty line comes before the checkpoint')
  const [first, ...lines] = text.slice(0, end).split('\n')
  if (first !== FIRST_LINE) throw malformed(`it does not begin with ${FIRST_LINE}`)
  const extra = lines[0]?.startsWith('extra ') === true ? lines.shift()?.slice(6) : undefined
  const [indexLine = '', ...hashLines] = lines
  if (hashLines.length > PROOF_HASHES_MAX) throw malformed(`it has over ${PROOF_HASHES_MAX} hashes`)
  const proof = {
    extra: extra === undefined ? undefined : parseExtra(extra),
    index: parseIndex(indexLine),
    hashes: hashLines.map(parseHash),
    checkpoint: Buffer.from(text.slice(end + 2)),
  }
  if (equalBytes(formatProof(proof), bytes)) return proof
  throw malformed('it is not written in the one accepted form')
}

/** Throws `note-malformed` or `checkpoint-malformed` when what is included is no checkpoint. */
export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): Uint8Array {
  parseCheckpoint(parseNote(checkpoint).text)
  const lines = [
    FIRST_LINE,
    ...(extra === undefined ? [] : [`extra ${formatBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(hashToBase64),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), checkpoint])
}

/**
 * Shows that the entry is in a log the policy trusts, with nothing but these three. Throws as
 * `parseProof` and `verifyCheckpoint`, or `index-out-of-range` or `inclusion-proof-invalid`.
 */
export function verifyProof(
  bytes: Uint8Array,
  entry: Uint8Array,
  policy: Policy,
): { readonly index: number; readonly opened: OpenedCheckpoint } {
  const { index, hashes, checkpoint } = parseProof(bytes)
  const opened = verifyCheckpoint(checkpoint, policy)
  const { size, root } = opened.checkpoint
  verifyInclusion(hashes, index, size, leafHash(entry), root)
  return { index, opened }
}

function parseExtra(text: string): Uint8Array {
  const extra = parseBase64(text)
  if (extra === undefined || extra.byteLength === 0) throw malformed('the extra data is not Base64')
  return extra
}

function parseIndex(line: string): number {
  const index = line.startsWith('index ') ? parseDecimal(line.slice(6)) : undefined
  if (index === undefined) throw malformed('the index line is not "index <number>"')
  return index
}

function parseHash(line: string): Hash {
  try {
    return hashFromBase64(line)
  } catch {
    throw malformed('a line is no hash')
  }
}

function malformed(why: string): LedgerError {
  return new LedgerError('proof-malformed', `the proof is malformed: ${why}`)
}
