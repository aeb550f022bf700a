import { z } from 'zod'
import type { getControl } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import { worksHere } from '../../domain/controls/checks.ts'
import type { Occurrence } from '../judging/judged.ts'
import type { Views } from '../ports.ts'

/** Whether somebody can be made responsible: they work here on the day of the views. */
export async function isActive(views: Views, person: string): Promise<boolean> {
  const rows = await views.rows(
    z.object({ active: z.boolean() }),
    `select ${worksHere('$1::text')} as active`,
    [person],
  )
  return rows[0]?.active === true
}

const version = z.object({
  version: z.number(),
  kind: z.enum(['adopted', 'added', 'edited', 'retired']),
  change: z.string(),
  by: z.object({ id: z.string(), name: z.string().nullable() }),
  at: z.string(),
  seq: z.number(),
})

export function readVersions(
  views: Views,
  control: string,
): Promise<Output<typeof getControl>['versions']> {
  return views.rows(
    version,
    `select v.version, v.kind, v.change, v.at, v.seq,
            json_build_object('id', v.decided_by, 'name', p.name) as by
       from control_versions v
       left join persons p on p.person = v.decided_by
      where v.control = $1
      order by v.seq`,
    [control],
  )
}

const document = z.object({
  id: z.string(),
  title: z.string(),
  to: z.string(),
  conclusion: z.enum(['accepted', 'rejected', 'none']),
})

/** The documents of a control, each under the turn in which its last day lies. */
export async function readOccurrences(
  views: Views,
  control: string,
  occurrences: readonly Occurrence[],
): Promise<Output<typeof getControl>['occurrences']> {
  const documents = await views.rows(
    document,
    `select e.evidence as id, e.title, e.to_day as "to",
            case e.state when 'awaiting-inspection' then 'none' else e.state end as conclusion
       from evidence_controls ec
       join evidence e on e.evidence = ec.evidence
      where ec.control = $1
      order by e.to_day, e.seq`,
    [control],
  )
  return occurrences.map(({ from, to, state }) => ({
    from,
    to,
    state,
    evidence: documents
      .filter((one) => one.to >= from && one.to <= to)
      .map(({ id, title, conclusion }) => ({ id, title, conclusion })),
  }))
}
