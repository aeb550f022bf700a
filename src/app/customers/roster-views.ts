import type { CustomersEvent, ContactKey } from '../../domain/customers/events.ts'
import type { Entitlement } from '../../domain/customers/words.ts'
import { defineProjection, reads, type Origin, type ViewWriter } from '../projection.ts'
import { customersRoom } from './room.ts'

/**
 * Contacts and their keys. A contact's `state` is `invited`, `on-roster` or `left`; a key's is
 * `half-confirmed` (one of the two confirmations against the contract), `on-roster` or `revoked`.
 */
export const contactsView = defineProjection({
  name: 'customer-contacts',
  version: 1,
  tables: [
    'customer_contacts',
    'customer_contact_keys',
    'customer_key_vouchers',
    'customer_sign_in_links',
  ],
  ddl: `
    create table customer_contacts (
      customer text not null,
      person text not null,
      state text not null,
      all_systems boolean not null,
      systems text[] not null,
      risks text[] not null,
      invited_by text not null,
      invited_at timestamptz not null,
      left_at timestamptz,
      left_why text,
      seq bigint not null,
      primary key (customer, person)
    );
    create index on customer_contacts (person);
    create table customer_contact_keys (
      customer text not null,
      person text not null,
      credential_id text not null,
      public_key text not null,
      fingerprint text not null,
      rp_id text not null,
      origin text not null,
      state text not null,
      vouched text not null,
      contract text,
      since timestamptz not null,
      revoked_at timestamptz,
      revoked_why text,
      seq bigint not null,
      primary key (customer, person, credential_id)
    );
    create table customer_key_vouchers (
      seq bigint primary key,
      customer text not null,
      person text not null,
      credential_id text not null,
      voucher text not null,
      vouched_at timestamptz not null
    );
    create table customer_sign_in_links (
      link text primary key,
      customer text not null,
      person text not null,
      sent_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    );`,
  readers: [
    reads(customersRoom, async (event, origin, view) => {
      await applyToContacts(event, origin, view)
      await applyToKeys(event, origin, view)
      await applyToLinks(event, origin, view)
    }),
  ],
})

/** Every version of every customer's roster: what approvals name. */
export const rosterView = defineProjection({
  name: 'customer-roster',
  version: 1,
  tables: ['customer_roster'],
  ddl: `
    create table customer_roster (
      customer text not null,
      version int not null,
      digest text not null,
      because text not null,
      person text not null,
      changed_by text not null,
      changed_at timestamptz not null,
      seq bigint not null,
      primary key (customer, version)
    );`,
  readers: [
    reads(customersRoom, async (event, { seq, by, effectiveAt }, view) => {
      if (!('roster' in event) || event.roster === null) return
      const { customer, person, roster } = event
      await view.put('customer_roster', {
        customer,
        version: roster.version,
        digest: roster.digest,
        because: event.type,
        person,
        changed_by: by,
        changed_at: effectiveAt,
        seq,
      })
    }),
  ],
})

async function applyToContacts(event: CustomersEvent, origin: Origin, view: ViewWriter) {
  const { seq, by, effectiveAt } = origin
  if (event.type === 'customers.contact-invited.v1') {
    const { customer, person, entitlement } = event
    return view.put('customer_contacts', {
      customer,
      person,
      state: 'invited',
      ...entitledColumns(entitlement),
      invited_by: by,
      invited_at: effectiveAt,
      left_at: null,
      left_why: null,
      seq,
    })
  }
  if (event.type === 'customers.contract-key-confirmed.v1') {
    if (event.roster === null) return
    return onRoster(event, seq, view)
  }
  if (
    event.type === 'customers.contact-key-countersigned.v1' ||
    event.type === 'customers.contact-entitled.v1'
  ) {
    return onRoster(event, seq, view)
  }
  if (event.type === 'customers.contact-left.v1') {
    const { customer, person, why } = event
    const changes = { state: 'left', left_at: effectiveAt, left_why: why, seq }
    return view.patch('customer_contacts', { customer, person }, changes)
  }
}

function onRoster(
  { customer, person, entitlement }: { customer: string; person: string; entitlement: Entitlement },
  seq: number,
  view: ViewWriter,
) {
  const changes = { state: 'on-roster', ...entitledColumns(entitlement), seq }
  return view.patch('customer_contacts', { customer, person }, changes)
}

function entitledColumns({ systems, risks }: Entitlement) {
  return { all_systems: systems === 'all', systems: systems === 'all' ? [] : systems, risks }
}

async function applyToKeys(event: CustomersEvent, origin: Origin, view: ViewWriter) {
  if (event.type === 'customers.contract-key-confirmed.v1') {
    await vouched(event, origin, view)
    const state = event.roster === null ? 'half-confirmed' : 'on-roster'
    return keyStands(event, { state, vouched: 'contract', contract: event.contract }, origin, view)
  }
  if (event.type === 'customers.contact-key-countersigned.v1') {
    await vouched(event, origin, view)
    for (const credentialId of event.replaces) {
      await revoked({ ...event, credentialId, why: 'replaced' }, origin, view)
    }
    return keyStands(
      event,
      { state: 'on-roster', vouched: 'contact', contract: null },
      origin,
      view,
    )
  }
  if (event.type === 'customers.contact-key-revoked.v1') {
    await revoked({ ...event, why: 'lost' }, origin, view)
    if (!event.last) return
    const { customer, person } = event
    const changes = { state: 'invited', seq: origin.seq }
    return view.patch('customer_contacts', { customer, person }, changes)
  }
  if (event.type === 'customers.contact-left.v1') {
    for (const credentialId of event.keys) {
      await revoked({ ...event, credentialId, why: 'left' }, origin, view)
    }
    return
  }
}

type Vouching = { customer: string; person: string; key: ContactKey }

async function vouched(
  { customer, person, key }: Vouching,
  { seq, by, effectiveAt }: Origin,
  view: ViewWriter,
) {
  const credential_id = key.credentialId
  const row = { seq, customer, person, credential_id, voucher: by, vouched_at: effectiveAt }
  await view.put('customer_key_vouchers', row)
}

async function keyStands(
  { customer, person, key }: Vouching,
  standing: { state: string; vouched: string; contract: string | null },
  { seq, effectiveAt }: Origin,
  view: ViewWriter,
) {
  await view.put('customer_contact_keys', {
    customer,
    person,
    credential_id: key.credentialId,
    public_key: key.publicKey,
    fingerprint: key.fingerprint,
    rp_id: key.rpId,
    origin: key.origin,
    ...standing,
    since: effectiveAt,
    revoked_at: null,
    revoked_why: null,
    seq,
  })
}

async function revoked(
  {
    customer,
    person,
    credentialId,
    why,
  }: { customer: string; person: string; credentialId: string; why: string },
  { seq, effectiveAt }: Origin,
  view: ViewWriter,
) {
  const key = { customer, person, credential_id: credentialId }
  const changes = { state: 'revoked', revoked_at: effectiveAt, revoked_why: why, seq }
  await view.patch('customer_contact_keys', key, changes)
}

async function applyToLinks(event: CustomersEvent, { effectiveAt }: Origin, view: ViewWriter) {
  if (event.type === 'customers.link-sent.v1') {
    const { customer, person, link, expiresAt } = event
    await view.put('customer_sign_in_links', {
      link,
      customer,
      person,
      sent_at: effectiveAt,
      expires_at: expiresAt,
      used_at: null,
    })
  } else if (event.type === 'customers.link-used.v1') {
    await view.patch('customer_sign_in_links', { link: event.link }, { used_at: effectiveAt })
  }
}
