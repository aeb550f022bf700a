import { z } from 'zod'
import type { getCheck, getTrend } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import type { Check } from '../../domain/check.ts'
import type { Views } from '../ports.ts'
import type { Who } from './judged.ts'

/** Members of a population that are shown; how many there are is said beside them. */
export const membersMax = 500

const member = z.object({ subject: z.string(), label: z.string(), exception: z.boolean() })

/** The first members, exceptions before the others: they are what people came for. */
export function readMembers(views: Views, check: Check): Promise<z.infer<typeof member>[]> {
  return views.rows(
    member,
    `with judged_population (subject, label) as (${check.population}),
          judged_exceptions (subject, label, reason, observation) as (${check.exceptions})
     select p.subject, coalesce(p.label, p.subject) as label,
            exists (select from judged_exceptions e where e.subject = p.subject) as exception
       from judged_population p
      order by exception desc, label collate "C", subject collate "C"
      limit ${membersMax}`,
  )
}

const tally = z.object({
  day: z.string(),
  seq: z.number(),
  met: z.number(),
  notMet: z.number(),
  notProven: z.number(),
  notApplicable: z.number(),
})

/** The last recorded judgement of each day. */
export function readTrend(views: Views): Promise<Output<typeof getTrend>> {
  return views.rows(
    tally,
    `select distinct on (day) day, seq, met, not_met as "notMet", not_proven as "notProven",
            not_applicable as "notApplicable"
       from judgements
      order by day, seq desc`,
  )
}

const result = z.object({
  day: z.string(),
  status: z.enum(['met', 'not-met', 'not-proven']),
  population: z.number(),
  exceptions: z.number(),
  seq: z.number(),
})

export function readHistory(
  views: Views,
  check: string,
): Promise<Output<typeof getCheck>['history']> {
  return views.rows(
    result,
    `select distinct on (day) day, status, population, exceptions, seq
       from check_judgements
      where check_id = $1
      order by day, seq desc`,
    [check],
  )
}

const named = z.object({ person: z.string(), name: z.string().nullable() })

/** Who these are; whoever was erased, or is no person, has no name. */
export async function readNames(
  views: Views,
  persons: readonly (string | null)[],
): Promise<(person: string) => Who> {
  const asked = [...new Set(persons.filter((person) => person !== null))]
  const rows = await views.rows(named, 'select person, name from persons where person = any($1)', [
    asked,
  ])
  const names = new Map(rows.map(({ person, name }) => [person, name]))
  return (person) => ({ id: person, name: names.get(person) ?? null })
}

const told = z.object({
  seq: z.number(),
  type: z.string(),
  at: z.string(),
  by: z.object({ id: z.string(), name: z.string().nullable() }),
})

/** Everything that the ledger holds of one stream, oldest first. */
export function readStory(views: Views, stream: string): Promise<z.infer<typeof told>[]> {
  return views.rows(
    told,
    `select e.seq, e.type, e.effective_at as at,
            json_build_object('id', e.by, 'name', p.name) as by
       from entries e
       left join persons p on p.person = e.by
      where e.stream = $1
      order by e.seq`,
    [stream],
  )
}
