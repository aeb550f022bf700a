import type { Agreement } from '../customers/customer.ts'
import type { AgreementDocument } from '../customers/documents.ts'
import type { ContactKey } from '../customers/events.ts'
import type { Roster } from '../customers/roster.ts'
import type { Role } from '../access/permission.ts'
import type { Signature } from '../signature.ts'

export type SigningKey = Pick<ContactKey, 'credentialId' | 'publicKey' | 'rpId' | 'origin'>

/** One of our own people, as the accounts, the HR list and the training say. */
export type HousePerson = {
  readonly role: Role
  /** The account can be used. */
  readonly active: boolean
  /** Passkeys that may carry approvals: confirmed by a third person. */
  readonly keys: readonly SigningKey[]
  /** On the HR list today; where there is no such list, nobody can be told not to be. */
  readonly employed: boolean
  /** Has passed the course on work in production, where one is offered. */
  readonly trained: boolean
}

/**
 * What other streams of the log say at one position. A decision is made with the facts under the
 * lock (`decideGiven`); whoever verifies makes them anew from the entries before that position.
 */
export type WorkFacts = {
  /** The day in the organisation's zone. */
  readonly today: string
  readonly customer: 'active' | 'ended' | 'absent'
  readonly roster: Roster
  /** Systems of the customer that are in use. */
  readonly systems: ReadonlySet<string>
  readonly agreement: Agreement | undefined
  /** The signed version that the plan pins, read from its bytes. */
  readonly model: AgreementDocument | null
  readonly house: ReadonlyMap<string, HousePerson>
  /** Whether the customer's plan is in use, and who of those who approved is gone for cause. */
  readonly removedForCause: ReadonlySet<string>
}

/** Cryptography, which this folder cannot do itself. */
export type Judge = {
  /** The signature is this key's, over its statement, by a verified user at the key's own origin. */
  readonly verifies: (signature: Signature, key: SigningKey) => boolean
}
