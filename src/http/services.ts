import type { ServicesCases } from '../app/services/open.ts'
import {
  changeService,
  getService,
  listServices,
  registerService,
  retireService,
} from '../contract/services.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function servicesHandlers(services: ServicesCases): readonly Handler[] {
  return [
    handler(listServices, ({ query }) => services.list(query.asOf)),
    handler(getService, ({ params, query }) => services.get(params.service, query.asOf)),
    handler(registerService, async ({ body }, caller) => {
      const done = await services.register(body, personOf(caller))
      return isRefused(done) ? done : { id: done.id, seq: done.last }
    }),
    handler(changeService, async ({ params, body }, caller) => {
      const done = await services.change(params.service, body, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(retireService, async ({ params, body }, caller) => {
      const done = await services.retire(params.service, body.reason, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
  ]
}
