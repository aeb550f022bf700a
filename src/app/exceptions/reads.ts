import { z } from 'zod'
import type { getException } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import type { Views } from '../ports.ts'

const acceptance = z.object({
  by: z.object({ id: z.string(), name: z.string().nullable() }),
  until: z.string(),
  reason: z.string(),
  at: z.string(),
  seq: z.number(),
})

/** Everybody who ever signed that an exception is borne, oldest first; those run out too. */
export function readAcceptances(
  views: Views,
  exception: string,
): Promise<Output<typeof getException>['acceptances']> {
  return views.rows(
    acceptance,
    `select json_build_object('id', a.accepted_by, 'name', p.name) as by, a.until, a.reason,
            a.accepted_at as at, a.seq
       from exception_acceptances a
       left join persons p on p.person = a.accepted_by
      where a.exception = $1
      order by a.seq`,
    [exception],
  )
}
