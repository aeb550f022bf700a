import { z } from 'zod'
import { groups } from '../../domain/people/audience.ts'
import { isHere, isMeant } from '../../domain/people/standing.ts'
import type { Views } from '../ports.ts'

const text = z.string()
const who = z.object({ id: text, name: text.nullable() })
const shown = z.object({ ja: text, en: text })

const personStates = ['future', 'active', 'left', 'erased', 'off-roster'] as const

const personRow = z.object({
  id: text,
  employeeNumber: text.nullable(),
  name: text.nullable(),
  email: text.nullable(),
  department: text.nullable(),
  title: text.nullable(),
  manager: who.nullable(),
  startDate: text.nullable(),
  endDate: text.nullable(),
  state: z.enum(personStates),
  groups: z.array(z.enum(groups)),
  listed: z.boolean(),
  training: z.object({ done: z.int(), required: z.int() }),
  policies: z.object({ acknowledged: z.int(), required: z.int() }),
})
export type PersonRow = z.infer<typeof personRow>

/** `$1`: one person, or null for everybody on the roster. */
const personRows = `
  with trained as (
    select p.person, count(*) as required,
           count(*) filter (where r.on_day + make_interval(months => c.valid_months)
                                  >= as_of_day()) as done
      from people p
      join courses c on c.state = 'offered' and ${isMeant('c', 'p')}
      left join (select person, course, max(on_day) as on_day
                   from training_results where passed group by person, course) r
             on r.person = p.person and r.course = c.course
     where ${isHere('p')} and ($1::text is null or p.person = $1)
     group by p.person),
  read as (
    select p.person, count(*) as required, count(a.person) as acknowledged
      from people p
      join policies l on l.version is not null
      join policy_versions v on v.policy = l.policy and v.version = l.version
                            and ${isMeant('v', 'p')}
      left join policy_acknowledgements a
             on a.policy = l.policy and a.version = l.version and a.person = p.person
     where ${isHere('p')} and ($1::text is null or p.person = $1)
     group by p.person)
  select q.person as id, p.employee_number as "employeeNumber", q.name, q.email, p.department,
         p.title, p.start_date as "startDate", p.end_date as "endDate",
         case when p.manager is not null
              then json_build_object('id', p.manager, 'name', m.name) end as manager,
         case when q.erased then 'erased'
              when p.person is null then 'off-roster'
              when p.start_date > as_of_day() then 'future'
              when p.end_date < as_of_day() then 'left'
              else 'active' end as state,
         coalesce(p.groups, '{}') as groups, coalesce(p.is_named, true) as listed,
         json_build_object('done', coalesce(t.done, 0),
                           'required', coalesce(t.required, 0)) as training,
         json_build_object('acknowledged', coalesce(r.acknowledged, 0),
                           'required', coalesce(r.required, 0)) as policies
    from persons q
    left join people p on p.person = q.person
    left join persons m on m.person = p.manager
    left join trained t on t.person = q.person
    left join read r on r.person = q.person
   where case when $1::text is null then p.person is not null else q.person = $1 end`

export async function peopleList(views: Views, state?: string): Promise<PersonRow[]> {
  const rows = await views.rows(
    personRow,
    `select * from (${personRows}) everybody
      where $2::text is null or state = $2
      order by "employeeNumber" nulls last, id`,
    [null, state ?? null],
  )
  return rows
}

export async function personOne(views: Views, person: string): Promise<PersonRow | null> {
  const [found] = await views.rows(personRow, personRows, [person])
  return found ?? null
}

export async function lastImportAt(views: Views): Promise<string | null> {
  const [found] = await views.rows(
    z.object({ at: text.nullable() }),
    'select max(imported_at) as at from roster_imports',
  )
  return found?.at ?? null
}

const account = z.object({ role: text, state: text })
const course = z.object({
  id: text,
  title: shown,
  state: z.enum(['current', 'expired', 'missing', 'not-required']),
  completedOn: text.nullable(),
  score: z.int().nullable(),
})
const acknowledgement = z.object({
  policy: text,
  title: shown,
  version: z.int(),
  acknowledgedAt: text.nullable(),
})
const control = z.object({ id: text, title: shown })
const erasure = z.object({ by: who, at: text, reason: text, seq: z.int() })
const told = z.object({ seq: z.int(), type: text, at: text, by: who })

/** The newest entries about a person; sign-ins would fill pages. */
const storyMax = 500

/** What belongs to one person beside the roster. */
export async function personDetails(views: Views, person: string) {
  const about = [person]
  const [accounts, reports, courses, acknowledgements, controls, story, erasures] =
    await Promise.all([
      views.rows(account, 'select role, state from accounts where person = $1', about),
      views.rows(
        who,
        `select p.person as id, n.name
         from people p join persons n on n.person = p.person
        where p.manager = $1 and ${isHere('p')}
        order by n.name, p.person`,
        about,
      ),
      views.rows(course, personCourses, about),
      views.rows(acknowledgement, personPolicies, about),
      views.rows(
        control,
        `select control as id, json_build_object('ja', title_ja, 'en', title_en) as title
         from controls where owner = $1 and state = 'adopted' order by control`,
        about,
      ),
      views.rows(
        told,
        `select s.seq, s.type, s.at, json_build_object('id', s.by, 'name', n.name) as by
         from person_story s left join persons n on n.person = s.by
        where s.person = $1 order by s.seq desc limit ${storyMax}`,
        about,
      ),
      views.rows(
        erasure,
        `select json_build_object('id', e.erased_by, 'name', n.name) as by, e.erased_at as at,
              e.reason, e.seq
         from erasures e left join persons n on n.person = e.erased_by
        where e.person = $1`,
        about,
      ),
    ])
  return {
    account: accounts[0] ?? null,
    erasure: erasures[0] ?? null,
    reports,
    courses,
    acknowledgements,
    controls,
    story,
  }
}

const personCourses = `
  select c.course as id, json_build_object('ja', c.title_ja, 'en', c.title_en) as title,
         case when p.person is null or c.state <> 'offered' then 'not-required'
              when r.on_day is null then 'missing'
              when r.on_day + make_interval(months => c.valid_months) < as_of_day() then 'expired'
              else 'current' end as state,
         r.on_day as "completedOn", s.score
    from courses c
    left join people p on p.person = $1 and ${isHere('p')} and ${isMeant('c', 'p')}
    left join lateral (select on_day, seq from training_results r
                        where r.person = $1 and r.course = c.course and r.passed
                        order by on_day desc, seq desc limit 1) r on true
    left join training_scores s on s.seq = r.seq
   where (c.state = 'offered' and p.person is not null) or r.on_day is not null
   order by c.course`

const personPolicies = `
  select l.policy, json_build_object('ja', v.title_ja, 'en', v.title_en) as title, l.version,
         a.acknowledged_at as "acknowledgedAt"
    from policies l
    join policy_versions v on v.policy = l.policy and v.version = l.version
    left join people p on p.person = $1 and ${isHere('p')} and ${isMeant('v', 'p')}
    left join policy_acknowledgements a
           on a.policy = l.policy and a.version = l.version and a.person = $1
   where p.person is not null or a.person is not null
   order by l.policy`

/** Today in the organisation's zone, as the views are judged. */
export async function todayOf(views: Views): Promise<string> {
  const [found] = await views.rows(z.object({ day: text }), 'select as_of_day() as day')
  if (found === undefined) throw new Error('as_of_day() gave no day')
  return found.day
}
