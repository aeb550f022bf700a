import { hash as digest } from 'node:crypto'
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import type { OpenedCheckpoint } from './checkpoint.ts'
import { parseDecimal, parseUtf8 } from './encoding.ts'
import type { SigningKey, VerifierKey } from './keys.ts'
import { LedgerError, hasCode } from './ledger-error.ts'
import {
  EMPTY_ROOT,
  PROOF_HASHES_MAX,
  hashFromBase64,
  hashToBase64,
  verifyConsistency,
} from './merkle.ts'
import type { Hash } from './merkle.ts'
import {
  NOTE_BYTES_MAX,
  addSignatures,
  cosignText,
  formatNote,
  formatSignatureLines,
  openNote,
  parseNote,
} from './note.ts'

/** The body of a request to `add-checkpoint` (tlog-witness). */
export type AddCheckpoint = {
  readonly oldSize: number
  /** From the old size to that of the checkpoint (RFC 6962 section 2.1.2). */
  readonly proof: readonly Hash[]
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array
}

export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly contentType: string
  readonly body: string
  /**
   * Only with 200: what to keep as the origin's checkpoint. It must be durable before the answer
   * is sent, and nobody else may have decided about the origin in between.
   */
  readonly store?: Uint8Array
}

const REQUEST_HEAD_BYTES_MAX = 4096
export const ADD_CHECKPOINT_BYTES_MAX = REQUEST_HEAD_BYTES_MAX + NOTE_BYTES_MAX

const TEXT = 'text/plain; charset=utf-8'
const SIZE = 'text/x.tlog.size'

/** Throws `request-malformed` unless the bytes are the one form of a request. */
export function parseAddCheckpoint(request: Uint8Array): AddCheckpoint {
  if (request.byteLength > ADD_CHECKPOINT_BYTES_MAX) {
    throw malformed(`it is over ${ADD_CHECKPOINT_BYTES_MAX} bytes`)
  }
  const text = parseUtf8(request)
  if (text === undefined) throw malformed('it is not valid UTF-8')
  const end = text.indexOf('\n\n')
  const [oldLine = '', ...proofLines] = text.slice(0, Math.max(0, end)).split('\n')
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice(4)) : undefined
  if (oldSize === undefined) throw malformed('it does not begin with "old <size>"')
  if (proofLines.length > PROOF_HASHES_MAX) throw malformed(`over ${PROOF_HASHES_MAX} proof lines`)
  return {
    oldSize,
    proof: proofLines.map(parseProofLine),
    checkpoint: Buffer.from(text.slice(end + 2)),
  }
}

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map(hashToBase64)]
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), checkpoint])
}

/**
 * The origin a request is about, so that its stored checkpoint can be looked up and locked;
 * undefined when the request is malformed, which needs no stored checkpoint to decide.
 */
export function originOfAddCheckpoint(request: Uint8Array): string | undefined {
  try {
    const { checkpoint } = parseAddCheckpoint(request)
    return parseCheckpoint(parseNote(checkpoint).text).origin
  } catch (error) {
    if (error instanceof LedgerError) return undefined
    throw error
  }
}

/**
 * What a witness answers to a request, and what it must keep (tlog-witness, "add-checkpoint").
 * `stored` is what it kept the last time for the origin, undefined if it never did; `nowS` is in
 * seconds. Throws, as `openNote` does, when what is stored was not written by this key: then the
 * witness does not know what it has signed, and must sign nothing.
 */
export function decideAddCheckpoint(options: {
  readonly request: Uint8Array
  readonly logs: ReadonlyMap<string, readonly VerifierKey[]>
  readonly stored: Uint8Array | undefined
  readonly key: SigningKey
  readonly nowS: number
}): WitnessAnswer {
  const { request, logs, stored, key, nowS } = options
  let asked
  let opened
  try {
    asked = parseAddCheckpoint(request)
    opened = openCheckpoint(asked.checkpoint, [...logs.values()].flat(), [])
  } catch (error) {
    if (error instanceof LedgerError) return refuseRequest(error)
    throw error
  }
  const { origin, size, root } = opened.checkpoint
  const latest = readStored(stored, origin, key)
  if (asked.oldSize > size) return refuse(400, `old size ${asked.oldSize} is over size ${size}`)
  if (asked.oldSize !== latest.size) {
    return { status: 409, contentType: SIZE, body: `${latest.size}\n` }
  }
  try {
    verifyConsistency(asked.proof, latest.size, latest.root, size, root)
  } catch (error) {
    if (!hasCode(error, 'consistency-proof-invalid')) throw error
    return refuse(422, `the checkpoint does not extend size ${latest.size}: ${error.message}`)
  }
  return cosign(opened, key, nowS)
}

function cosign(opened: OpenedCheckpoint, key: SigningKey, nowS: number): WitnessAnswer {
  const { text } = opened.note
  const cosignature = cosignText(text, key, nowS)
  // Signatures by keys nobody here knows are not kept: they may be anything.
  const signed = addSignatures({ text, signatures: opened.logSignatures }, [cosignature])
  return {
    status: 200,
    contentType: TEXT,
    body: formatSignatureLines([cosignature]),
    store: formatNote(signed),
  }
}

function readStored(
  stored: Uint8Array | undefined,
  origin: string,
  key: SigningKey,
): { size: number; root: Hash } {
  if (stored === undefined) return { size: 0, root: EMPTY_ROOT }
  const checkpoint = parseCheckpoint(openNote(stored, [key.verifier]).text)
  if (checkpoint.origin === origin) return checkpoint
  throw new LedgerError('checkpoint-malformed', `what is stored for ${origin} is of another log`)
}

/** The path below the monitoring prefix at which the newest cosigned checkpoint is read. */
export function monitoringPath(origin: string): string {
  return `${digest('sha256', origin, 'hex')}/checkpoint`
}

function refuseRequest(error: LedgerError): WitnessAnswer {
  if (error.code === 'log-unknown') return refuse(404, error.message)
  const unsigned = error.code === 'note-unverified' || error.code === 'signature-invalid'
  return refuse(unsigned ? 403 : 400, error.message)
}

function refuse(status: 400 | 403 | 404 | 422, why: string): WitnessAnswer {
  return { status, contentType: TEXT, body: `${why}\n` }
}

function parseProofLine(line: string): Hash {
  try {
    return hashFromBase64(line)
  } catch {
    throw malformed('a proof line is no hash')
  }
}

function malformed(why: string): LedgerError {
  return new LedgerError('request-malformed', `the request is malformed: ${why}`)
}
