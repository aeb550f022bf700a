import type { Check } from '../check.ts'
import type { Text } from '../decider.ts'

/** A condition over `h` (hosts) and `s` (the area's table), and the reason that it stands for. */
export type Condition = { readonly when: string; readonly reason: string; readonly text: Text }

export type HostRule = {
  readonly id: string
  readonly title: Text
  readonly rule: Text
  readonly remedy: Text
  /** The area's table; a machine without a row in it could not be read. */
  readonly table: string
  /** For which the rule does not hold; the first that applies is told. */
  readonly fails: readonly Condition[]
  /** For which nothing is known. */
  readonly unknown?: readonly Condition[]
}

/** Facts about a machine that are older prove nothing. */
const STALE_DAYS = 7

export const activeHosts = `
select host as subject, hostname as label
  from hosts
 where state = 'active'`

const hostFreshness = {
  query: "select max(observed_at) as at from hosts where state = 'active'",
  days: STALE_DAYS,
}

const isStale = `h.observed_at < as_of() - interval '${STALE_DAYS} days'`

const unreadableText: Text = {
  ja: '読み取れませんでした。理由は機器のページにあります。',
  en: 'It could not be read; the page of the machine says why.',
}
const staleText: Text = {
  ja: `${STALE_DAYS}日より長く観測されていません。`,
  en: `It has not been observed for more than ${STALE_DAYS} days.`,
}

/**
 * A check of every machine against one area. A machine that fails is an exception even when it was
 * not seen lately; one that does not is proven only when its facts are there and fresh.
 */
export function hostCheck(given: HostRule): Check {
  const { id, title, rule, remedy, table, fails, unknown = [] } = given
  const failing = anyOf(fails)
  const missing = [
    { when: 's.host is null', reason: 'unreadable', text: unreadableText },
    { when: isStale, reason: 'stale', text: staleText },
    ...unknown,
  ]
  return {
    id,
    title,
    rule,
    remedy,
    cadence: 'continuous',
    population: activeHosts,
    exceptions: `
select h.host as subject, h.hostname as label,
       ${firstOf(fails)} as reason,
       s.seq as observation
  from hosts h
  join ${table} s on s.host = h.host
 where h.state = 'active'
   and ${failing}`,
    unproven: `
select h.host as subject, h.hostname as label,
       ${firstOf(missing)} as reason
  from hosts h
  left join ${table} s on s.host = h.host
 where h.state = 'active'
   and ${anyOf(missing)}
   and not coalesce(${failing}, false)`,
    reasons: Object.fromEntries([...fails, ...missing].map(({ reason, text }) => [reason, text])),
    freshness: hostFreshness,
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

export type ItemRule = Omit<HostRule, 'fails' | 'unknown' | 'table'> & {
  /** Of which area: a machine whose area could not be read is not proven. */
  readonly area: string
  /** `select host, item, label, …, seq` of machines' single things: ports, accounts, rules. */
  readonly items: string
  /** Conditions over `i` (an item) for which the rule does not hold. */
  readonly fails: readonly Condition[]
  /** Conditions over `i` for which nothing is known. */
  readonly unknown?: readonly Condition[]
}

/**
 * A check of single things on machines. The population is every machine and each such thing on it,
 * so that a machine without any is looked at too. The subject is `machine:thing`.
 */
export function itemCheck(given: ItemRule): Check {
  const { id, title, rule, remedy, area, items, fails, unknown = [] } = given
  const failing = anyOf(fails)
  const from = `
  from hosts h
  join (${indented(items)}) i on i.host = h.host
 where h.state = 'active'`
  const single = `h.host || ':' || i.item as subject, h.hostname || ' ' || i.label as label`
  const missing = [
    { when: 'not coalesce(a.readable, false)', reason: 'unreadable', text: unreadableText },
    { when: isStale, reason: 'stale', text: staleText },
  ]
  const unknownItems = `
union all
select ${single},
       ${firstOf(unknown)} as reason${from}
   and ${anyOf(unknown)}
   and not coalesce(${failing}, false)`
  return {
    id,
    title,
    rule,
    remedy,
    cadence: 'continuous',
    population: `${activeHosts}
union all
select ${single}${from}`,
    exceptions: `
select ${single},
       ${firstOf(fails)} as reason,
       i.seq as observation${from}
   and ${failing}`,
    unproven: `
select h.host as subject, h.hostname as label,
       ${firstOf(missing)} as reason
  from hosts h
  left join host_areas a on a.host = h.host and a.area = '${area}'
 where h.state = 'active'
   and ${anyOf(missing)}${unknown.length === 0 ? '' : unknownItems}`,
    reasons: Object.fromEntries(
      [...fails, ...unknown, ...missing].map(({ reason, text }) => [reason, text]),
    ),
    freshness: hostFreshness,
  }
}

function indented(query: string): string {
  return query.trim().replaceAll('\n', '\n        ')
}
