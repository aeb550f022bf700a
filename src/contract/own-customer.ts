import { z } from 'zod'
import { agreementId } from '../domain/customers/words.ts'
import { agreementShown, contactShown, customerShown } from './customer-shapes.ts'
import { route } from './route.ts'
import { day, done, personId, sha256, shown } from './shared.ts'

/** What waits for the contact who asks. */
const asked = z.object({
  kind: z.enum([
    'sign-agreement',
    'sign-agreement-again',
    'countersign-contact',
    'acknowledge-briefing',
    'key-not-on-roster',
  ]),
  /** Id of the agreement, person or session; the contact's own for a key that waits. */
  id: z.string(),
  title: shown,
  due: day.nullable(),
})

export const getOwnCustomer = route({
  id: 'getOwnCustomer',
  method: 'get',
  path: '/api/own/customer',
  permission: 'customer.own',
  summary:
    'The company for which I speak: systems, contacts, agreements, sessions, what waits for me',
  response: customerShown.extend({ me: contactShown, asked: z.array(asked) }),
})

export const getOwnAgreement = route({
  id: 'getOwnAgreement',
  method: 'get',
  path: '/api/own/agreements/{agreement}',
  permission: 'customer.own',
  summary: 'An agreement of my company, as it is to be signed',
  params: z.object({ agreement: agreementId }),
  response: agreementShown,
})

export const stopOwnAgreement = route({
  id: 'stopOwnAgreement',
  method: 'post',
  path: '/api/own/agreements/{agreement}/stop',
  permission: 'customer.own',
  summary: 'Suspend or end an agreement of my company, at once',
  params: z.object({ agreement: agreementId }),
  body: z.object({
    how: z.enum(['suspend', 'revoke']),
    reason: z.string().trim().min(1).max(500),
  }),
  response: done,
})

export const downloadOwnMaterial = route({
  id: 'downloadOwnMaterial',
  method: 'get',
  path: '/api/own/materials/{digest}',
  permission: 'customer.own',
  summary: 'A file that was shown to my company',
  params: z.object({ digest: sha256 }),
  response: 'bytes',
})

export const removeOwnContact = route({
  id: 'removeOwnContact',
  method: 'post',
  path: '/api/own/contacts/{person}/remove',
  permission: 'customer.own',
  summary: 'Somebody of my company speaks for it no more: all keys end at once',
  params: z.object({ person: personId }),
  body: z.object({ why: z.enum(['left', 'for-cause', 'withdrawn']) }),
  response: done,
})

export const ownCustomerRoutes = [
  getOwnCustomer,
  getOwnAgreement,
  stopOwnAgreement,
  downloadOwnMaterial,
  removeOwnContact,
] as const
