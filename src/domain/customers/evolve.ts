import type { Context } from '../decider.ts'
import type { Agreement, Customer, InForce, Present } from './customer.ts'
import type { CustomersEvent } from './events.ts'
import { emptyRoster, evolveRoster, isRosterEvent } from './roster.ts'

/** So long a sent link is remembered, to count how many were sent. */
const linkMemoryMs = 3_600_000

export function evolveCustomer(state: Customer, event: CustomersEvent, context: Context): Customer {
  if (event.type === 'customers.described.v1') {
    const { customer, version } = event
    return state.state === 'absent' ? registered(customer, version) : { ...state, version }
  }
  if (state.state === 'absent') return state
  const next = isRosterEvent(event)
    ? withRoster(state, evolveRoster(state.roster, event, context.by), context.at)
    : state
  return evolvePresent(next, event, context)
}

function registered(customer: string, version: number): Present {
  return {
    state: 'active',
    customer,
    version,
    systems: new Map(),
    contracts: new Set(),
    contacts: new Map(),
    roster: emptyRoster(customer),
    emptySince: null,
    links: new Map(),
    agreements: new Map(),
    briefings: new Map(),
  }
}

function withRoster(state: Present, roster: Present['roster'], at: string): Present {
  const emptied = state.roster.contacts.size > 0 && roster.contacts.size === 0
  const emptySince = roster.contacts.size > 0 ? null : emptied ? at : state.emptySince
  return { ...state, roster, emptySince }
}

function evolvePresent(
  state: Present,
  event: Exclude<CustomersEvent, { type: 'customers.described.v1' }>,
  { by, at }: Context,
): Present {
  switch (event.type) {
    case 'customers.ended.v1':
      return { ...state, state: 'ended' }
    case 'customers.system-described.v1':
      return withSystem(state, event.system, { version: event.version, state: 'active' })
    case 'customers.system-retired.v1': {
      const version = state.systems.get(event.system)?.version ?? 1
      return withSystem(state, event.system, { version, state: 'retired' })
    }
    case 'customers.contract-registered.v1':
      return { ...state, contracts: new Set(state.contracts).add(event.contract) }
    case 'customers.contact-invited.v1': {
      const { person, entitlement } = event
      const contact = { person, invitedBy: by, entitlement, state: 'present' as const }
      return { ...state, contacts: new Map(state.contacts).set(person, contact) }
    }
    case 'customers.contract-key-confirmed.v1':
    case 'customers.contact-key-countersigned.v1':
    case 'customers.contact-entitled.v1':
    case 'customers.contact-key-revoked.v1':
      return state
    case 'customers.contact-left.v1':
      return departed(state, event)
    case 'customers.link-sent.v1': {
      const { person, link, expiresAt } = event
      const links = new Map([...state.links].filter(([, one]) => isRecent(one.sentAt, at)))
      return { ...state, links: links.set(link, { person, sentAt: at, expiresAt, used: false }) }
    }
    case 'customers.link-used.v1': {
      const link = state.links.get(event.link)
      if (link === undefined) return state
      return { ...state, links: new Map(state.links).set(event.link, { ...link, used: true }) }
    }
    case 'customers.agreement-drafted.v1':
    case 'customers.agreement-signed.v1':
    case 'customers.agreement-declined.v1':
    case 'customers.agreement-suspended.v1':
    case 'customers.agreement-revoked.v1': {
      const old = state.agreements.get(event.agreement) ?? newAgreement(event.agreement)
      const agreement = evolveAgreement(old, event, { by, at })
      return { ...state, agreements: new Map(state.agreements).set(event.agreement, agreement) }
    }
    case 'customers.briefing-held.v1': {
      const { briefing, document } = event
      const held = { document, acknowledgedBy: [] }
      return { ...state, briefings: new Map(state.briefings).set(briefing, held) }
    }
    case 'customers.briefing-acknowledged.v1': {
      const held = state.briefings.get(event.briefing)
      if (held === undefined) return state
      const acknowledged = { ...held, acknowledgedBy: [...held.acknowledgedBy, by] }
      return { ...state, briefings: new Map(state.briefings).set(event.briefing, acknowledged) }
    }
  }
}

export function isRecent(sentAt: string, at: string): boolean {
  return Date.parse(at) - Date.parse(sentAt) < linkMemoryMs
}

function withSystem(
  state: Present,
  system: string,
  to: { readonly version: number; readonly state: 'active' | 'retired' },
): Present {
  return { ...state, systems: new Map(state.systems).set(system, to) }
}

function departed(
  state: Present,
  event: Extract<CustomersEvent, { type: 'customers.contact-left.v1' }>,
): Present {
  const contacts = new Map(state.contacts)
  const contact = contacts.get(event.person)
  if (contact !== undefined) contacts.set(event.person, { ...contact, state: 'left' })
  const agreements = new Map(state.agreements)
  for (const id of event.agreements) {
    const agreement = agreements.get(id)
    if (agreement?.inForce === null || agreement === undefined) continue
    agreements.set(id, {
      ...agreement,
      inForce: { ...agreement.inForce, resignBy: event.resignBy },
    })
  }
  const links = new Map([...state.links].filter(([, { person }]) => person !== event.person))
  return { ...state, contacts, agreements, links }
}

function newAgreement(agreement: string): Agreement {
  return { agreement, newest: 0, draft: null, inForce: null, revoked: false }
}

type AgreementEvent = Extract<CustomersEvent, { type: `customers.agreement-${string}` }>

function evolveAgreement(now: Agreement, event: AgreementEvent, { by, at }: Context): Agreement {
  switch (event.type) {
    case 'customers.agreement-drafted.v1': {
      const { version, document, systems, risk, runLimit, expires } = event
      const draft = { version, document, systems, risk, runLimit, expires, by }
      return { ...now, newest: version, draft }
    }
    case 'customers.agreement-signed.v1': {
      const signed: Pick<InForce, 'state' | 'signedBy' | 'signedAt' | 'resignBy'> = {
        state: 'active',
        signedBy: by,
        signedAt: at,
        resignBy: null,
      }
      if (now.draft?.version === event.version) {
        const { by: _, ...terms } = now.draft
        return { ...now, draft: null, inForce: { ...terms, ...signed } }
      }
      return now.inForce === null ? now : { ...now, inForce: { ...now.inForce, ...signed } }
    }
    case 'customers.agreement-declined.v1':
      return { ...now, draft: null }
    case 'customers.agreement-suspended.v1':
      return now.inForce === null
        ? now
        : { ...now, inForce: { ...now.inForce, state: 'suspended' } }
    case 'customers.agreement-revoked.v1':
      return { ...now, draft: null, inForce: null, revoked: true }
  }
}
