import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { Check } from '../../domain/check.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { details, type Details } from '../../domain/services/events.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import { serviceOne, serviceRows, type ServiceOne, type ServiceRow } from './reads.ts'
import { servicesRoom } from './room.ts'

export type ServicesCases = {
  readonly list: (asOf?: string) => Promise<ServiceRow[]>
  readonly get: (service: string, asOf?: string) => Promise<ServiceOne | Refused>
  readonly register: (
    said: Details,
    by: string,
  ) => Promise<(Handled & { readonly id: string }) | Refused>
  readonly change: (service: string, said: Details, by: string) => Promise<Handled | Refused>
  readonly retire: (service: string, reason: string, by: string) => Promise<Handled | Refused>
}

/** The register of every service that the organisation uses. */
export function openServices(
  engine: Engine,
  { blobs, checks }: { readonly blobs: Blobs; readonly checks: readonly Check[] },
): ServicesCases {
  const room = engine.open(servicesRoom)
  const keep = (said: Details) =>
    blobs.put(new TextEncoder().encode(canonicalJson(details.parse(said))))
  return {
    list: async (asOf) => serviceRows(await engine.views(asOf), null),
    get: async (service, asOf) =>
      (await serviceOne(await engine.views(asOf), service, checks)) ??
      refuse('service-unknown', service),
    async register(said, by) {
      const wrong = await whyNot(await engine.views(), said, null)
      if (wrong !== null) return wrong
      const service = engine.newId('svc')
      const detailsSha256 = await keep(said)
      const done = await room.handle({ type: 'register', service, detailsSha256 }, { by })
      return isRefused(done) ? done : { ...done, id: service }
    },
    async change(service, said, by) {
      const wrong = await whyNot(await engine.views(), said, service)
      if (wrong !== null) return wrong
      const detailsSha256 = await keep(said)
      return await room.handle({ type: 'change', service, detailsSha256 }, { by })
    },
    retire: (service, reason, by) => room.handle({ type: 'retire', service, reason }, { by }),
  }
}

const found = z.object({ count: z.int() })

/** What is named must be there; two services of one name would be taken for each other. */
async function whyNot(
  views: Views,
  said: Details,
  service: string | null,
): Promise<Refused | null> {
  const count = async (query: string, values: readonly unknown[]) => {
    const [row] = await views.rows(found, query, values)
    return row?.count ?? 0
  }
  const same = await count(
    `select count(*) as count from services
      where state = 'in-use' and lower(name) = lower($1) and service is distinct from $2`,
    [said.name, service],
  )
  if (same > 0) return refuse('service-exists', said.name)
  const owners = await count(
    `select count(*) as count from people p join persons q on q.person = p.person
      where p.person = $1 and not q.erased`,
    [said.owner],
  )
  if (owners === 0) return refuse('service-owner-unknown', said.owner)
  const named = [said.signOn.evidence, said.ownPolicy?.evidence, said.report?.evidence]
  const evidence = [...new Set(named.filter((one) => typeof one === 'string'))]
  const there = await count('select count(*) as count from evidence where evidence = any($1)', [
    evidence,
  ])
  if (there < evidence.length) return refuse('service-evidence-missing')
  const sources = [...new Set(said.sources)]
  const read = await count(
    'select count(*) as count from directory_sources where source = any($1)',
    [sources],
  )
  return read < sources.length ? refuse('service-source-missing') : null
}
