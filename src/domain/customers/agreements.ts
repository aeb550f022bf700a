import { refuse, type Context, type Refused } from '../decider.ts'
import {
  limits,
  type Agreement,
  type CommandOf,
  type CustomersRefusal,
  type Decision,
  type InForce,
  type Present,
} from './customer.ts'
import { entitledKey } from './roster.ts'

/** An agreement lives twelve months at most; then the customer looks at it again. */
const agreementMonthsMax = 12

export function draftAgreement(command: CommandOf<'draft-agreement'>, state: Present): Decision {
  const { type: _, today, ...drafted } = command
  const known = state.agreements.get(drafted.agreement)
  if (known === undefined && state.agreements.size >= limits.agreements) {
    return refuse('customer-limit', 'agreements')
  }
  if (known?.revoked === true) return refuse('agreement-revoked', drafted.agreement)
  if (drafted.version !== (known?.newest ?? 0) + 1) {
    return refuse('agreement-changed', drafted.agreement)
  }
  const absent = drafted.systems.find((system) => state.systems.get(system)?.state !== 'active')
  if (absent !== undefined) return refuse('system-unknown', absent)
  const term = termFault(drafted.expires, today)
  if (term !== null) return refuse(term, 'expires')
  return [{ type: 'customers.agreement-drafted.v1', ...drafted }]
}

/** A draft comes into force; a suspended version, or one whose signer has left, does so again. */
export function signAgreement(
  command: CommandOf<'sign-agreement'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, agreement: id, version, document, signature, today } = command
  const agreement = state.agreements.get(id)
  if (agreement === undefined) return refuse('agreement-unknown', id)
  if (agreement.revoked) return refuse('agreement-revoked', id)
  const terms = termsOf(agreement, version)
  if (terms?.document !== document) return refuse('agreement-changed', id)
  const term = termFault(terms.expires, today)
  if (term !== null) return refuse(term, 'expires')
  const fault = signerFault(state, by, signature.credentialId, terms)
  if (fault !== null) return fault
  const { inForce } = agreement
  const stands = inForce?.version === version && inForce.state === 'active'
  if (stands && inForce.resignBy === null) return []
  return [
    {
      type: 'customers.agreement-signed.v1',
      customer,
      agreement: id,
      version,
      document,
      expires: terms.expires,
      supersedes: inForce === null || inForce.version === version ? null : inForce.version,
      signature,
    },
  ]
}

export function declineAgreement(
  command: CommandOf<'decline-agreement'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, agreement: id, version, document, reason, signature } = command
  const agreement = state.agreements.get(id)
  if (agreement === undefined) return refuse('agreement-unknown', id)
  const { draft } = agreement
  if (draft?.version !== version || draft.document !== document) {
    return refuse('agreement-changed', id)
  }
  const fault = signerFault(state, by, signature.credentialId, draft)
  if (fault !== null) return fault
  return [
    {
      type: 'customers.agreement-declined.v1',
      customer,
      agreement: id,
      version,
      document,
      reason,
      signature,
    },
  ]
}

/** Anybody concerned may stop it; only the customer's signature sets it going again. */
export function suspendAgreement(
  { customer, agreement: id, why, reason }: CommandOf<'suspend-agreement'>,
  state: Present,
): Decision {
  const agreement = state.agreements.get(id)
  if (agreement === undefined) return refuse('agreement-unknown', id)
  const { inForce } = agreement
  if (inForce === null) return refuse('agreement-not-in-force', id)
  if (inForce.state === 'suspended') return []
  const { version } = inForce
  return [
    { type: 'customers.agreement-suspended.v1', customer, agreement: id, version, why, reason },
  ]
}

export function revokeAgreement(
  { customer, agreement: id, reason }: CommandOf<'revoke-agreement'>,
  state: Present,
): Decision {
  const agreement = state.agreements.get(id)
  if (agreement === undefined) return refuse('agreement-unknown', id)
  if (agreement.revoked) return []
  const version = agreement.inForce?.version ?? agreement.newest
  return [{ type: 'customers.agreement-revoked.v1', customer, agreement: id, version, reason }]
}

/**
 * The version under which a run may start on that day, or why none may. `document` and `version`
 * are what the run pins: an older version is void as soon as a newer one is signed.
 */
export function usableAgreement(
  agreement: Agreement | undefined,
  pinned: { readonly version: number; readonly document: string },
  today: string,
): InForce | Refused<CustomersRefusal> {
  if (agreement === undefined) return refuse('agreement-unknown')
  const { agreement: id, inForce } = agreement
  if (agreement.revoked) return refuse('agreement-revoked', id)
  if (inForce === null) return refuse('agreement-not-in-force', id)
  if (inForce.version !== pinned.version || inForce.document !== pinned.document) {
    return refuse('agreement-changed', id)
  }
  if (inForce.state === 'suspended') return refuse('agreement-suspended', id)
  if (inForce.expires < today) return refuse('agreement-expired', id)
  if (inForce.resignBy !== null && inForce.resignBy < today) {
    return refuse('agreement-resign-overdue', id)
  }
  return inForce
}

function termsOf({ draft, inForce }: Agreement, version: number) {
  if (draft?.version === version) return draft
  return inForce?.version === version ? inForce : null
}

function signerFault(
  state: Present,
  person: string,
  credentialId: string,
  { systems, risk }: Pick<InForce, 'systems' | 'risk'>,
): Refused<CustomersRefusal> | null {
  const key = entitledKey(state.roster, { person, credentialId }, { systems, risk })
  return typeof key === 'string' ? refuse(key) : null
}

function termFault(
  expires: string,
  today: string,
): 'agreement-expired' | 'agreement-too-long' | null {
  if (expires <= today) return 'agreement-expired'
  return expires > monthsAfter(today, agreementMonthsMax) ? 'agreement-too-long' : null
}

/** The same day some months later; where that month is shorter, its last day. */
export function monthsAfter(day: string, months: number): string {
  const from = new Date(`${day}T00:00:00.000Z`)
  const target = new Date(from)
  target.setUTCDate(1)
  target.setUTCMonth(target.getUTCMonth() + months)
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(from.getUTCDate(), last))
  return target.toISOString().slice(0, 10)
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
