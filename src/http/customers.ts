import type { CustomersCases } from '../app/customers/open.ts'
import * as agreements from '../contract/agreements.ts'
import * as contract from '../contract/customers.ts'
import * as own from '../contract/own-customer.ts'
import type { Handled } from '../app/engine/engine.ts'
import { isRefused, type Refused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function customerHandlers(customers: CustomersCases): readonly Handler[] {
  return [
    ...customerOnes(customers),
    ...contactOnes(customers),
    ...agreementOnes(customers),
    ...briefingOnes(customers),
    ...ownOnes(customers),
  ]
}

function seqOf(done: Handled | Refused) {
  return isRefused(done) ? done : { seq: done.last }
}

function customerOnes(customers: CustomersCases): readonly Handler[] {
  return [
    handler(contract.listCustomers, ({ query }) => customers.list(query.asOf)),
    handler(contract.getCustomer, ({ params, query }) =>
      customers.get(params.customer, query.asOf),
    ),
    handler(contract.registerCustomer, async ({ body }, caller) => {
      const { customer, ...document } = body
      return seqOf(await customers.describe(customer, document, 1, personOf(caller)))
    }),
    handler(contract.describeCustomer, async ({ params, body }, caller) => {
      const { version, ...document } = body
      const by = personOf(caller)
      return seqOf(await customers.describe(params.customer, document, version + 1, by))
    }),
    handler(contract.endCustomer, async ({ params, body }, caller) =>
      seqOf(await customers.end(params.customer, body.reason, personOf(caller))),
    ),
    handler(contract.describeSystem, async ({ params, body }, caller) => {
      const { document, version } = body
      return seqOf(await customers.describeSystem(params, document, version + 1, personOf(caller)))
    }),
    handler(contract.retireSystem, async ({ params, body }, caller) =>
      seqOf(await customers.retireSystem(params, body.reason, personOf(caller))),
    ),
  ]
}

function contactOnes({ contacts }: CustomersCases): readonly Handler[] {
  return [
    handler(contract.inviteContact, async ({ params, body }, caller) => {
      const done = await contacts.invite(params.customer, body, personOf(caller))
      if (isRefused(done)) return done
      return { seq: done.last, person: done.person, expiresAt: done.expiresAt }
    }),
    handler(contract.inviteContactAgain, ({ params }, caller) =>
      contacts.inviteAgain(params.customer, params.person, personOf(caller)),
    ),
    handler(contract.removeContact, async ({ params, body }, caller) => {
      const { customer, person } = params
      return seqOf(await contacts.remove(customer, person, body.why, personOf(caller)))
    }),
    handler(contract.revokeContactKey, async ({ params }, caller) => {
      const { customer, person, credential } = params
      return seqOf(await contacts.revokeKey(customer, person, credential, personOf(caller)))
    }),
  ]
}

function agreementOnes({ agreements: cases }: CustomersCases): readonly Handler[] {
  return [
    handler(agreements.getAgreement, ({ params, query }) =>
      cases.get(params.agreement, query.asOf),
    ),
    handler(agreements.draftAgreement, async ({ params, body }, caller) => {
      const done = await cases.draft(params.customer, body, personOf(caller))
      return isRefused(done) ? done : { seq: done.last, id: done.id, version: done.version }
    }),
    handler(agreements.suspendAgreement, async ({ params, body }, caller) =>
      seqOf(await cases.stop(params.agreement, 'suspend', body.reason, personOf(caller))),
    ),
    handler(agreements.revokeAgreement, async ({ params, body }, caller) =>
      seqOf(await cases.stop(params.agreement, 'revoke', body.reason, personOf(caller))),
    ),
  ]
}

function briefingOnes({ briefings }: CustomersCases): readonly Handler[] {
  return [
    handler(contract.registerContract, async ({ params, query, body }, caller) => {
      const { until, ...given } = query
      const file = { ...given, until: until ?? null, bytes: body }
      const done = await briefings.registerContract(params.customer, file, personOf(caller))
      return isRefused(done) ? done : { seq: done.last, id: done.id }
    }),
    handler(contract.downloadContract, ({ params }) =>
      briefings.contractFile(params.customer, params.contract),
    ),
    handler(contract.keepMaterial, ({ query, body }) =>
      briefings.keepMaterial({ fileName: query.fileName, bytes: body }),
    ),
    handler(contract.downloadMaterial, ({ params }) =>
      briefings.material(params.customer, params.digest),
    ),
    handler(contract.holdBriefing, async ({ params, body }, caller) => {
      const done = await briefings.hold(params.customer, body, personOf(caller))
      return isRefused(done) ? done : { seq: done.last, id: done.id }
    }),
  ]
}

/** A contact names no customer: it is always his own. */
function ownOnes({ own: ownOf, agreements: cases, contacts, briefings }: CustomersCases) {
  return [
    handler(own.getOwnCustomer, (_, caller) => ownOf(personOf(caller))),
    handler(own.getOwnAgreement, ({ params }, caller) =>
      cases.getOwn(params.agreement, personOf(caller)),
    ),
    handler(own.stopOwnAgreement, async ({ params, body }, caller) =>
      seqOf(await cases.stopOwn(params.agreement, body.how, body.reason, personOf(caller))),
    ),
    handler(own.downloadOwnMaterial, ({ params }, caller) =>
      briefings.ownMaterial(personOf(caller), params.digest),
    ),
    handler(own.removeOwnContact, async ({ params, body }, caller) =>
      seqOf(await contacts.removeOwn(params.person, body.why, personOf(caller))),
    ),
  ]
}
