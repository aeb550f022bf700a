import { z } from 'zod'
import { signature } from '../signature.ts'

const policy = z.string().regex(/^[a-z0-9-]{3,60}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const version = z.int().min(1)

/** A text was laid before whoever approves; nothing in force changes by it. */
const drafted = z.strictObject({
  type: z.literal('policies.drafted.v1'),
  policy,
  version,
  /** SHA-256 of the policy's document (both texts and what goes with them), kept as a blob. */
  document: sha256,
  title: z.strictObject({ ja: z.string().min(1).max(500), en: z.string().min(1).max(500) }),
  /** What is new about it, in the author's words. */
  change: z.string().min(1).max(500),
  origin: z.enum(['starter', 'own']),
})

/** Somebody other than the author signed the document's digest: this version is in force now. */
const approved = z.strictObject({
  type: z.literal('policies.approved.v1'),
  policy,
  version,
  document: sha256,
  signature,
})

/** The version in force was gone through and left as it is, with a signature. */
const reviewed = z.strictObject({
  type: z.literal('policies.reviewed.v1'),
  policy,
  version,
  document: sha256,
  signature,
})

/** Somebody has read the version in force and signed that they follow it. */
const acknowledged = z.strictObject({
  type: z.literal('policies.acknowledged.v1'),
  policy,
  version,
  document: sha256,
  person: z.string().regex(/^per_[0-9a-z]{26}$/),
  signature,
})

const withdrawn = z.strictObject({
  type: z.literal('policies.withdrawn.v1'),
  policy,
  reason: z.string().min(1).max(4_000),
})

export const policiesEvent = z.discriminatedUnion('type', [
  drafted,
  approved,
  reviewed,
  acknowledged,
  withdrawn,
])
export type PoliciesEvent = z.infer<typeof policiesEvent>
