import { signBytes, verifyBytes } from './keys.ts'
import type { SigningKey, VerifierKey } from './keys.ts'
import { LedgerError } from './ledger-error.ts'

const TIMESTAMP_BYTES = 8

/**
 * The `timestamped_signature` of a witness over the text of a checkpoint (tlog-cosignature,
 * "Format"). `timestampS` is in whole seconds since 1970 and not 0. Throws
 * `cosignature-malformed`.
 */
export function signCosignature(key: SigningKey, text: string, timestampS: number): Uint8Array {
  if (!Number.isSafeInteger(timestampS) || timestampS <= 0) {
    throw new LedgerError('cosignature-malformed', `${timestampS} is not a time in seconds`)
  }
  const timestamp = Buffer.alloc(TIMESTAMP_BYTES)
  timestamp.writeBigUInt64BE(BigInt(timestampS))
  return Buffer.concat([timestamp, signBytes(key, cosignedMessage(text, timestampS))])
}

/** The time in seconds at which the witness saw the checkpoint; undefined if it never signed it. */
export function verifyCosignature(
  key: VerifierKey,
  text: string,
  cosignature: Uint8Array,
): number | undefined {
  if (cosignature.byteLength <= TIMESTAMP_BYTES) return undefined
  const timestampS = Number(Buffer.from(cosignature).readBigUInt64BE(0))
  if (!Number.isSafeInteger(timestampS)) return undefined
  const signature = cosignature.subarray(TIMESTAMP_BYTES)
  const verified = verifyBytes(key, cosignedMessage(text, timestampS), signature)
  return verified ? timestampS : undefined
}

/** tlog-cosignature, "Ed25519 signed message". */
function cosignedMessage(text: string, timestampS: number): Uint8Array {
  return Buffer.from(`cosignature/v1\ntime ${timestampS}\n${text}`)
}
