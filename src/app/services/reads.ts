import { z } from 'zod'
import type { getService, listServices } from '../../contract/services.ts'
import type { Output } from '../../contract/route.ts'
import type { Check } from '../../domain/check.ts'
import { dataClasses, kinds, reports, signOns } from '../../domain/services/events.ts'
import type { Views } from '../ports.ts'

export type ServiceRow = Output<typeof listServices>[number]
export type ServiceOne = Output<typeof getService>

const text = z.string()
const who = z.object({ id: text, name: text.nullable() })

const row = z.object({
  id: text,
  name: text,
  kind: z.enum(kinds),
  vendor: text.nullable(),
  owner: who,
  dataClass: z.enum(dataClasses),
  signOn: z.enum(signOns),
  covered: z.boolean(),
  reportExpires: text.nullable(),
  state: z.enum(['in-use', 'retired']),
  accounts: z.int(),
  people: z.int(),
  exceptions: z.int(),
  seq: z.int(),
})

/** `$1`: one service, or null for all. */
const serviceQuery = `
  with held as (
    select r.service, count(*) filter (where a.state = 'enabled') as accounts,
           count(distinct l.person) filter (where a.state = 'enabled') as people
      from service_sources r
      join directory_accounts a on a.source = r.source and a.kind <> 'computer'
      left join directory_links l on l.account = a.account
     group by r.service)
  select v.service as id, v.name, v.kind, v.vendor, v.data_class as "dataClass",
         v.sign_on as "signOn", v.state, v.seq, v.report_expires as "reportExpires",
         v.sign_on = 'enforced' and v.sign_on_evidence is not null
           and coalesce(v.sign_on_checked_on >= as_of_day() - 365, false) as covered,
         json_build_object('id', v.owner, 'name', q.name) as owner,
         coalesce(h.accounts, 0) as accounts, coalesce(h.people, 0) as people,
         (select count(*) from exceptions e
           where e.state <> 'fixed' and split_part(e.subject, ':', 1) = v.service) as exceptions
    from services v
    left join persons q on q.person = v.owner
    left join held h on h.service = v.service
   where $1::text is null or v.service = $1
   order by v.state, lower(v.name), v.service`

export function serviceRows(views: Views, service: string | null): Promise<ServiceRow[]> {
  return views.rows(row, serviceQuery, [service])
}

const said = z.object({
  name: text,
  kind: z.enum(kinds),
  url: text.nullable(),
  vendor: text.nullable(),
  owner: text,
  dataClass: z.enum(dataClasses),
  audience: text,
  signOnState: z.enum(signOns),
  checkedOn: text.nullable(),
  signOnEvidence: text.nullable(),
  minLength: z.int().nullable(),
  lockAfter: z.int().nullable(),
  mfa: z.boolean().nullable(),
  ownEvidence: text.nullable(),
  reportKind: z.enum(reports).nullable(),
  expires: text.nullable(),
  reportEvidence: text.nullable(),
  breakGlass: z.array(text),
  sources: z.array(z.object({ id: text, name: text })),
  evidence: z.array(z.object({ id: text, title: text })),
  retirement: text.nullable(),
  changedAt: text,
  changedBy: who,
})

const saidQuery = `
  select v.name, v.kind, v.url, v.vendor, v.owner, v.data_class as "dataClass", v.audience,
         v.sign_on as "signOnState", v.sign_on_checked_on as "checkedOn",
         v.sign_on_evidence as "signOnEvidence", v.own_min_length as "minLength",
         v.own_lock_after as "lockAfter", v.own_mfa as mfa, v.own_evidence as "ownEvidence",
         v.report_kind as "reportKind", v.report_expires as expires,
         v.report_evidence as "reportEvidence", v.retired_reason as retirement,
         array(select login from service_break_glass b
                where b.service = v.service order by login) as "breakGlass",
         (select coalesce(json_agg(json_build_object('id', s.source, 'name', s.name)
                                   order by s.name), '[]')
            from service_sources r join directory_sources s on s.source = r.source
           where r.service = v.service) as sources,
         (select coalesce(json_agg(json_build_object('id', e.evidence, 'title', e.title)), '[]')
            from evidence e
           where e.evidence in (v.sign_on_evidence, v.own_evidence, v.report_evidence)) as evidence,
         v.changed_at as "changedAt",
         json_build_object('id', v.changed_by, 'name', q.name) as "changedBy"
    from services v left join persons q on q.person = v.changed_by
   where v.service = $1`

const reachRow = z.object({
  group: text,
  privileged: z.boolean(),
  accounts: z.int(),
  people: z.int(),
})

/** Whom each group lets in, through groups within groups too. */
const reachQuery = `
  with recursive inside (source, top, member) as (
    select m.source, m.grp, m.member
      from directory_members m join service_sources r on r.source = m.source and r.service = $1
    union
    select m.source, i.top, m.member
      from inside i join directory_members m on m.source = i.source and m.grp = i.member)
  select g.name as "group", g.privileged, count(distinct a.account) as accounts,
         count(distinct l.person) as people
    from inside i
    join directory_groups g on g.source = i.source and g.grp = i.top
    join directory_accounts a on a.source = i.source and a.id = i.member
     and a.state = 'enabled' and a.kind <> 'computer'
    left join directory_links l on l.account = a.account
   group by g.source, g.grp, g.name, g.privileged
   order by g.privileged desc, count(distinct a.account) desc, g.name
   limit 200`

const finding = z.object({ id: text, check: text, reason: text })

export async function serviceOne(
  views: Views,
  service: string,
  checks: readonly Check[],
): Promise<ServiceOne | null> {
  const [[first], [one], reach, findings] = await Promise.all([
    serviceRows(views, service),
    views.rows(said, saidQuery, [service]),
    views.rows(reachRow, reachQuery, [service]),
    views.rows(
      finding,
      `select exception as id, check_id as check, reason from exceptions
        where state <> 'fixed' and split_part(subject, ':', 1) = $1 order by check_id`,
      [service],
    ),
  ])
  if (first === undefined || one === undefined) return null
  return {
    ...first,
    details: detailsOf(one),
    retirement: one.retirement,
    changedAt: one.changedAt,
    changedBy: one.changedBy,
    sources: one.sources,
    evidence: one.evidence,
    findings: findings.map(({ id, check, reason }) => {
      const known = checks.find((candidate) => candidate.id === check)
      const bare = { ja: check, en: check }
      const why = known?.reasons[reason] ?? { ja: reason, en: reason }
      return { id, check, title: known?.title ?? bare, reason: why }
    }),
    reach,
  }
}

function detailsOf(one: z.infer<typeof said>): ServiceOne['details'] {
  const { name, kind, url, vendor, owner, dataClass, audience, minLength, expires } = one
  const signOn = {
    state: one.signOnState,
    checkedOn: one.checkedOn,
    evidence: one.signOnEvidence,
  }
  const lockAfter = one.lockAfter ?? 0
  const mfa = one.mfa ?? false
  return {
    name,
    kind,
    url,
    vendor,
    owner,
    dataClass,
    audience,
    signOn,
    ownPolicy: minLength === null ? null : { minLength, lockAfter, mfa, evidence: one.ownEvidence },
    breakGlass: one.breakGlass,
    sources: one.sources.map(({ id }) => id),
    report:
      expires === null || one.reportKind === null
        ? null
        : { kind: one.reportKind, expires, evidence: one.reportEvidence },
  }
}
