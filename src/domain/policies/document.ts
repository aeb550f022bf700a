import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { audiences } from '../people/audience.ts'

export const ownerRoles = [
  'security-lead',
  'executive',
  'hr',
  'it',
  'operations',
  'development',
  'service-manager',
  'legal',
  'privacy-officer',
] as const

/** Characters of Markdown in one language. */
const markdownMax = 60_000

/**
 * What is approved and acknowledged: a policy in both languages, and for whom, by whom and how often
 * it is gone through. Its canonical JSON is the document; the SHA-256 of that is what people sign.
 */
export const policyDocument = z.strictObject({
  policy: z.string().regex(/^[a-z0-9-]{3,60}$/),
  title: z.strictObject({ ja: z.string().min(1).max(500), en: z.string().min(1).max(500) }),
  text: z.strictObject({
    ja: z.string().min(1).max(markdownMax),
    en: z.string().min(1).max(markdownMax),
  }),
  ownerRole: z.enum(ownerRoles),
  audience: z.enum(audiences),
  reviewMonths: z.int().min(1).max(36),
})
export type PolicyDocument = z.infer<typeof policyDocument>

export function documentBytes(document: PolicyDocument): Uint8Array {
  return new TextEncoder().encode(canonicalJson(document))
}

export function readDocument(bytes: Uint8Array): PolicyDocument {
  return policyDocument.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
}
