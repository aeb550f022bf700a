import type { z } from 'zod'
import type { getOwnCustomer } from '../../contract/own-customer.ts'
import type { Output } from '../../contract/route.ts'
import { covers } from '../../domain/customers/roster.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import type { contactShown } from '../../contract/customer-shapes.ts'
import { customerOfContact, type CustomersParts } from './parts.ts'
import { customerOne, type CustomerShown } from './reads.ts'

type Own = Output<typeof getOwnCustomer>
type Asked = Own['asked'][number]
type Contact = z.infer<typeof contactShown>

/** What a contact sees: the own company, and what waits for the one who asks. */
export async function ownCustomer(parts: CustomersParts, person: string): Promise<Own | Refused> {
  const state = await customerOfContact(parts, person)
  if (state === null) return refuse('contact-left', person)
  const shown = await customerOne(await parts.engine.views(), state.customer)
  const me = shown?.contacts.find((contact) => contact.person.id === person)
  if (shown === null || me === undefined) return refuse('contact-left', person)
  return { ...shown, me, asked: askedOf(shown, me) }
}

function askedOf(shown: CustomerShown, me: Contact): Asked[] {
  if (me.state !== 'on-roster') {
    const title = { ja: 'あなたの鍵はまだ有効ではありません', en: 'Your key does not count yet' }
    return [{ kind: 'key-not-on-roster', id: me.person.id, title, due: null }]
  }
  return [...toSign(shown, me), ...toCountersign(shown, me), ...toAcknowledge(shown)]
}

function toSign({ agreements }: CustomerShown, me: Contact): Asked[] {
  return agreements
    .filter((one) => covers(me.entitlement, one))
    .flatMap(({ id, title, state, waiting, resignBy }): Asked[] => {
      if (state === 'revoked') return []
      if (waiting) return [{ kind: 'sign-agreement', id, title, due: null }]
      const again = resignBy !== null || state === 'suspended'
      return again ? [{ kind: 'sign-agreement-again', id, title, due: resignBy }] : []
    })
}

function toCountersign({ contacts }: CustomerShown, me: Contact): Asked[] {
  return contacts
    .filter(({ state, person }) => state !== 'left' && person.id !== me.person.id)
    .filter(({ keys }) => keys.some((key) => key.state === 'waiting'))
    .map(({ person: { id, name } }) => {
      const title = {
        ja: `${name ?? '—'} 様の鍵の副署`,
        en: `Countersign the key of ${name ?? '—'}`,
      }
      return { kind: 'countersign-contact', id, title, due: null }
    })
}

function toAcknowledge({ briefings }: CustomerShown): Asked[] {
  return briefings
    .filter(({ acknowledged }) => acknowledged.length === 0)
    .map(({ id, title }) => ({
      kind: 'acknowledge-briefing',
      id,
      title: { ja: title, en: title },
      due: null,
    }))
}
