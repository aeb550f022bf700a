import type { PoliciesCases } from '../app/policies/open.ts'
import {
  adoptPolicies,
  draftPolicy,
  getPolicy,
  listPolicies,
  withdrawPolicy,
} from '../contract/people.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, readerOf, type Handler } from './handler.ts'

export function policiesHandlers(policies: PoliciesCases): readonly Handler[] {
  return [
    handler(listPolicies, ({ query }, caller) => policies.list(readerOf(caller), query.asOf)),
    handler(getPolicy, ({ params, query }, caller) =>
      policies.get(params.policy, readerOf(caller), query.asOf),
    ),
    handler(adoptPolicies, async ({ body }, caller) => {
      const done = await policies.adopt(body.policies, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(draftPolicy, async ({ params, body }, caller) => {
      const done = await policies.draft({ ...body, policy: params.policy }, personOf(caller))
      return isRefused(done) ? done : { seq: done.last, version: done.version }
    }),
    handler(withdrawPolicy, async ({ params, body }, caller) => {
      const done = await policies.withdraw(params.policy, body.reason, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
  ]
}
