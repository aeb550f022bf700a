import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { ContactKey, CustomersEvent, EventOf } from './events.ts'
import type { Entitlement, Risk } from './words.ts'

/** A contact whose approval counts: with at least one key that somebody else has vouched for. */
type RosterContact = {
  readonly person: string
  readonly entitlement: Entitlement
  readonly keys: readonly ContactKey[]
}

/** Who of a customer is entitled to what, with which keys. Versions are never edited. */
export type Roster = {
  readonly customer: string
  readonly version: number
  readonly contacts: ReadonlyMap<string, RosterContact>
  /** First halves of contract confirmations: by credential, who confirmed exactly what. */
  readonly halves: ReadonlyMap<string, Half>
}

type Half = {
  readonly by: string
  readonly person: string
  readonly key: ContactKey
  readonly entitlement: Entitlement
  readonly contract: string
}

/** Events after which the roster may be another. */
export type RosterEvent =
  | EventOf<'contract-key-confirmed'>
  | EventOf<'contact-key-countersigned'>
  | EventOf<'contact-entitled'>
  | EventOf<'contact-key-revoked'>
  | EventOf<'contact-left'>

export function emptyRoster(customer: string): Roster {
  return { customer, version: 0, contacts: new Map(), halves: new Map() }
}

const rosterEvents: ReadonlySet<string> = new Set<RosterEvent['type']>([
  'customers.contract-key-confirmed.v1',
  'customers.contact-key-countersigned.v1',
  'customers.contact-entitled.v1',
  'customers.contact-key-revoked.v1',
  'customers.contact-left.v1',
])

export function isRosterEvent(event: CustomersEvent): event is RosterEvent {
  return rosterEvents.has(event.type)
}

/** The roster after the event. That the event may stand is judged elsewhere; this never fails. */
export function evolveRoster(roster: Roster, event: RosterEvent, by: string): Roster {
  switch (event.type) {
    case 'customers.contract-key-confirmed.v1':
      return confirmed(roster, event, by)
    case 'customers.contact-key-countersigned.v1':
      return withContact(roster, {
        person: event.person,
        entitlement: event.entitlement,
        keys: [event.key],
      })
    case 'customers.contact-entitled.v1': {
      const contact = roster.contacts.get(event.person)
      if (contact === undefined) return roster
      return withContact(roster, { ...contact, entitlement: event.entitlement })
    }
    case 'customers.contact-key-revoked.v1': {
      const contact = roster.contacts.get(event.person)
      if (contact === undefined) return roster
      const keys = contact.keys.filter((key) => key.credentialId !== event.credentialId)
      if (keys.length === contact.keys.length) return roster
      return keys.length === 0
        ? without(roster, event.person)
        : withContact(roster, { ...contact, keys })
    }
    case 'customers.contact-left.v1':
      return roster.contacts.has(event.person)
        ? without(roster, event.person)
        : { ...roster, halves: halvesWithout(roster, event.person) }
  }
}

const ceremonyWaitHours = 72

/**
 * So long after the last contact is gone no new one comes in by the contract: whoever removed them
 * to make room for a puppet waits in full view, and everybody who was a contact is told.
 */
export function ceremonyMayBegin(emptySince: string, at: string): boolean {
  return Date.parse(at) - Date.parse(emptySince) >= ceremonyWaitHours * 3_600_000
}

/** Two different persons have confirmed exactly the same: then, and only then, the key counts. */
export function completes(
  roster: Roster,
  event: Pick<EventOf<'contract-key-confirmed'>, 'person' | 'key' | 'entitlement' | 'contract'>,
  by: string,
): boolean {
  const half = roster.halves.get(event.key.credentialId)
  if (half === undefined || half.by === by) return false
  const { person, key, entitlement, contract } = event
  return (
    canonicalJson({ person, key, entitlement, contract }) ===
    canonicalJson({
      person: half.person,
      key: half.key,
      entitlement: half.entitlement,
      contract: half.contract,
    })
  )
}

function confirmed(roster: Roster, event: EventOf<'contract-key-confirmed'>, by: string): Roster {
  const { person, key, entitlement, contract } = event
  if (completes(roster, event, by)) {
    return withContact(roster, { person, entitlement, keys: [key] })
  }
  const halves = new Map(roster.halves)
  halves.set(key.credentialId, { by, person, key, entitlement, contract })
  return { ...roster, halves }
}

function withContact(roster: Roster, contact: RosterContact): Roster {
  return {
    ...roster,
    version: roster.version + 1,
    contacts: new Map(roster.contacts).set(contact.person, contact),
    halves: halvesWithout(roster, contact.person),
  }
}

function without(roster: Roster, person: string): Roster {
  const contacts = new Map(roster.contacts)
  contacts.delete(person)
  const halves = halvesWithout(roster, person)
  return { ...roster, version: roster.version + 1, contacts, halves }
}

function halvesWithout(roster: Roster, person: string): Roster['halves'] {
  return new Map([...roster.halves].filter(([, half]) => half.person !== person))
}

/**
 * What an approval names beside the version: SHA-256 over the canonical JSON of customer, version
 * and contacts (by person id), each with entitlement and keys (by credential id).
 */
export function rosterDigest(roster: Roster): string {
  return createHash('sha256').update(rosterText(roster)).digest('hex')
}

/** The canonical roster itself. */
function rosterText({ customer, version, contacts }: Roster): string {
  const inOrder = [...contacts.values()]
    .toSorted((one, other) => (one.person < other.person ? -1 : 1))
    .map(({ person, entitlement, keys }) => ({
      person,
      entitlement: sortedEntitlement(entitlement),
      keys: keys.toSorted((one, other) => (one.credentialId < other.credentialId ? -1 : 1)),
    }))
  return canonicalJson({ customer, version, contacts: inOrder })
}

/** One form of each entitlement, so that equal ones have equal digests. */
export function sortedEntitlement({ systems, risks }: Entitlement): Entitlement {
  return {
    systems: systems === 'all' ? 'all' : [...new Set(systems)].toSorted(),
    risks: [...new Set(risks)].toSorted(),
  }
}

/** Whether an entitlement covers all these systems at this risk. */
export function covers(
  { systems, risks }: Entitlement,
  asked: { readonly systems: readonly string[]; readonly risk: Risk },
): boolean {
  if (!risks.includes(asked.risk)) return false
  return systems === 'all' || asked.systems.every((system) => systems.includes(system))
}

/** The contact and key that may approve this now, or why not. */
export function entitledKey(
  roster: Roster,
  by: { readonly person: string; readonly credentialId: string },
  asked: { readonly systems: readonly string[]; readonly risk: Risk },
): ContactKey | 'contact-not-on-roster' | 'contact-not-entitled' {
  const contact = roster.contacts.get(by.person)
  const key = contact?.keys.find(({ credentialId }) => credentialId === by.credentialId)
  if (contact === undefined || key === undefined) return 'contact-not-on-roster'
  return covers(contact.entitlement, asked) ? key : 'contact-not-entitled'
}
