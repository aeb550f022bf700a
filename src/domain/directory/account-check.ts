import type { Cadence, Check } from '../check.ts'
import type { Text } from '../decider.ts'

type Condition = { readonly when: string; readonly reason: string; readonly text: Text }

export type AccountRule = {
  readonly id: string
  readonly title: Text
  readonly rule: Text
  readonly remedy: Text
  readonly cadence?: Cadence
  /** Further tables, joined to `a` (an account), `s` (its source) and `l` (its link, if any). */
  readonly join?: string
  /** Of which accounts it speaks, a condition. */
  readonly of: string
  readonly fails: readonly Condition[]
  readonly unknown?: readonly Condition[]
  /** The column with the entry that shows it. */
  readonly entry?: string
}

/**
 * Directories are read daily and lists handed in monthly. A list counts for 29 days more, so that
 * one limit of two days holds for both.
 */
export const accountFreshness: Check['freshness'] = {
  query: `
select min(case when every_hours is null then last_success_at + interval '29 days'
                else last_success_at end) as at
  from directory_sources
 where state = 'active' and last_success_at is not null`,
  days: 2,
}

/** A check of accounts, each of them one subject. */
export function accountCheck(given: AccountRule): Check {
  const { id, title, rule, remedy, fails, unknown = [], join = '', entry = 'a.seq' } = given
  const from = `
  from directory_accounts a
  join directory_sources s on s.source = a.source and s.state = 'active'
  left join directory_links l on l.account = a.account${join === '' ? '' : `\n  ${join}`}
 where ${given.of}`
  const single = `a.account as subject, a.login || ' @ ' || s.name as label`
  const failing = anyOf(fails)
  return {
    id,
    title,
    rule,
    remedy,
    cadence: given.cadence ?? 'continuous',
    population: `
select ${single}${from}`,
    exceptions: `
select ${single},
       ${firstOf(fails)} as reason,
       ${entry} as observation${from}
   and ${failing}`,
    ...(unknown.length === 0
      ? {}
      : {
          unproven: `
select ${single},
       ${firstOf(unknown)} as reason${from}
   and ${anyOf(unknown)}
   and not coalesce(${failing}, false)`,
        }),
    reasons: Object.fromEntries([...fails, ...unknown].map(({ reason, text }) => [reason, text])),
    freshness: accountFreshness,
  }
}

function firstOf(conditions: readonly Condition[]): string {
  const [only, ...more] = conditions
  if (only !== undefined && more.length === 0) return `'${only.reason}'`
  const cases = conditions.map(({ when, reason }) => `when ${when} then '${reason}'`)
  return `case ${cases.join('\n            ')} end`
}

function anyOf(conditions: readonly Condition[]): string {
  return `(${conditions.map(({ when }) => when).join('\n        or ')})`
}

/**
 * Accounts that a privileged group reaches, directly or through others. `union` drops what was
 * found before, so that groups within each other end.
 */
export const privilegedAccounts = `(
    with recursive inside (source, member) as (
      select m.source, m.member
        from directory_members m
        join directory_groups g on g.source = m.source and g.grp = m.grp and g.privileged
      union
      select m.source, m.member
        from inside i
        join directory_members m on m.source = i.source and m.grp = i.member)
    select source, member from inside)`

export const isUsed = `a.state = 'enabled' and a.kind = 'user'`
