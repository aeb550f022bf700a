import { parseDecimal } from './encoding.ts'
import { LedgerError } from './ledger-error.ts'
import type { SigningKey, VerifierKey } from './keys.ts'
import { checkHash, checkSize, hashFromBase64, hashToBase64 } from './merkle.ts'
import type { Hash } from './merkle.ts'
import { formatNote, parseNote, signText, verifySignatures } from './note.ts'
import type { Note, VerifiedSignature } from './note.ts'

/** What a log says of its tree (tlog-checkpoint, "Note text"). */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Hash
  /** Opaque lines after the third. We write none: nobody can audit them. */
  readonly extensions: readonly string[]
}

/** A checkpoint that its log has signed. */
export type OpenedCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly note: Note
  readonly logSignatures: readonly VerifiedSignature[]
  /** By the witness keys given; each has its time. */
  readonly cosignatures: readonly VerifiedSignature[]
}

/** Throws `checkpoint-malformed` unless the text is the one form of a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', sizeLine = '', rootLine = '', ...rest] = text.split('\n')
  const size = parseDecimal(sizeLine)
  if (size === undefined) throw malformed('the second line is no size')
  const checkpoint = { origin, size, root: parseRoot(rootLine), extensions: rest.slice(0, -1) }
  if (formatCheckpoint(checkpoint) === text) return checkpoint
  throw malformed('it is not written in the one accepted form')
}

/** The text that is signed. Throws `checkpoint-malformed`, `size-invalid` or `hash-malformed`. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, String(checkSize(size)), hashToBase64(checkHash(root)), ...extensions]
  if (lines.some((line) => line === '' || line.includes('\n'))) throw malformed('a line is empty')
  return `${lines.join('\n')}\n`
}

/**
 * The checkpoint as a note signed by the log, whose key is named like the origin. Whoever calls
 * this vouches that the entries are durable and that every earlier checkpoint is extended.
 */
export function signCheckpoint(
  tree: { readonly size: number; readonly root: Hash },
  key: SigningKey,
): Uint8Array {
  const { size, root } = tree
  const text = formatCheckpoint({ origin: key.verifier.name, size, root, extensions: [] })
  return formatNote({ text, signatures: [signText(text, key)] })
}

/**
 * The checkpoint, once its log has signed it: a key of `logs` that has the origin as its name.
 * Throws `note-malformed`, `checkpoint-malformed`, `log-unknown`, `note-unverified` when the log
 * has not signed, or `signature-invalid` when a signature by a known key is wrong.
 */
export function openCheckpoint(
  bytes: Uint8Array,
  logs: readonly VerifierKey[],
  witnesses: readonly VerifierKey[],
): OpenedCheckpoint {
  const note = parseNote(bytes)
  const checkpoint = parseCheckpoint(note.text)
  const own = logs.filter(({ name, type }) => name === checkpoint.origin && type === 'ed25519')
  if (own.length === 0) {
    throw new LedgerError('log-unknown', `${JSON.stringify(checkpoint.origin)} is no known log`)
  }
  const logSignatures = verifySignatures(note, own)
  if (logSignatures.length === 0) {
    throw new LedgerError('note-unverified', `no known key of ${checkpoint.origin} has signed`)
  }
  const cosigners = witnesses.filter(({ type }) => type === 'cosignature')
  return { checkpoint, note, logSignatures, cosignatures: verifySignatures(note, cosigners) }
}

function parseRoot(line: string): Hash {
  try {
    return hashFromBase64(line)
  } catch {
    throw malformed('the third line is no root hash')
  }
}

function malformed(why: string): LedgerError {
  return new LedgerError('checkpoint-malformed', `the checkpoint is malformed: ${why}`)
}
