import { z } from 'zod'
import { houseRoles, roles } from '../domain/access/permission.ts'

/** Field schemas shared by the routes. Lengths are limits in characters. */
export const text = z.object({
  ja: z.string().trim().min(1).max(500),
  en: z.string().trim().min(1).max(500),
})
/** A text that we show: the library's own may be longer than what a user may type. */
export const shown = z.object({ ja: z.string(), en: z.string() })
export const day = z.iso.date()
export const instant = z.iso.datetime()
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const note = z.string().trim().min(1).max(4_000)
export const markdown = z.string().max(60_000)

const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`))
export const personId = idOf('per')
export const controlId = z.string().regex(/^[A-Z]{2,4}-[0-9]{2,3}$/)
export const criterionId = z
  .string()
  .regex(/^[A-Z]{1,2}[0-9]\.[0-9]$|^PI[0-9]\.[0-9]$|^CC[0-9]\.[0-9]$/)
export const checkId = z.string().regex(/^[a-z0-9-]{3,60}$/)
export const exceptionId = idOf('exc')
export const evidenceId = idOf('evd')
export const sourceId = idOf('src')
export const hostId = z.string().regex(/^[0-9a-f]{32}$/)
export const policyId = z.string().regex(/^[a-z0-9-]{3,60}$/)
export const courseId = z.string().regex(/^[a-z0-9-]{3,60}$/)
export const tokenId = idOf('tok')
export const runId = idOf('run')

export const status = z.enum(['met', 'not-met', 'not-proven', 'not-applicable'])
export const checkStatus = z.enum(['met', 'not-met', 'not-proven'])
export const cadence = z.enum([
  'continuous',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'semiannual',
  'annual',
  'on-occurrence',
])
export const ownerRole = z.enum([
  'security-lead',
  'executive',
  'hr',
  'it',
  'operations',
  'development',
  'service-manager',
  'legal',
  'privacy-officer',
])
export const category = z.enum([
  'security',
  'availability',
  'confidentiality',
  'processing-integrity',
  'privacy',
])
export const role = z.enum(roles)
/** Roles that can be given; a customer's contact comes in through his customer's roster alone. */
export const houseRole = z.enum(houseRoles)
export const language = z.enum(['ja', 'en'])

/** Every read takes the day as it was at whose end it is shown; none means now. */
export const asOf = z.object({ asOf: day.optional() })

/** The answer to a command: the ledger index of its last entry (null when nothing changed). */
export const done = z.object({ seq: z.int().nullable() })

/** Errors have the same shape everywhere: what happened, what to do, a stable code. */
export const problem = z.object({
  code: z.string(),
  /** What happened and what to do, in both languages. */
  message: shown,
  /** The field, row or id that it is about. */
  about: z.string().optional(),
  problems: z
    .array(
      z.object({ row: z.int().nullable(), field: z.string(), code: z.string(), message: shown }),
    )
    .optional(),
})
export type Problem = z.infer<typeof problem>

/** A person as shown beside what they did; name is null when the person was erased. */
export const who = z.object({ id: z.string(), name: z.string().nullable() })

/**
 * A passkey signature over a statement. `statement` is the exact canonical JSON that was signed;
 * the rest are the parts of the WebAuthn assertion, base64url.
 */
export const signature = z.object({
  statement: z.string().max(60_000),
  credentialId: z.string().max(1_400),
  authenticatorData: z.string().max(4_000),
  clientDataJSON: z.string().max(4_000),
  signature: z.string().max(4_000),
})

/** A WebAuthn credential as the browser's `toJSON()` gives it; checked by the server's library. */
export const credential = z.record(z.string().max(100), z.unknown())
