import { z } from 'zod'
import { audiences } from '../../domain/people/audience.ts'
import { isHere, isMeant } from '../../domain/people/standing.ts'
import type { Views } from '../ports.ts'

const text = z.string()
const shown = z.object({ ja: text, en: text })

const courseRow = z.object({
  id: text,
  edition: text,
  title: shown,
  audience: z.enum(audiences),
  state: z.enum(['offered', 'withdrawn']),
  validMonths: z.int(),
  passingScore: z.int(),
  required: z.int(),
  completed: z.int(),
  mine: z
    .object({
      completedOn: text.nullable(),
      score: z.int().nullable(),
      required: z.boolean(),
      current: z.boolean(),
    })
    .nullable(),
})
export type CourseRow = z.infer<typeof courseRow>

/** `$1`: who asks (null for nobody in particular), `$2`: one course, or null for all. */
const courseRows = `
  with done as (
    select person, course, max(on_day) as on_day
      from training_results where passed group by person, course),
  counted as (
    select c.course, count(*) as required,
           count(*) filter (where d.on_day + make_interval(months => c.valid_months)
                                  >= as_of_day()) as completed
      from courses c
      join people p on ${isHere('p')} and ${isMeant('c', 'p')}
      left join done d on d.person = p.person and d.course = c.course
     where c.state = 'offered'
     group by c.course)
  select c.course as id, c.edition, c.audience, c.state, c.valid_months as "validMonths",
         c.passing_score as "passingScore",
         json_build_object('ja', c.title_ja, 'en', c.title_en) as title,
         coalesce(n.required, 0) as required, coalesce(n.completed, 0) as completed,
         case when $1::text is not null then json_build_object(
           'completedOn', m.on_day, 'score', s.score,
           'required', c.state = 'offered' and p.person is not null,
           'current', coalesce(m.on_day + make_interval(months => c.valid_months)
                               >= as_of_day(), false)) end as mine
    from courses c
    left join counted n on n.course = c.course
    left join people p on p.person = $1 and ${isHere('p')} and ${isMeant('c', 'p')}
    left join lateral (select r.on_day, r.seq from training_results r
                        where r.person = $1 and r.course = c.course and r.passed
                        order by r.on_day desc, r.seq desc limit 1) m on true
    left join training_scores s on s.seq = m.seq
   where $2::text is null or c.course = $2
   order by c.course`

export function courseList(views: Views, person: string | null): Promise<CourseRow[]> {
  return views.rows(courseRow, courseRows, [person, null])
}

export async function courseOne(
  views: Views,
  person: string | null,
  course: string,
): Promise<CourseRow | null> {
  const [found] = await views.rows(courseRow, courseRows, [person, course])
  return found ?? null
}

const attempt = z.object({ at: text, score: z.int(), passed: z.boolean(), seq: z.int() })

/** A person's own tries at the quiz, newest first. */
export function attemptsOf(views: Views, person: string, course: string) {
  return views.rows(
    attempt,
    `select r.at, s.score, r.passed, r.seq
       from training_results r
       join training_scores s on s.seq = r.seq
      where r.person = $1 and r.course = $2 and r.origin = 'quiz'
      order by r.seq desc limit 100`,
    [person, course],
  )
}

const trainee = z.object({
  person: text,
  employeeNumber: text.nullable(),
  email: text.nullable(),
})
export type Trainee = z.infer<typeof trainee>

/** Everybody on the roster, for finding whom a list of completions means. */
export function trainees(views: Views): Promise<Trainee[]> {
  return views.rows(
    trainee,
    `select p.person, p.employee_number as "employeeNumber", q.email
       from people p join persons q on q.person = p.person where not q.erased`,
  )
}

/** What other systems have said already, as `person course day`. */
export async function toldAlready(views: Views): Promise<ReadonlySet<string>> {
  const rows = await views.rows(
    z.object({ told: text }),
    `select person || ' ' || course || ' ' || on_day as told
       from training_results where origin = 'import'`,
  )
  return new Set(rows.map(({ told }) => told))
}
