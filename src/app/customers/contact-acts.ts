import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { contactKey } from '../../domain/customers/events.ts'
import { worded } from '../../domain/customers/roster-at.ts'
import { sortedEntitlement } from '../../domain/customers/roster.ts'
import { entitlement } from '../../domain/customers/words.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { defineAct, signedMeta, type ActHandler } from '../signed-act.ts'
import type { Notices } from './notices.ts'
import { contactKeyOf, customerOfContact, presentCustomer, type CustomersParts } from './parts.ts'

type Needs = CustomersParts & { readonly notices: Notices }

/** Who may speak for a customer is decided by signatures: of ours for the first key, then of theirs. */
export function contactActs(needs: Needs): readonly ActHandler[] {
  return [confirmContractKey(needs), countersignContact(needs), entitleContact(needs)]
}

/** The statement has everything that the event says, so that it can be held against it offline. */
const ofContact = z.object({ customer: z.string(), person: z.string(), entitlement })

/** Two of our own people, each alone in front of the paper, type what stands there. */
function confirmContractKey(needs: Needs): ActHandler {
  return defineAct({
    act: 'confirm-contract-key',
    permission: 'customers.confirm',
    signed: ofContact.extend({ key: contactKey, contract: z.string() }),
    async statement({ customer, person, fingerprint, contract }, signer) {
      const state = await presentCustomer(needs.room, customer)
      if (isRefused(state)) return state
      const contact = state.contacts.get(person)
      if (contact === undefined) return refuse('contact-unknown', person)
      if (!state.contracts.has(contract)) return refuse('contract-unknown', contract)
      if (state.roster.contacts.size > 0) return refuse('contract-key-not-first', person)
      const found = await contactKeyOf(needs, person, fingerprint)
      if (found === null) return refuse('contract-fingerprint-differs', person)
      if ([contact.invitedBy, found.invitedBy].includes(signer.person)) {
        return refuse('contact-invited-by-you', person)
      }
      const type = 'customers.contract-key-confirmed.v1' as const
      const { key } = found
      const { entitlement: rights } = contact
      return worded({ type, customer, person, key, entitlement: rights, contract })
    },
    async carryOut(statement, signature, signer) {
      const stale = await keyFault(needs, statement.person, statement.key)
      if (stale !== null) return stale
      const command = { type: 'confirm-contract-key', ...statement, signature } as const
      const done = await needs.room.handle(command, signedMeta(signature, signer))
      if (!isRefused(done)) {
        const { customer, person } = statement
        needs.notices.later('key-confirmed', { customer, about: person, by: signer.person })
      }
      return done
    },
  })
}

function countersignContact(needs: Needs): ActHandler {
  return defineAct({
    act: 'countersign-contact',
    permission: 'customer.own',
    signed: ofContact.extend({ key: contactKey }),
    async statement(input, signer) {
      const state = await customerOfContact(needs, signer.person)
      if (state === null) return refuse('countersigner-not-on-roster')
      const { person, fingerprint } = input
      if (person === signer.person) return refuse('contact-own-key', person)
      if (state.contacts.get(person)?.state !== 'present') return refuse('contact-unknown', person)
      const found = await contactKeyOf(needs, person, fingerprint)
      if (found === null) return refuse('contact-key-missing', person)
      const type = 'customers.contact-key-countersigned.v1' as const
      const { customer } = state
      const rights = sortedEntitlement(input.entitlement)
      return worded({ type, customer, person, key: found.key, entitlement: rights, replaces: [] })
    },
    async carryOut(statement, signature, signer) {
      const stranger = await otherCustomer(needs, signer.person, statement.customer)
      if (stranger !== null) return stranger
      const stale = await keyFault(needs, statement.person, statement.key)
      if (stale !== null) return stale
      const command = { type: 'countersign-contact', ...statement, signature } as const
      const done = await needs.room.handle(command, signedMeta(signature, signer))
      if (!isRefused(done)) {
        const { customer, person } = statement
        needs.notices.later('contact-countersigned', { customer, about: person, by: signer.person })
      }
      return done
    },
  })
}

function entitleContact(needs: Needs): ActHandler {
  return defineAct({
    act: 'entitle-contact',
    permission: 'customer.own',
    signed: ofContact,
    async statement(input, signer) {
      const state = await customerOfContact(needs, signer.person)
      if (state === null) return refuse('countersigner-not-on-roster')
      const { person } = input
      if (person === signer.person) return refuse('contact-own-key', person)
      if (!state.roster.contacts.has(person)) return refuse('contact-not-on-roster', person)
      const type = 'customers.contact-entitled.v1' as const
      const rights = sortedEntitlement(input.entitlement)
      return worded({ type, customer: state.customer, person, entitlement: rights })
    },
    async carryOut(statement, signature, signer) {
      const stranger = await otherCustomer(needs, signer.person, statement.customer)
      if (stranger !== null) return stranger
      const command = { type: 'entitle-contact', ...statement, signature } as const
      const done = await needs.room.handle(command, signedMeta(signature, signer))
      if (!isRefused(done)) {
        const { customer, person } = statement
        needs.notices.later('contact-entitled', { customer, about: person, by: signer.person })
      }
      return done
    },
  })
}

/** The key is still the contact's own, as the accounts' entries say. */
async function keyFault(
  needs: Needs,
  person: string,
  key: z.infer<typeof contactKey>,
): Promise<Refused | null> {
  const found = await contactKeyOf(needs, person, key.fingerprint)
  const same = found !== null && canonicalJson(found.key) === canonicalJson(key)
  return same ? null : refuse('contact-key-missing', person)
}

async function otherCustomer(
  needs: Needs,
  signer: string,
  customer: string,
): Promise<Refused | null> {
  const own = await customerOfContact(needs, signer)
  return own?.customer === customer ? null : refuse('countersigner-not-on-roster', customer)
}
