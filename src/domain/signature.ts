import { z } from 'zod'

/**
 * A passkey's signature as an event keeps it: whoever has the entry can verify it offline.
 * `statement` is the exact canonical JSON that was signed. The challenge is not its bare hash but
 * what an SSH key would sign for it (OpenSSH's PROTOCOL.sshsig, namespace `arinomama`, SHA-512), so
 * that stock `ssh-keygen -Y verify` checks it too; see `src/ledger/signing`. The rest are the parts
 * of the WebAuthn assertion, base64url (WebAuthn Level 3, section 7.2).
 */
export const signature = z.strictObject({
  statement: z.string().min(2).max(60_000),
  credentialId: z.string().min(1).max(1_400),
  authenticatorData: z.string().min(1).max(4_000),
  clientDataJSON: z.string().min(1).max(4_000),
  signature: z.string().min(1).max(4_000),
})
export type Signature = z.infer<typeof signature>
