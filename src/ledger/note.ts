import { signCosignature, verifyCosignature } from './cosignature.ts'
import { equalBytes, formatBase64, hasControl, parseBase64, parseUtf8 } from './encoding.ts'
import { checkKeyName, checkKeyType, signBytes, verifyBytes } from './keys.ts'
import type { SigningKey, VerifierKey } from './keys.ts'
import { LedgerError } from './ledger-error.ts'

export const NOTE_BYTES_MAX = 1_048_576

/** A note must be accepted with 16 signatures (signed-note, "Format"); more than this is abuse. */
const NOTE_SIGNATURES_MAX = 100

/** A signature line: who says to have signed, by which key, and the signature itself. */
export type NoteSignature = {
  readonly name: string
  readonly keyId: number
  readonly signature: Uint8Array
}

export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

/** A signature that was checked. Only cosignatures have a time, in seconds. */
export type VerifiedSignature = NoteSignature & {
  readonly key: VerifierKey
  readonly timestampS: number | undefined
}

export type OpenedNote = Note & { readonly verified: readonly VerifiedSignature[] }

/**
 * Takes a note apart without trusting it (signed-note, "Format"). Throws `note-malformed` unless
 * the bytes are the one form of what they say.
 */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.byteLength > NOTE_BYTES_MAX) {
    throw malformed(`${bytes.byteLength} bytes are over ${NOTE_BYTES_MAX}`)
  }
  const whole = parseUtf8(bytes)
  if (whole === undefined) throw malformed('it is not valid UTF-8')
  // The text may have empty lines; the last one in the note is what ends it.
  const end = whole.lastIndexOf('\n\n')
  if (end < 0) throw malformed('no empty line separates the text from the signatures')
  const note = {
    text: checkText(whole.slice(0, end + 1)),
    signatures: parseSignatureLines(whole.slice(end + 2)),
  }
  if (equalBytes(formatNote(note), bytes)) return note
  throw malformed('it is not written in the one accepted form')
}

/** Throws `note-malformed` or `key-name-invalid` for what cannot be written as a note. */
export function formatNote({ text, signatures }: Note): Uint8Array {
  return Buffer.from(`${checkText(text)}\n${formatSignatureLines(signatures)}`)
}

/** One or more signature lines, each with its newline. Throws `note-malformed`. */
export function parseSignatureLines(text: string): NoteSignature[] {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw malformed('the last signature line does not end')
  if (lines.length === 0) throw malformed('it has no signature')
  if (lines.length > NOTE_SIGNATURES_MAX) throw malformed(`over ${NOTE_SIGNATURES_MAX} signatures`)
  return lines.map(parseSignatureLine)
}

export function formatSignatureLines(signatures: readonly NoteSignature[]): string {
  return signatures
    .map(({ name, keyId, signature }) => {
      const bytes = Buffer.alloc(KEY_ID_BYTES + signature.byteLength)
      bytes.writeUInt32BE(keyId)
      bytes.set(signature, KEY_ID_BYTES)
      return `${SIGNATURE_PREFIX}${checkKeyName(name)} ${formatBase64(bytes)}\n`
    })
    .join('')
}

/**
 * The note, once at least one of the keys has signed it. Signatures by other keys are ignored
 * (signed-note, "Signatures"). Throws `note-malformed`, `signature-invalid` when one by a known
 * key is wrong, `note-unverified` when there is none.
 */
export function openNote(bytes: Uint8Array, keys: readonly VerifierKey[]): OpenedNote {
  const note = parseNote(bytes)
  const verified = verifySignatures(note, keys)
  if (verified.length > 0) return { ...note, verified }
  throw new LedgerError('note-unverified', 'no known key has signed the note')
}

/** The signatures that are by these keys. Throws `signature-invalid` when one of them is wrong. */
export function verifySignatures(note: Note, keys: readonly VerifierKey[]): VerifiedSignature[] {
  return note.signatures.flatMap((signature) => {
    const { name, keyId } = signature
    const key = keys.find((known) => known.name === name && known.keyId === keyId)
    return key === undefined ? [] : [verifySignature(note.text, signature, key)]
  })
}

/** The signature of an `ed25519` key. Throws `key-type-unsupported` or `note-malformed`. */
export function signText(text: string, key: SigningKey): NoteSignature {
  checkKeyType(key, 'ed25519')
  const { name, keyId } = key.verifier
  return { name, keyId, signature: signBytes(key, Buffer.from(checkText(text))) }
}

/**
 * The statement of a `cosignature` key that the checkpoint was the largest consistent one it had
 * seen at `nowS`, in seconds. Throws `key-type-unsupported` or `cosignature-malformed`.
 */
export function cosignText(text: string, key: SigningKey, nowS: number): NoteSignature {
  checkKeyType(key, 'cosignature')
  const { name, keyId } = key.verifier
  return { name, keyId, signature: signCosignature(key, checkText(text), nowS) }
}

/** The note with the signatures after its own; one by the same key takes the old one's place. */
export function addSignatures(note: Note, added: readonly NoteSignature[]): Note {
  const isAdded = (old: NoteSignature) =>
    added.some(({ name, keyId }) => name === old.name && keyId === old.keyId)
  return {
    text: note.text,
    signatures: [...note.signatures.filter((old) => !isAdded(old)), ...added],
  }
}

const KEY_ID_BYTES = 4

/** An em dash and a space. */
const SIGNATURE_PREFIX = '\u2014 '

function parseSignatureLine(line: string): NoteSignature {
  const separator = line.indexOf(' ', SIGNATURE_PREFIX.length)
  const bytes = parseBase64(line.slice(separator + 1))
  if (
    !line.startsWith(SIGNATURE_PREFIX) ||
    separator < 0 ||
    bytes === undefined ||
    bytes.byteLength <= KEY_ID_BYTES
  ) {
    throw malformed('a signature line is not "— <name> <Base64 of key ID and signature>"')
  }
  return {
    name: checkSignerName(line.slice(SIGNATURE_PREFIX.length, separator)),
    keyId: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0),
    signature: bytes.subarray(KEY_ID_BYTES),
  }
}

function verifySignature(
  text: string,
  signature: NoteSignature,
  key: VerifierKey,
): VerifiedSignature {
  if (key.type === 'ed25519') {
    if (!verifyBytes(key, Buffer.from(text), signature.signature)) throw invalid(key.name)
    return { ...signature, key, timestampS: undefined }
  }
  const timestampS = verifyCosignature(key, text, signature.signature)
  if (timestampS === undefined) throw invalid(key.name)
  return { ...signature, key, timestampS }
}

function checkSignerName(name: string): string {
  try {
    return checkKeyName(name)
  } catch {
    throw malformed(`${JSON.stringify(name)} cannot name a key`)
  }
}

/** A text ends its last line and has no control character but newlines. */
function checkText(text: string): string {
  if (!text.endsWith('\n')) throw malformed('the last line of the text does not end')
  if (!text.isWellFormed()) throw malformed('the text is not valid Unicode')
  if (hasControl(text)) throw malformed('the text has a control character')
  return text
}

function malformed(why: string): LedgerError {
  return new LedgerError('note-malformed', `the note is malformed: ${why}`)
}

function invalid(name: string): LedgerError {
  return new LedgerError('signature-invalid', `the signature of ${name} is not its own`)
}
