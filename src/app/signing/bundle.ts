import { z } from 'zod'
import type { SignatureBundle } from '../../contract/session.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import { signature, type Signature } from '../../domain/signature.ts'
import { verifyStatement, type AssertionFault } from '../../ledger/signing/assertion.ts'
import { allowedSigner, sshPublicKey, sshSignature } from '../../ledger/signing/sshsig.ts'
import { passkeyOf, type PasskeyRow } from '../access/reads.ts'
import { readEnvelope, type Envelope } from '../engine/envelope.ts'
import type { EntryLog, Views } from '../ports.ts'

export type SignedEntry = {
  readonly signature: Signature
  readonly passkey: PasskeyRow | null
  /** Null when it is valid; else why it is not. */
  readonly fault: AssertionFault | 'key-unknown' | 'key-of-another' | 'key-not-valid-then' | null
}

/**
 * The signature that an entry carries, judged again: over the statement, by a passkey that belonged
 * to the person who acted and was valid when the entry was recorded. Null when it carries none.
 */
export async function signedEntry(views: Views, entry: Envelope): Promise<SignedEntry | null> {
  const read = signature.safeParse(entry.data['signature'])
  if (!read.success) return null
  const passkey = await passkeyOf(views, read.data.credentialId)
  return { signature: read.data, passkey, fault: faultOf(read.data, passkey, entry) }
}

/** What is needed to check the signature of an entry with nothing of ours. */
export async function signatureBundle(
  views: Views,
  log: EntryLog,
  seq: number,
): Promise<SignatureBundle | Refused> {
  if (seq >= views.size) return refuse('entry-unknown', String(seq))
  const [bytes] = await log.entries(seq, seq + 1)
  if (bytes === undefined) return refuse('entry-unknown', String(seq))
  const entry = readEnvelope(bytes)
  const signed = await signedEntry(views, entry)
  if (signed === null) return refuse('signature-unknown', String(seq))
  const { passkey, fault } = signed
  if (passkey === null || fault !== null) return refuse('signature-invalid', fault ?? 'key-unknown')
  const verified = verifyStatement(signed.signature, keyOf(passkey))
  if (typeof verified === 'string') return refuse('signature-invalid', verified)
  const publicKey = sshPublicKey(verified.key, passkey.rp_id)
  const valid = { from: passkey.created_at, until: passkey.revoked_at }
  return {
    format: 'arinomama-signature/v1',
    seq,
    person: entry.by,
    origin: passkey.origin,
    rpId: passkey.rp_id,
    publicKey: passkey.public_key,
    fingerprint: passkey.fingerprint,
    enrolledAt: passkey.created_at,
    revokedAt: passkey.revoked_at,
    signedAt: statedAt(signed.signature) ?? entry.recordedAt,
    signature: signed.signature,
    sshSignature: sshSignature(publicKey, verified),
    allowedSigners: allowedSigner(entry.by, publicKey, valid),
  }
}

function faultOf(
  signed: Signature,
  passkey: PasskeyRow | null,
  entry: Envelope,
): SignedEntry['fault'] {
  if (passkey === null) return 'key-unknown'
  if (passkey.person !== entry.by) return 'key-of-another'
  const revoked = passkey.revoked_at !== null && passkey.revoked_at < entry.effectiveAt
  if (passkey.created_at > entry.effectiveAt || revoked) return 'key-not-valid-then'
  const verified = verifyStatement(signed, keyOf(passkey))
  return typeof verified === 'string' ? verified : null
}

function keyOf(passkey: PasskeyRow) {
  return {
    credentialId: passkey.credential_id,
    publicKey: passkey.public_key,
    rpId: passkey.rp_id,
    origin: passkey.origin,
  }
}

/** The instant that the statement itself names. */
function statedAt(signed: Signature): string | null {
  const read = z.object({ at: z.iso.datetime() }).safeParse(JSON.parse(signed.statement))
  return read.success ? read.data.at : null
}
