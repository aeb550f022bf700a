import { refuse, type Context, type Refused } from '../decider.ts'
import { daysAfter } from './agreements.ts'
import {
  limits,
  type CommandOf,
  type Contact,
  type CustomersRefusal,
  type Decision,
  type Present,
} from './customer.ts'
import { isRecent } from './evolve.ts'
import {
  ceremonyMayBegin,
  completes,
  evolveRoster,
  rosterDigest,
  sortedEntitlement,
  type Roster,
  type RosterEvent,
} from './roster.ts'
import type { Entitlement } from './words.ts'

/** Days within which an agreement is signed again after its signer has left. */
const resignDays = 30
const linksPerHourMax = 5

export function inviteContact(command: CommandOf<'invite-contact'>, state: Present): Decision {
  const { customer, person } = command
  const known = state.contacts.get(person)
  if (known?.state === 'present') return refuse('contact-exists', person)
  if (state.contacts.size >= limits.contacts) return refuse('customer-limit', 'contacts')
  const entitlement = sortedEntitlement(command.entitlement)
  const fault = entitlementFault(state, entitlement)
  if (fault !== null) return fault
  return [{ type: 'customers.contact-invited.v1', customer, person, entitlement }]
}

/**
 * The first key, or the first after all contacts are gone: two of our own people, neither of whom
 * invited the contact, hold its fingerprint against the signed contract.
 */
export function confirmContractKey(
  command: CommandOf<'confirm-contract-key'>,
  state: Present,
  context: Context,
): Decision {
  const { by, at } = context
  const { customer, person, key, contract, signature } = command
  const contact = present(state, person)
  if ('refused' in contact) return contact
  if (state.roster.contacts.size > 0) return refuse('contract-key-not-first', person)
  if (by === person || state.contacts.has(by)) return refuse('contact-own-key', by)
  if (contact.invitedBy === by) return refuse('contact-invited-by-you', person)
  if (!state.contracts.has(contract)) return refuse('contract-unknown', contract)
  const { emptySince } = state
  if (emptySince !== null && !ceremonyMayBegin(emptySince, at)) {
    return refuse('contract-key-too-early', person)
  }
  const entitlement = sortedEntitlement(command.entitlement)
  const half = state.roster.halves.get(key.credentialId)
  const said = { customer, person, key, entitlement, contract, signature }
  const event = { type: 'customers.contract-key-confirmed.v1', ...said } as const
  if (half !== undefined && half.by !== by && !completes(state.roster, event, by)) {
    return refuse('contract-key-differs', person)
  }
  if (half?.by === by) return []
  return [marked(state.roster, event, by)]
}

export function countersignContact(
  command: CommandOf<'countersign-contact'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, person, key, signature } = command
  const contact = present(state, person)
  if ('refused' in contact) return contact
  if (by === person) return refuse('contact-own-key', person)
  const fault = countersignerFault(state.roster, by, signature.credentialId)
  if (fault !== null) return fault
  const entitlement = sortedEntitlement(command.entitlement)
  const unknown = entitlementFault(state, entitlement)
  if (unknown !== null) return unknown
  const held = state.roster.contacts.get(person)
  if (held?.keys.some((one) => one.credentialId === key.credentialId) === true) return []
  const replaces = (held?.keys ?? []).map(({ credentialId }) => credentialId)
  const said = { customer, person, key, entitlement, replaces, signature }
  const event = { type: 'customers.contact-key-countersigned.v1', ...said } as const
  return [marked(state.roster, event, by)]
}

export function entitleContact(
  command: CommandOf<'entitle-contact'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, person, signature } = command
  if (!state.roster.contacts.has(person)) return refuse('contact-not-on-roster', person)
  if (by === person) return refuse('contact-own-key', person)
  const fault = countersignerFault(state.roster, by, signature.credentialId)
  if (fault !== null) return fault
  const entitlement = sortedEntitlement(command.entitlement)
  const unknown = entitlementFault(state, entitlement)
  if (unknown !== null) return unknown
  const said = { customer, person, entitlement, signature }
  return [marked(state.roster, { type: 'customers.contact-entitled.v1', ...said }, by)]
}

