import type { OrganisationCases } from '../app/organisation/open.ts'
import { changeScope, getOrganisation } from '../contract/evidence.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function organisationHandlers(organisation: OrganisationCases): readonly Handler[] {
  return [
    handler(getOrganisation, ({ query }) => organisation.mustRead(query.asOf)),
    handler(changeScope, async ({ body }, caller) => {
      const done = await organisation.changeScope(body, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
  ]
}
