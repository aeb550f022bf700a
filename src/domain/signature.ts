import { z } from 'zod'

/**
 * A passkey's signature as an event keeps it: whoever has the entry can verify it offline.
 * `statement` is the exact canonical JSON that was signed (its SHA-256 is the challenge); the rest
 * are the parts of the WebAuthn assertion, base64url. Source: WebAuthn Level 3, section 7.2.
 */
export const signature = z.strictObject({
  statement: z.string().min(2).max(60_000),
  credentialId: z.string().min(1).max(1_400),
  authenticatorData: z.string().min(1).max(4_000),
  clientDataJSON: z.string().min(1).max(4_000),
  signature: z.string().min(1).max(4_000),
})
export type Signature = z.infer<typeof signature>