/** To take a key away needs no second person: it lets nobody in. */
export function revokeContactKey(
  command: CommandOf<'revoke-contact-key'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, person, credentialId } = command
  const keys = state.roster.contacts.get(person)?.keys ?? []
  if (!keys.some((key) => key.credentialId === credentialId)) {
    return refuse('contact-key-unknown', person)
  }
  const said = { customer, person, credentialId, last: keys.length === 1 }
  return [marked(state.roster, { type: 'customers.contact-key-revoked.v1', ...said }, by)]
}

export function removeContact(
  command: CommandOf<'remove-contact'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, person, why, today } = command
  const contact = state.contacts.get(person)
  if (contact === undefined) return refuse('contact-unknown', person)
  if (contact.state === 'left') return []
  const agreements = [...state.agreements.values()]
    .filter(({ inForce }) => inForce?.signedBy === person)
    .map(({ agreement }) => agreement)
  const resignBy = daysAfter(today, resignDays)
  const keys = (state.roster.contacts.get(person)?.keys ?? []).map((key) => key.credentialId)
  const said = { customer, person, why, keys, agreements, resignBy }
  return [marked(state.roster, { type: 'customers.contact-left.v1', ...said }, by)]
}

export function sendLink(
  command: CommandOf<'send-link'>,
  state: Present,
  { at }: Context,
): Decision {
  const { customer, person, link, expiresAt } = command
  const contact = present(state, person)
  if ('refused' in contact) return contact
  const sent = [...state.links.values()].filter(
    (one) => one.person === person && isRecent(one.sentAt, at),
  )
  if (sent.length >= linksPerHourMax) return refuse('links-too-many', person)
  return [{ type: 'customers.link-sent.v1', customer, person, link, expiresAt }]
}

/** Once, and in its time; every other case is the same refusal. */
export function useLink(
  { customer, link }: CommandOf<'use-link'>,
  state: Present,
  { at }: Context,
): Decision {
  const sent = state.links.get(link)
  if (sent === undefined || sent.used || sent.expiresAt <= at) return refuse('link-invalid')
  const { person } = sent
  if (state.contacts.get(person)?.state !== 'present') return refuse('link-invalid')
  return [{ type: 'customers.link-used.v1', customer, person, link }]
}

type Unmarked<E> = E extends unknown ? Omit<E, 'roster'> : never

/** The event with the roster that it leads to; without one when the roster stays as it is. */
function marked(roster: Roster, event: Unmarked<RosterEvent>, by: string): RosterEvent {
  const placeholder = { version: roster.version + 1, digest: '0'.repeat(64) }
  const next = evolveRoster(roster, { ...event, roster: placeholder }, by)
  const mark = { version: next.version, digest: rosterDigest(next) }
  const stays = next.version === roster.version
  switch (event.type) {
    case 'customers.contract-key-confirmed.v1':
    case 'customers.contact-left.v1':
      return { ...event, roster: stays ? null : mark }
    case 'customers.contact-key-countersigned.v1':
    case 'customers.contact-entitled.v1':
    case 'customers.contact-key-revoked.v1':
      return { ...event, roster: mark }
  }
}

function present(state: Present, person: string): Contact | Refused<CustomersRefusal> {
  const contact = state.contacts.get(person)
  if (contact === undefined) return refuse('contact-unknown', person)
  return contact.state === 'left' ? refuse('contact-left', person) : contact
}

function countersignerFault(
  roster: Roster,
  by: string,
  credentialId: string,
): Refused<CustomersRefusal> | null {
  const keys = roster.contacts.get(by)?.keys ?? []
  return keys.some((key) => key.credentialId === credentialId)
    ? null
    : refuse('countersigner-not-on-roster', by)
}

function entitlementFault(
  state: Present,
  { systems }: Entitlement,
): Refused<CustomersRefusal> | null {
  if (systems === 'all') return null
  const unknown = systems.find((system) => !state.systems.has(system))
  return unknown === undefined ? null : refuse('entitlement-system-unknown', unknown)
}
