import type { DeviceCases } from '../app/devices/open.ts'
import {
  addSource,
  assignAccount,
  declarePort,
  downloadObservation,
  getHost,
  getRun,
  listHosts,
  listObservations,
  listSources,
  observe,
  readHostKeys,
  removeSource,
} from '../contract/devices.ts'
import { isRefused, type Refused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function deviceHandlers(devices: DeviceCases): readonly Handler[] {
  return [
    handler(listSources, ({ query }) => devices.sources(query.asOf)),
    handler(addSource, async ({ body }, caller) => {
      const done = await devices.addSource(body, personOf(caller))
      return isRefused(done) ? done : { id: done.id, seq: done.last }
    }),
    handler(readHostKeys, ({ body }) => devices.readHostKeys(body.host, body.port)),
    handler(removeSource, async ({ params, body }, caller) =>
      answered(await devices.removeSource(params.source, body.reason, personOf(caller))),
    ),
    handler(observe, ({ params }, caller) => devices.observe(params.source, personOf(caller))),
    handler(getRun, async ({ params }) => devices.runShown(params.run)),
    handler(listObservations, ({ params, query }) =>
      devices.observations(params.source, query.asOf),
    ),
    handler(downloadObservation, ({ params }) => devices.answer(params.source, params.seq)),
    handler(listHosts, ({ query }) => devices.hosts(query.asOf)),
    handler(getHost, ({ params, query }) => devices.host(params.host, query.asOf)),
    handler(declarePort, async ({ params, body }, caller) =>
      answered(await devices.declarePort({ ...params, ...body }, personOf(caller))),
    ),
    handler(assignAccount, async ({ params, body }, caller) =>
      answered(await devices.assignAccount({ ...params, ...body }, personOf(caller))),
    ),
  ]
}

function answered(
  done: { readonly last: number | null } | Refused,
): { seq: number | null } | Refused {
  return isRefused(done) ? done : { seq: done.last }
}
