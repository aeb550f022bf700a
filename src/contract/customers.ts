import { z } from 'zod'
import { customerDocument, systemDocument } from '../domain/customers/documents.ts'
import {
  briefingId,
  contractId,
  customerCode,
  entitlement,
  systemId,
  topics,
} from '../domain/customers/words.ts'
import { customerRow, customerShown } from './customer-shapes.ts'
import { route } from './route.ts'
import { asOf, day, done, instant, language, personId, sha256 } from './shared.ts'

const customer = z.object({ customer: customerCode })
const reason = z.string().trim().min(1).max(500)
const fileName = z.string().trim().min(1).max(200)

export const listCustomers = route({
  id: 'listCustomers',
  method: 'get',
  path: '/api/customers',
  permission: 'customers.read',
  summary: 'Customers, and what needs looking after at each',
  query: asOf,
  response: z.array(customerRow),
})

export const registerCustomer = route({
  id: 'registerCustomer',
  method: 'post',
  path: '/api/customers',
  permission: 'customers.write',
  summary: 'Register a customer under a short code',
  body: customerDocument.extend({ customer: customerCode }),
  response: done,
})

export const getCustomer = route({
  id: 'getCustomer',
  method: 'get',
  path: '/api/customers/{customer}',
  permission: 'customers.read',
  summary: 'One customer: systems, contacts, agreements, what was understood',
  params: customer,
  query: asOf,
  response: customerShown,
})

export const describeCustomer = route({
  id: 'describeCustomer',
  method: 'put',
  path: '/api/customers/{customer}',
  permission: 'customers.write',
  summary: 'A new version of how a customer is called',
  params: customer,
  body: customerDocument.extend({ version: z.int().min(1) }),
  response: done,
})

export const endCustomer = route({
  id: 'endCustomer',
  method: 'post',
  path: '/api/customers/{customer}/end',
  permission: 'customers.write',
  summary: 'The customer is one no more; nothing can be approved from then on',
  params: customer,
  body: z.object({ reason }),
  response: done,
})

export const describeSystem = route({
  id: 'describeSystem',
  method: 'put',
  path: '/api/customers/{customer}/systems/{system}',
  permission: 'customers.write',
  summary: 'A system with environments, hosts and cloud accounts; a new version each time',
  params: customer.extend({ system: systemId }),
  body: z.object({ document: systemDocument, version: z.int().min(0) }),
  response: done,
})

export const retireSystem = route({
  id: 'retireSystem',
  method: 'post',
  path: '/api/customers/{customer}/systems/{system}/retire',
  permission: 'customers.write',
  summary: 'The system is run no more',
  params: customer.extend({ system: systemId }),
  body: z.object({ reason }),
  response: done,
})

export const registerContract = route({
  id: 'registerContract',
  method: 'post',
  path: '/api/customers/{customer}/contracts',
  permission: 'customers.write',
  summary: 'Keep the signed contract, in which the fingerprint of the first key is written',
  params: customer,
  query: z.object({
    title: z.string().trim().min(1).max(200),
    fileName,
    signedOn: day,
    until: day.optional(),
  }),
  body: { bytes: 52_428_800 },
  response: done.extend({ id: contractId }),
})

export const downloadContract = route({
  id: 'downloadContract',
  method: 'get',
  path: '/api/customers/{customer}/contracts/{contract}/file',
  permission: 'customers.read',
  summary: 'The contract itself',
  params: customer.extend({ contract: contractId }),
  response: 'bytes',
})

/** The link goes to the contact by mail and is shown to nobody here. */
export const inviteContact = route({
  id: 'inviteContact',
  method: 'post',
  path: '/api/customers/{customer}/contacts',
  permission: 'customers.write',
  summary: 'Invite a contact of the customer by mail',
  params: customer,
  body: z.object({
    name: z.string().trim().min(1).max(200),
    email: z.email().max(320),
    language,
    entitlement,
  }),
  response: done.extend({ person: personId, expiresAt: instant }),
})

export const inviteContactAgain = route({
  id: 'inviteContactAgain',
  method: 'post',
  path: '/api/customers/{customer}/contacts/{person}/invite',
  permission: 'customers.write',
  summary: 'A new link for a contact who lost the link or the passkey',
  params: customer.extend({ person: personId }),
  response: z.object({ expiresAt: instant }),
})

export const removeContact = route({
  id: 'removeContact',
  method: 'post',
  path: '/api/customers/{customer}/contacts/{person}/remove',
  permission: 'customers.write',
  summary: 'The contact has left: keys end at once, agreements wait to be signed again',
  params: customer.extend({ person: personId }),
  body: z.object({ why: z.enum(['left', 'for-cause', 'withdrawn']) }),
  response: done,
})

export const revokeContactKey = route({
  id: 'revokeContactKey',
  method: 'post',
  path: '/api/customers/{customer}/contacts/{person}/keys/{credential}/revoke',
  permission: 'customers.write',
  summary: 'A key was lost: it counts no more',
  params: customer.extend({
    person: personId,
    credential: z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/),
  }),
  response: done,
})

export const keepMaterial = route({
  id: 'keepMaterial',
  method: 'post',
  path: '/api/customers/{customer}/materials',
  permission: 'customers.write',
  summary: 'Keep a file that is shown to the customer in a session',
  params: customer,
  query: z.object({ fileName }),
  body: { bytes: 52_428_800 },
  response: z.object({ fileName: z.string(), sha256, size: z.int() }),
})

export const holdBriefing = route({
  id: 'holdBriefing',
  method: 'post',
  path: '/api/customers/{customer}/briefings',
  permission: 'customers.write',
  summary: 'Record a session that was held with the customer',
  params: customer,
  body: z.object({
    title: z.string().trim().min(1).max(200),
    topics: z.array(z.enum(topics)).min(1),
    summary: z.string().trim().min(1).max(20_000),
    materials: z.array(z.object({ fileName, sha256, size: z.int().min(1) })).max(20),
    heldOn: day,
    renewBy: day,
    ours: z.array(personId).min(1).max(50),
    theirs: z.array(personId).max(50),
    others: z.int().min(0).max(1_000),
  }),
  response: done.extend({ id: briefingId }),
})

export const downloadMaterial = route({
  id: 'downloadMaterial',
  method: 'get',
  path: '/api/customers/{customer}/materials/{digest}',
  permission: 'customers.read',
  summary: 'A file that was shown in a session',
  params: customer.extend({ digest: sha256 }),
  response: 'bytes',
})

export const customerRoutes = [
  listCustomers,
  registerCustomer,
  getCustomer,
  describeCustomer,
  endCustomer,
  describeSystem,
  retireSystem,
  registerContract,
  downloadContract,
  inviteContact,
  inviteContactAgain,
  removeContact,
  revokeContactKey,
  keepMaterial,
  holdBriefing,
  downloadMaterial,
] as const
