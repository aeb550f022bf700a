import { parseDecimal, parseUtf8 } from './encoding.ts'
import type { VerifierKey } from './keys.ts'
import { LedgerError } from './ledger-error.ts'
import { parseSignatureLines, verifySignatures } from './note.ts'
import type { VerifiedSignature } from './note.ts'

/** What an answer of a witness means to the log that asked. */
export type WitnessOutcome =
  | { readonly outcome: 'cosigned'; readonly cosignatures: readonly VerifiedSignature[] }
  /** The witness is at another size: prove from there, if it is not beyond our own. */
  | { readonly outcome: 'conflict'; readonly size: number }
  /** It will not sign, and says why in its own words. */
  | { readonly outcome: 'refused'; readonly status: number; readonly reason: string }

/** An answer is a few lines; this much of it is read. */
export const WITNESS_ANSWER_BYTES_MAX = 65_536

const REASON_CHARACTERS_MAX = 500

/**
 * Reads a witness's answer to `add-checkpoint` for the checkpoint with this text; cosignatures by
 * other keys than the witness's are ignored. Throws `answer-malformed`, `note-unverified` when
 * its key has not signed, or `signature-invalid` when what it signed is not this checkpoint.
 */
export function readWitnessAnswer(
  answer: { readonly status: number; readonly body: Uint8Array },
  text: string,
  witness: VerifierKey,
): WitnessOutcome {
  const body = parseUtf8(answer.body)
  if (body === undefined || answer.body.byteLength > WITNESS_ANSWER_BYTES_MAX) {
    throw malformed('it is too large or not valid UTF-8')
  }
  if (answer.status === 200) return cosigned(body, text, witness)
  if (answer.status === 409) {
    const size = body.endsWith('\n') ? parseDecimal(body.slice(0, -1)) : undefined
    if (size === undefined) throw malformed('409 came without a size')
    return { outcome: 'conflict', size }
  }
  const reason = body.trim().slice(0, REASON_CHARACTERS_MAX)
  return { outcome: 'refused', status: answer.status, reason }
}

function cosigned(body: string, text: string, witness: VerifierKey): WitnessOutcome {
  const note = { text, signatures: parseLines(body) }
  const cosignatures = verifySignatures(note, [witness])
  // A cosignature without a time says nothing about what is newest (tlog-witness).
  if (cosignatures.some(({ timestampS }) => timestampS === 0)) throw malformed('its time is 0')
  if (cosignatures.length > 0) return { outcome: 'cosigned', cosignatures }
  throw new LedgerError('note-unverified', `${witness.name} answered without its own signature`)
}

function parseLines(body: string) {
  try {
    return parseSignatureLines(body)
  } catch (error) {
    throw error instanceof LedgerError ? malformed(error.message) : error
  }
}

function malformed(why: string): LedgerError {
  return new LedgerError('answer-malformed', `the answer of the witness is malformed: ${why}`)
}
