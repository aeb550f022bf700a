import { z } from 'zod'
import type { getDirectoryAccount, listDirectoryAccounts } from '../../contract/directory.ts'
import type { Output } from '../../contract/route.ts'
import { directoryChecks } from '../../domain/directory/checks.ts'
import { privilegedAccounts } from '../../domain/directory/account-check.ts'
import type { Views } from '../ports.ts'

type Asked = {
  readonly asOf?: string | undefined
  readonly source?: string | undefined
  readonly person?: string | undefined
  readonly queue?: 'yes' | undefined
}

export type AccountRows = (asked: Asked) => Promise<Output<typeof listDirectoryAccounts>>
export type AccountOne = Output<typeof getDirectoryAccount>

/** More than a page can show anybody; the rest is found by source. */
const ROWS_MAX = 5_000

const text = z.string()
const who = z.object({ id: text, name: text.nullable() })
const row = z.object({
  id: text,
  source: z.object({ id: text, name: text }),
  login: text,
  name: text.nullable(),
  email: text.nullable(),
  kind: z.enum(['user', 'computer', 'service']),
  state: z.enum(['enabled', 'disabled', 'unknown', 'gone']),
  privileged: z.boolean(),
  mfa: z.boolean().nullable(),
  createdAt: text.nullable(),
  lastUsedAt: text.nullable(),
  neverUsed: z.boolean().nullable(),
  flags: z.array(text),
  use: z.enum(['person', 'shared', 'service']).nullable(),
  owner: who.nullable(),
  rule: z.enum(['employee-number', 'email', 'login', 'by-hand']).nullable(),
  exceptions: z.int(),
  seq: z.int(),
})

const columns = `
         a.account as id, json_build_object('id', s.source, 'name', s.name) as source, a.login,
         a.name, a.email, a.kind, a.state, a.mfa, a.flags, a.seq,
         'administrator' = any(a.flags) or (v.member is not null) as privileged,
         a.created_at as "createdAt", a.last_used_at as "lastUsedAt", a.never_used as "neverUsed",
         case when l.person is not null then l.use end as use,
         case when l.person is not null
              then json_build_object('id', l.person, 'name', q.name) end as owner,
         l.rule, coalesce(e.count, 0) as exceptions`

const from = `
    from directory_accounts a
    join directory_sources s on s.source = a.source and s.state = 'active'
    left join directory_links l on l.account = a.account
    left join persons q on q.person = l.person
    left join ${privilegedAccounts} v on v.source = a.source and v.member = a.id
    left join (select subject, count(*) as count from exceptions
                where state <> 'fixed' group by subject) e on e.subject = a.account`

export async function accountRows(
  views: Views,
  { source, person, queue }: Asked,
): Promise<Output<typeof listDirectoryAccounts>> {
  const chosen = `
   where ($1::text is null or a.source = $1) and ($2::text is null or l.person = $2)
     and (not $3::boolean or (a.state = 'enabled' and a.kind <> 'computer' and l.person is null))
     and (a.state <> 'gone' or $2::text is not null)
     and (a.kind <> 'computer' or $1::text is not null)`
  const values = [source ?? null, person ?? null, queue === 'yes']
  const [rows, [counted]] = await Promise.all([
    views.rows(
      row,
      `select ${columns} ${from} ${chosen} order by lower(a.login), a.account limit ${ROWS_MAX}`,
      values,
    ),
    views.rows(
      z.object({ total: z.int() }),
      `select count(*) as total
         from directory_accounts a
         join directory_sources s on s.source = a.source and s.state = 'active'
         left join directory_links l on l.account = a.account ${chosen}`,
      values,
    ),
  ])
  return { rows, total: counted?.total ?? 0 }
}

const one = row.extend({
  sid: text.nullable(),
  employeeNumber: text.nullable(),
  dn: text.nullable(),
  policy: text.nullable(),
  firstSeenAt: text,
  disabledSince: text.nullable(),
  goneAt: text.nullable(),
  passwordSetAt: text.nullable(),
  expiresAt: text.nullable(),
  nativeId: text,
  link: z.object({ reason: text.nullable(), by: who, at: text, seq: z.int() }).nullable(),
})

const details = `
         a.id as "nativeId", a.facts->>'sid' as sid, a.employee_number as "employeeNumber",
         a.facts->>'dn' as dn, a.facts->>'policy' as policy, a.first_seen_at as "firstSeenAt",
         a.disabled_since as "disabledSince", a.gone_at as "goneAt",
         a.password_set_at as "passwordSetAt",
         to_char((a.facts->>'expiresAt')::timestamptz at time zone 'UTC',
                 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt",
         case when l.account is not null
              then json_build_object('reason', l.reason, 'seq', l.seq,
                     'at', to_char(l.decided_at at time zone 'UTC',
                                   'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                     'by', json_build_object('id', l.decided_by, 'name', d.name)) end as link`

export async function accountOne(views: Views, account: string): Promise<AccountOne | null> {
  const [found] = await views.rows(
    one,
    `select ${columns}, ${details} ${from}
      left join persons d on d.person = l.decided_by
     where a.account = $1`,
    [account],
  )
  if (found === undefined) return null
  const { nativeId, ...shown } = found
  const source = found.source.id
  const [groups, suggestions, formerly, findings] = await Promise.all([
    views.rows(groupRow, groupsOf, [source, nativeId]),
    found.owner === null ? views.rows(who, suggested, [account]) : [],
    views.rows(formerRow, former, [account]),
    views.rows(
      z.object({ id: text, check: text, reason: text }),
      `select exception as id, check_id as check, reason from exceptions
        where subject = $1 and state <> 'fixed' order by check_id`,
      [account],
    ),
  ])
  return {
    ...shown,
    groups,
    suggestions,
    formerly: formerly[0] ?? null,
    findings: findings.map(worded),
  }
}

/** What a check found, in its own words; one that a later version knows is shown by its name. */
function worded({ id, check, reason }: { id: string; check: string; reason: string }) {
  const known = directoryChecks.find((one) => one.id === check)
  const title = known?.title ?? { ja: check, en: check }
  return { id, check, title, reason: known?.reasons[reason] ?? { ja: reason, en: reason } }
}

const groupRow = z.object({
  name: text,
  privileged: z.boolean(),
  direct: z.boolean(),
  since: text.nullable(),
})

const groupsOf = `
  with recursive above (grp) as (
    select m.grp from directory_members m where m.source = $1 and m.member = $2
    union
    select m.grp from above b join directory_members m on m.source = $1 and m.member = b.grp)
  select g.name, g.privileged, d.grp is not null as direct, d.since
    from above b
    join directory_groups g on g.source = $1 and g.grp = b.grp
    left join directory_members d on d.source = $1 and d.grp = b.grp and d.member = $2
   order by g.privileged desc, d.grp is null, lower(g.name), g.grp`

/** The same address, the same name, or a login that is the first part of an address. */
const suggested = `
  select q.person as id, q.name
    from directory_accounts a
    join persons q on not q.erased
     and (lower(q.email) = lower(a.email) or q.name = a.name
          or split_part(lower(q.email), '@', 1) = split_part(lower(a.login), '@', 1))
   where a.account = $1
   order by (lower(q.email) = lower(a.email)) is true desc, q.name, q.person
   limit 5`

const formerRow = z.object({ id: text, goneAt: text })
const former = `
  select g.account as id, g.gone_at as "goneAt"
    from directory_accounts a
    join directory_accounts g on g.source = a.source and g.state = 'gone'
     and lower(g.login) = lower(a.login) and g.account <> a.account
   where a.account = $1 and a.state <> 'gone'
   order by g.gone_at desc limit 1`
