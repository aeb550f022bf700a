import { z } from 'zod'
import { occurrences } from '../../domain/controls/occurrences.ts'
import { cadence, category, ownerRole } from '../../contract/shared.ts'
import type { Views } from '../ports.ts'

const words = z.object({ ja: z.string(), en: z.string() })
const who = z.object({ id: z.string(), name: z.string().nullable() })

const controlRow = z.object({
  id: z.string(),
  version: z.number(),
  state: z.enum(['adopted', 'retired']),
  origin: z.enum(['library', 'edited', 'own']),
  title: words,
  statement: words,
  proof: words,
  ownerRole,
  owner: who.nullable(),
  cadence,
  evidence: z.boolean(),
  checks: z.array(z.string()),
  mappings: z.array(
    z.object({
      framework: z.enum(['soc2', 'iso27001', 'pcidss']),
      id: z.string(),
      relation: z.string(),
      rationale: words,
    }),
  ),
  seq: z.number(),
})
export type ControlRow = z.infer<typeof controlRow>

export function readControls(views: Views): Promise<ControlRow[]> {
  return views.rows(
    controlRow,
    `select c.control as id, c.version, c.state, c.origin, c.cadence, c.evidence, c.seq,
            c.owner_role as "ownerRole",
            json_build_object('ja', c.title_ja, 'en', c.title_en) as title,
            json_build_object('ja', c.statement_ja, 'en', c.statement_en) as statement,
            json_build_object('ja', c.proof_ja, 'en', c.proof_en) as proof,
            case when c.owner is not null
                 then json_build_object('id', c.owner, 'name', p.name) end as owner,
            array(select check_id from control_checks k
                   where k.control = c.control order by check_id collate "C") as checks,
            (select coalesce(json_agg(json_build_object(
                      'framework', m.framework, 'id', m.requirement, 'relation', m.relation,
                      'rationale', json_build_object('ja', m.rationale_ja, 'en', m.rationale_en))
                      order by m.place), '[]')
               from control_mappings m where m.control = c.control) as mappings
       from controls c
       left join persons p on p.person = c.owner
      order by c.control collate "C"`,
  )
}

const occurrenceRow = z.object({
  control: z.string(),
  from: z.string(),
  to: z.string(),
  state: z.enum(['done', 'awaiting-inspection', 'missed', 'due']),
  over: z.boolean(),
})
export type OccurrenceRow = z.infer<typeof occurrenceRow>

export function readOccurrences(views: Views): Promise<OccurrenceRow[]> {
  return views.rows(
    occurrenceRow,
    `with ${occurrences}
     select control, from_day as "from", to_day as "to", state, over
       from occurrence
      order by control collate "C", from_day, to_day`,
  )
}

const shownRow = z.object({
  control: z.string(),
  accepted: z.string().nullable(),
  awaiting: z.boolean(),
})

/** For controls whose turns nobody can foresee: the last day of the newest accepted document. */
export async function readOnOccurrence(views: Views) {
  const rows = await views.rows(
    shownRow,
    `select c.control, max(e.to_day) filter (where e.state = 'accepted') as accepted,
            coalesce(bool_or(e.state = 'awaiting-inspection'), false) as awaiting
       from controls c
       left join evidence_controls ec on ec.control = c.control
       left join evidence e on e.evidence = ec.evidence
      where c.evidence and c.cadence = 'on-occurrence'
      group by c.control`,
  )
  return new Map(rows.map((row) => [row.control, row]))
}

const criterionRow = z.object({
  id: z.string(),
  category,
  inScope: z.boolean(),
  exclusion: z
    .object({ reason: z.string(), by: who, at: z.iso.datetime({ offset: true }), seq: z.number() })
    .nullable(),
})
export type CriterionRow = z.infer<typeof criterionRow>

export function readCriteria(views: Views): Promise<CriterionRow[]> {
  return views.rows(
    criterionRow,
    `select r.criterion as id, r.category, r.in_scope as "inScope",
            case when r.excluded then json_build_object(
              'reason', r.reason, 'at', r.decided_at, 'seq', r.seq,
              'by', json_build_object('id', r.decided_by, 'name', p.name)) end as exclusion
       from criteria r
       left join persons p on p.person = r.decided_by`,
  )
}

const exceptionRow = z.object({
  id: z.string(),
  check: z.string(),
  subject: z.string(),
  occurrence: z.number(),
  label: z.string().nullable(),
  code: z.string(),
  observation: z.number().nullable(),
  state: z.enum(['open', 'answered', 'accepted', 'fixed']),
  openedAt: z.string(),
  fixedAt: z.string().nullable(),
  fixedBecause: z.enum(['rule-holds', 'subject-gone']).nullable(),
  acceptedUntil: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  cause: z.string().nullable(),
  plan: z.string().nullable(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  answeredBy: z.string().nullable(),
  seq: z.number(),
})
export type ExceptionRow = z.infer<typeof exceptionRow>

/** An acceptance that has run out leaves the exception answered. */
export function readExceptions(views: Views): Promise<ExceptionRow[]> {
  return views.rows(
    exceptionRow,
    `select x.exception as id, x.check_id as check, x.subject, x.occurrence,
            coalesce(x.label, p.name) as label, x.reason as code, x.observation,
            case when x.state = 'accepted' and x.accepted_until < as_of_day() then 'answered'
                 else x.state end as state,
            x.opened_at as "openedAt", x.fixed_at as "fixedAt",
            x.fixed_because as "fixedBecause", x.accepted_until as "acceptedUntil",
            x.accepted_by as "acceptedBy", x.cause, x.plan, x.response_owner as owner,
            x.response_due as due, x.answered_by as "answeredBy", x.seq
       from exceptions x
       left join persons p on p.person = x.person
      order by x.check_id collate "C", x.subject collate "C", x.occurrence`,
  )
}

/** Today in the organisation's zone, as the views are judged. */
export async function readDay(views: Views): Promise<string> {
  const [found] = await views.rows(z.object({ day: z.string() }), 'select as_of_day() as day')
  if (found === undefined) throw new Error('as_of_day() gave no day')
  return found.day
}
