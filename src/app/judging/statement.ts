import { z } from 'zod'
import type { Check } from '../../domain/check.ts'

/** A member for which the rule does not hold. */
const found = z.object({
  subject: z.string(),
  label: z.string(),
  reason: z.string(),
  observation: z.number().nullable(),
})
export type Found = z.infer<typeof found>

const unread = z.object({ subject: z.string(), label: z.string(), reason: z.string() })

/** What the queries of one check gave, before anybody judges it. */
export const seen = z.object({
  check: z.string(),
  population: z.number(),
  exceptions: z.array(found),
  unread: z.array(unread),
  /** Subjects that are named twice, or that are exceptions outside of the population: bugs. */
  twice: z.array(z.string()),
  strays: z.array(z.string()),
  /** When the facts were last seen; null when never, or when the check stands on no observation. */
  at: z.iso.datetime({ offset: true }).nullable(),
})
export type Seen = z.infer<typeof seen>

/**
 * One statement that asks everything of every check: one round trip, and all answers speak of the
 * same moment. The checks' own queries stand in it as they are shown to auditors. Its names begin
 * with `judged_`, so that a query never meets one of them by mistake.
 */
export function judgingStatement(checks: readonly Check[]): string {
  return checks.map((check) => `(${one(check)})`).join('\nunion all\n')
}

function one({ id, population, exceptions, unproven, freshness }: Check): string {
  return `
with judged_population (subject, label) as materialized (
${population}
), judged_exceptions (subject, label, reason, observation) as materialized (
${exceptions}
), judged_unread (subject, label, reason) as materialized (
${unproven ?? 'select null::text, null::text, null::text where false'}
), judged_twice as (
  select subject from judged_population group by subject having count(*) > 1
  union select subject from judged_exceptions group by subject having count(*) > 1
  union select subject from judged_unread group by subject having count(*) > 1
  union select subject from judged_unread join judged_exceptions using (subject)
), judged_strays as (
  select subject from (select subject from judged_exceptions
                       union select subject from judged_unread) as named
   where not exists (select from judged_population as p where p.subject = named.subject)
)
select '${id}' as check, (select count(*) from judged_population) as population,
       (select coalesce(json_agg(json_build_object(
          'subject', subject, 'label', coalesce(label, subject), 'reason', reason,
          'observation', observation)), '[]') from judged_exceptions) as exceptions,
       (select coalesce(json_agg(json_build_object(
          'subject', subject, 'label', coalesce(label, subject), 'reason', reason)), '[]')
          from judged_unread) as unread,
       array(select subject from judged_twice limit 3) as twice,
       array(select subject from judged_strays limit 3) as strays,
       ${freshness === null ? 'null::timestamptz' : `(select max(at) from (${freshness.query}) as f (at))`} as at`
}
