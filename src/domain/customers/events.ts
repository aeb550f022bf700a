import { z } from 'zod'
import { signature } from '../signature.ts'
import {
  agreementId,
  briefingId,
  contractId,
  customerCode as customer,
  entitlement,
  fingerprint,
  person,
  sha256,
  systemId,
  topics,
} from './words.ts'

const version = z.int().min(1).max(100_000)
const instant = z.iso.datetime()
const day = z.iso.date()
const reason = z.string().min(1).max(500)
const credentialId = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/)

/** The roster that stands from this entry on, by the SHA-256 of its canonical JSON. */
const roster = z.strictObject({ version, digest: sha256 })

/** A contact's passkey, complete: whoever has the entry can check what is signed with it. */
export const contactKey = z.strictObject({
  credentialId,
  /** COSE key, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{1,400}$/),
  fingerprint,
  rpId: z.string().min(1).max(253),
  origin: z.string().min(1).max(300),
})
export type ContactKey = z.infer<typeof contactKey>

/** A customer as from now on called; version 1 makes it one. `document` is a `customerDocument`. */
const described = z.strictObject({
  type: z.literal('customers.described.v1'),
  customer,
  version,
  document: sha256,
})
const ended = z.strictObject({ type: z.literal('customers.ended.v1'), customer, reason })

/** `document` is a `systemDocument`: environments, hosts, cloud accounts. */
const systemDescribed = z.strictObject({
  type: z.literal('customers.system-described.v1'),
  customer,
  system: systemId,
  version,
  document: sha256,
})
const systemRetired = z.strictObject({
  type: z.literal('customers.system-retired.v1'),
  customer,
  system: systemId,
  reason,
})

/** The signed contract: in its annex stands the fingerprint of the first contact's key. */
const contractRegistered = z.strictObject({
  type: z.literal('customers.contract-registered.v1'),
  customer,
  contract: contractId,
  /** SHA-256 of the file, and of its `contractLabel`. */
  file: sha256,
  label: sha256,
  signedOn: day,
  until: day.nullable(),
})

/** Somebody of the customer was asked in; nothing can be approved by that yet. */
const contactInvited = z.strictObject({
  type: z.literal('customers.contact-invited.v1'),
  customer,
  person,
  entitlement,
})

/**
 * A person of this organisation, who did not invite the contact, has held the key's fingerprint
 * against the signed contract. The second such confirmation puts the key on the roster.
 */
const contractKeyConfirmed = z.strictObject({
  type: z.literal('customers.contract-key-confirmed.v1'),
  customer,
  person,
  key: contactKey,
  entitlement,
  contract: contractId,
  /** Null for the first of the two. */
  roster: roster.nullable(),
  signature,
})

/** A contact on the roster vouches for the key of another contact of the same customer. */
const keyCountersigned = z.strictObject({
  type: z.literal('customers.contact-key-countersigned.v1'),
  customer,
  person,
  key: contactKey,
  entitlement,
  /** The contact's earlier keys: they end here. */
  replaces: z.array(credentialId).max(20),
  roster,
  signature,
})

/** Another contact of the customer changed what this one may approve. */
const contactEntitled = z.strictObject({
  type: z.literal('customers.contact-entitled.v1'),
  customer,
  person,
  entitlement,
  roster,
  signature,
})

const keyRevoked = z.strictObject({
  type: z.literal('customers.contact-key-revoked.v1'),
  customer,
  person,
  credentialId,
  /** It was the contact's only key: he is off the roster until another contact vouches for a new one. */
  last: z.boolean(),
  roster,
})

/** All keys of the contact end; agreements that he signed have to be signed again by `resignBy`. */
const contactLeft = z.strictObject({
  type: z.literal('customers.contact-left.v1'),
  customer,
  person,
  why: z.enum(['left', 'for-cause', 'withdrawn']),
  keys: z.array(credentialId).max(20),
  agreements: z.array(agreementId).max(500),
  resignBy: day,
  /** Null when no key of this contact was on the roster. */
  roster: roster.nullable(),
})

/** A link to come in was sent to the contact's address; only the digest of its secret is kept. */
const linkSent = z.strictObject({
  type: z.literal('customers.link-sent.v1'),
  customer,
  person,
  link: sha256,
  expiresAt: instant,
})
const linkUsed = z.strictObject({
  type: z.literal('customers.link-used.v1'),
  customer,
  person,
  link: sha256,
})

/** A version laid before the customer; what it says beside is in its `agreementDocument`. */
const agreementDrafted = z.strictObject({
  type: z.literal('customers.agreement-drafted.v1'),
  customer,
  agreement: agreementId,
  version,
  document: sha256,
  systems: z.array(systemId).min(1).max(20),
  risk: z.enum(['normal', 'destructive']),
  runLimit: z.strictObject({ runs: z.int().min(1).max(1_000), days: z.int().min(1).max(366) }),
  expires: day,
})

/** The customer agreed: this version is in force from here on, and no earlier one. */
const agreementSigned = z.strictObject({
  type: z.literal('customers.agreement-signed.v1'),
  customer,
  agreement: agreementId,
  version,
  document: sha256,
  expires: day,
  /** The version that was in force until now and is void; null when there was none. */
  supersedes: version.nullable(),
  signature,
})
const agreementDeclined = z.strictObject({
  type: z.literal('customers.agreement-declined.v1'),
  customer,
  agreement: agreementId,
  version,
  document: sha256,
  reason,
  signature,
})

/** No run may start until a contact has signed the version again. */
const agreementSuspended = z.strictObject({
  type: z.literal('customers.agreement-suspended.v1'),
  customer,
  agreement: agreementId,
  version,
  why: z.enum(['run-failed', 'in-house', 'customer']),
  reason,
})
const agreementRevoked = z.strictObject({
  type: z.literal('customers.agreement-revoked.v1'),
  customer,
  agreement: agreementId,
  /** The version in force, or the newest when none is. */
  version,
  reason,
})

/** A session with the customer; `document` is a `briefingDocument`. */
const briefingHeld = z.strictObject({
  type: z.literal('customers.briefing-held.v1'),
  customer,
  briefing: briefingId,
  document: sha256,
  topics: z.array(z.enum(topics)).min(1).max(topics.length),
  heldOn: day,
  renewBy: day,
  /** Who was there for us, who for the customer, and how many others. */
  ours: z.array(person).min(1).max(50),
  theirs: z.array(person).max(50),
  others: z.int().min(0).max(1_000),
})
const briefingAcknowledged = z.strictObject({
  type: z.literal('customers.briefing-acknowledged.v1'),
  customer,
  briefing: briefingId,
  document: sha256,
  signature,
})

export const customersEvent = z.discriminatedUnion('type', [
  described,
  ended,
  systemDescribed,
  systemRetired,
  contractRegistered,
  contactInvited,
  contractKeyConfirmed,
  keyCountersigned,
  contactEntitled,
  keyRevoked,
  contactLeft,
  linkSent,
  linkUsed,
  agreementDrafted,
  agreementSigned,
  agreementDeclined,
  agreementSuspended,
  agreementRevoked,
  briefingHeld,
  briefingAcknowledged,
])
export type CustomersEvent = z.infer<typeof customersEvent>
/** The event of that name. */
export type EventOf<T extends string> = Extract<CustomersEvent, { type: `customers.${T}.v1` }>
