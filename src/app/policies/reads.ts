import { z } from 'zod'
import { audiences } from '../../domain/people/audience.ts'
import { dayOf, isHere, isMeant } from '../../domain/people/standing.ts'
import { ownerRoles } from '../../domain/policies/document.ts'
import type { Views } from '../ports.ts'

const text = z.string()
const who = z.object({ id: text, name: text.nullable() })
const shown = z.object({ ja: text, en: text })

const policyRow = z.object({
  id: text,
  title: shown,
  ownerRole: z.enum(ownerRoles),
  audience: z.enum(audiences),
  state: z.enum(['draft', 'approved', 'approved-with-draft', 'withdrawn']),
  version: z.int().nullable(),
  newest: z.int(),
  reviewMonths: z.int(),
  approvedAt: text.nullable(),
  reviewDue: text.nullable(),
  acknowledged: z.int(),
  required: z.int(),
  mine: z.object({ required: z.boolean(), acknowledged: z.boolean() }),
})
export type PolicyRow = z.infer<typeof policyRow>

/** `$1`: who asks, `$2`: one policy, or null for all. Drafts are shown by their newest version. */
const policyRows = `
  with shown as (
    select l.*, v.title_ja, v.title_en, v.owner_role, v.audience, v.review_months
      from policies l
      join policy_versions v on v.policy = l.policy and v.version = coalesce(l.version, l.newest)
     where $2::text is null or l.policy = $2),
  counted as (
    select l.policy, count(*) as required, count(a.person) as acknowledged
      from shown l
      join people p on ${isHere('p')} and ${isMeant('l', 'p')}
      left join policy_acknowledgements a
             on a.policy = l.policy and a.version = l.version and a.person = p.person
     where l.version is not null
     group by l.policy)
  select l.policy as id, json_build_object('ja', l.title_ja, 'en', l.title_en) as title,
         l.owner_role as "ownerRole", l.audience, l.version, l.newest,
         l.review_months as "reviewMonths", l.approved_at as "approvedAt",
         case when l.withdrawn then 'withdrawn'
              when l.version is null then 'draft'
              when l.newest > l.version then 'approved-with-draft'
              else 'approved' end as state,
         case when l.version is not null
              then (${dayOf('l.reviewed_at')} + make_interval(months => l.review_months))::date
         end as "reviewDue",
         coalesce(n.required, 0) as required, coalesce(n.acknowledged, 0) as acknowledged,
         json_build_object('required', l.version is not null and p.person is not null,
                           'acknowledged', a.person is not null) as mine
    from shown l
    left join counted n on n.policy = l.policy
    left join people p on p.person = $1 and ${isHere('p')} and ${isMeant('l', 'p')}
    left join policy_acknowledgements a
           on a.policy = l.policy and a.version = l.version and a.person = $1
   order by l.policy`

export function policyList(views: Views, person: string): Promise<PolicyRow[]> {
  return views.rows(policyRow, policyRows, [person, null])
}

export async function policyOne(
  views: Views,
  person: string,
  policy: string,
): Promise<PolicyRow | null> {
  const [found] = await views.rows(policyRow, policyRows, [person, policy])
  return found ?? null
}

const versionRow = z.object({
  version: z.int(),
  text: shown,
  digest: text,
  title: shown,
  author: who,
  draftedAt: text,
  approver: who.nullable(),
  approvedAt: text.nullable(),
  approvalSeq: z.int().nullable(),
  change: text,
  seq: z.int(),
})
export type VersionRow = z.infer<typeof versionRow>

/** Newest first. */
export function versionsOf(views: Views, policy: string): Promise<VersionRow[]> {
  return views.rows(
    versionRow,
    `select v.version, json_build_object('ja', v.text_ja, 'en', v.text_en) as text,
            v.document as digest, json_build_object('ja', v.title_ja, 'en', v.title_en) as title,
            json_build_object('id', v.author, 'name', w.name) as author,
            v.drafted_at as "draftedAt",
            case when v.approved_by is not null
                 then json_build_object('id', v.approved_by, 'name', b.name) end as approver,
            v.approved_at as "approvedAt", v.approval_seq as "approvalSeq", v.change, v.seq
       from policy_versions v
       left join persons w on w.person = v.author
       left join persons b on b.person = v.approved_by
      where v.policy = $1
      order by v.version desc`,
    [policy],
  )
}

const review = z.object({ version: z.int(), by: who, at: text, seq: z.int() })
const withdrawal = z.object({ by: who, at: text, reason: text, seq: z.int() })
const reader = z.object({
  person: who,
  acknowledgedAt: text.nullable(),
  seq: z.int().nullable(),
})

/** Reviews, withdrawal, and who must have read the version in force (or has). */
export async function policyDetails(views: Views, policy: string) {
  const about = [policy]
  const [reviews, withdrawals, readers] = await Promise.all([
    views.rows(
      review,
      `select r.version, json_build_object('id', r.reviewer, 'name', n.name) as by,
              r.reviewed_at as at, r.seq
         from policy_reviews r left join persons n on n.person = r.reviewer
        where r.policy = $1 order by r.seq desc`,
      about,
    ),
    views.rows(
      withdrawal,
      `select json_build_object('id', l.withdrawn_by, 'name', n.name) as by,
              l.withdrawn_at as at, l.withdrawn_reason as reason, l.seq
         from policies l left join persons n on n.person = l.withdrawn_by
        where l.policy = $1 and l.withdrawn`,
      about,
    ),
    views.rows(
      reader,
      `select json_build_object('id', q.person, 'name', q.name) as person,
              a.acknowledged_at as "acknowledgedAt", a.seq
         from policies l
         join policy_versions v on v.policy = l.policy and v.version = l.version
         join persons q on true
         left join people p on p.person = q.person and ${isHere('p')} and ${isMeant('v', 'p')}
         left join policy_acknowledgements a
                on a.policy = l.policy and a.version = l.version and a.person = q.person
        where l.policy = $1 and (p.person is not null or a.person is not null)
        order by a.acknowledged_at nulls first, q.name, q.person`,
      about,
    ),
  ])
  return { reviews, withdrawal: withdrawals[0] ?? null, readers }
}
