import { z } from 'zod'
import { agreementDocument } from '../domain/customers/documents.ts'
import { agreementId, customerCode } from '../domain/customers/words.ts'
import { agreementShown } from './customer-shapes.ts'
import { route } from './route.ts'
import { asOf, done, markdown } from './shared.ts'

const customer = z.object({ customer: customerCode })
const reason = z.string().trim().min(1).max(500)

export const getAgreement = route({
  id: 'getAgreement',
  method: 'get',
  path: '/api/agreements/{agreement}',
  permission: 'customers.read',
  summary: 'An agreement with its whole story',
  params: z.object({ agreement: agreementId }),
  query: asOf,
  response: agreementShown,
})

export const draftAgreement = route({
  id: 'draftAgreement',
  method: 'post',
  path: '/api/customers/{customer}/agreements',
  permission: 'customers.write',
  summary: 'Lay an agreement, or a new version of one, before the customer',
  params: customer,
  body: z.object({
    /** Absent for a new one. */
    agreement: agreementId.optional(),
    /** The newest version that the writer has seen; 0 for a new one. */
    version: z.int().min(0),
    runbook: markdown.min(1),
    document: agreementDocument.omit({ runbook: true }),
  }),
  response: done.extend({ id: agreementId, version: z.int() }),
})

export const suspendAgreement = route({
  id: 'suspendAgreement',
  method: 'post',
  path: '/api/agreements/{agreement}/suspend',
  permission: 'customers.write',
  summary: 'No run may start until the customer has signed again',
  params: z.object({ agreement: agreementId }),
  body: z.object({ reason }),
  response: done,
})

export const revokeAgreement = route({
  id: 'revokeAgreement',
  method: 'post',
  path: '/api/agreements/{agreement}/revoke',
  permission: 'customers.write',
  summary: 'The agreement ends for good',
  params: z.object({ agreement: agreementId }),
  body: z.object({ reason }),
  response: done,
})

export const agreementRoutes = [
  getAgreement,
  draftAgreement,
  suspendAgreement,
  revokeAgreement,
] as const
