import { z } from 'zod'

/**
 * Names that stand in certificates, log lines and commands: no newline, slash, blank or leading
 * dash can be written in them.
 */
const label = '[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?'

/** A customer's short code, such as `acme`; it is the customer's id. */
export const customerCode = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/)
/** A system or a host of a customer: `billing.acme`, `db1.acme`. */
const dotted = new RegExp(`^${label}\\.${label}$`)
export const systemId = z.string().regex(dotted)
export const hostId = z.string().regex(dotted)
/** One word of such an id. */
export const word = z.string().regex(new RegExp(`^${label}$`))
/** An account on a host, as `ops` in the certificate's principal `db1.acme:ops`. */
export const loginName = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/)
/** A host name or an IP address; never something that a program could take for an option. */
export const address = z
  .string()
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:]{2,39})$/)
/** A host's public key, as `ssh-keyscan` prints it without the name. */
export const hostKey = z
  .string()
  .regex(/^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) [A-Za-z0-9+/]{40,700}={0,2}$/)
/** An AWS account number, and the name of a role in it. */
export const awsAccount = z.string().regex(/^[0-9]{12}$/)
export const awsRole = z.string().regex(/^[A-Za-z0-9+=,.@_-]{1,64}$/)

export const person = z.string().regex(/^per_[0-9a-z]{26}$/)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
export const agreementId = z.string().regex(/^agr_[0-9a-z]{26}$/)
export const contractId = z.string().regex(/^con_[0-9a-z]{26}$/)
export const briefingId = z.string().regex(/^brf_[0-9a-z]{26}$/)

/** What a contact may approve: ordinary work, work that destroys, the look back at an emergency. */
export const risks = ['normal', 'destructive', 'emergency-review'] as const
export type Risk = (typeof risks)[number]

/** For which systems of the customer (all of them, or those named) and which risks. */
export const entitlement = z.strictObject({
  systems: z.union([z.literal('all'), z.array(systemId).min(1).max(100)]),
  risks: z.array(z.enum(risks)).max(3),
})
export type Entitlement = z.infer<typeof entitlement>

/** What every customer has to have understood about the service, and what else is told. */
export const topics = [
  'shared-responsibility',
  'cloud-security-policy',
  'production-work',
  'incident-response',
  'backup-and-recovery',
  'data-handling',
] as const
export type Topic = (typeof topics)[number]
/** Without these a customer does not know what he is asked to approve. */
export const requiredTopics: readonly Topic[] = [
  'shared-responsibility',
  'cloud-security-policy',
  'production-work',
]

/** The system or host belongs to this customer by its very name. */
export function isOf(customer: string, id: string): boolean {
  return id.slice(id.indexOf('.') + 1) === customer
}
