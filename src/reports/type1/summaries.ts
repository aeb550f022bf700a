import { z } from 'zod'
import type { Views } from '../../app/ports.ts'
import type { Language } from '../../domain/audit/events.ts'
import type { SummaryTable } from './model.ts'
import type { Type1Texts } from './texts-en.ts'

const number = z.number()
const people = z.object({ department: z.string().nullable(), employed: number, left: number })
const hosts = z.object({
  os: z.string(),
  hosts: number,
  pending: number.nullable(),
  until: z.string().nullable(),
})
const policies = z.object({
  title: z.string(),
  version: number,
  approved: z.string().nullable(),
  unacknowledged: number,
})

/** The tables below DC 3: who works here, what runs here, which policies are in force. */
export async function summaryTables(
  views: Views,
  language: Language,
  texts: Type1Texts,
): Promise<SummaryTable[]> {
  const { summaries } = texts
  const [byDepartment, byOs, inForce] = await Promise.all([
    views.rows(people, peopleQuery),
    views.rows(hosts, hostsQuery),
    views.rows(policies, policiesQuery, [language]),
  ])
  const column = (label: string) => ({ label, kind: 'text' as const })
  const count = (label: string) => ({ label, kind: 'number' as const })
  return [
    {
      id: 'people',
      title: summaries.people,
      columns: [
        column(summaries.department),
        count(summaries.employed),
        count(summaries.leftInYear),
      ],
      rows: byDepartment.map((row) => [row.department, row.employed, row.left]),
    },
    {
      id: 'hosts',
      title: summaries.hosts,
      columns: [
        column(summaries.os),
        count(summaries.hostCount),
        count(summaries.pending),
        column(summaries.supportedUntil),
      ],
      rows: byOs.map((row) => [row.os, row.hosts, row.pending, row.until]),
    },
    {
      id: 'policies',
      title: summaries.policies,
      columns: [
        column(summaries.policy),
        count(summaries.version),
        column(summaries.approvedOn),
        count(summaries.unacknowledged),
      ],
      rows: inForce.map((row) => [row.title, row.version, row.approved, row.unacknowledged]),
    },
  ]
}

const employed = `start_date <= as_of_day() and coalesce(end_date >= as_of_day(), true)`

const peopleQuery = `
  select department, count(*) filter (where ${employed}) as employed,
         count(*) filter (where end_date > as_of_day() - interval '12 months'
                            and end_date < as_of_day()) as left
    from people
   group by department
  having count(*) filter (where ${employed}) > 0
      or count(*) filter (where end_date > as_of_day() - interval '12 months'
                            and end_date < as_of_day()) > 0
   order by department collate "C" nulls last`

const hostsQuery = `
  select h.os_name as os, count(*) as hosts,
         case when count(u.security) = count(*)
              then count(*) filter (where u.security > 0) end as pending,
         min(h.support_ends) as until
    from hosts h
    left join host_updates u on u.host = h.host
   where h.state <> 'retired'
   group by h.os_name
   order by h.os_name collate "C"`

/** Everybody employed is counted; whether a policy is meant for them the checks say. */
const policiesQuery = `
  select case when $1 = 'ja' then v.title_ja else v.title_en end as title, p.version,
         (p.approved_at at time zone
           (select time_zone from organisation))::date as approved,
         (select count(*) from people e
           where ${employed}
             and not exists (select from policy_acknowledgements a
                              where a.policy = p.policy and a.version = p.version
                                and a.person = e.person)) as unacknowledged
    from policies p
    join policy_versions v on v.policy = p.policy and v.version = p.version
   where not p.withdrawn
   order by p.policy collate "C"`
