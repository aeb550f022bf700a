import { z } from 'zod'
import type {
  getDirectoryRun,
  listDirectoryObservations,
  listDirectorySources,
  listLeavers,
  listPasswordPolicies,
} from '../../contract/directory.ts'
import type { Output } from '../../contract/route.ts'
import { refuse, type Refused, type Text } from '../../domain/decider.ts'
import { failureTexts } from '../../domain/directory/failures.ts'
import { passwordRules } from '../../domain/directory/password-rule.ts'
import { directoryRefusals } from '../../domain/directory/refusals.ts'
import type { Run, Runs } from '../devices/runs.ts'
import type { Engine } from '../engine/engine.ts'
import type { Views } from '../ports.ts'
import { accountOne, accountRows, type AccountOne, type AccountRows } from './account-reads.ts'

export type DirectoryReads = {
  readonly sources: (asOf?: string) => Promise<Output<typeof listDirectorySources>>
  readonly observations: (
    source: string,
    asOf?: string,
  ) => Promise<Output<typeof listDirectoryObservations> | Refused>
  readonly accounts: AccountRows
  readonly account: (account: string, asOf?: string) => Promise<AccountOne | Refused>
  readonly passwordPolicies: (asOf?: string) => Promise<Output<typeof listPasswordPolicies>>
  readonly leavers: (asOf?: string) => Promise<Output<typeof listLeavers>>
  readonly runShown: (id: string) => Output<typeof getDirectoryRun> | Refused
}

export function directoryReads(engine: Engine, runs: Runs): DirectoryReads {
  return {
    sources: async (asOf) => sourceRows(await engine.views(asOf), asOf === undefined ? runs : null),
    observations: async (source, asOf) => observationRows(await engine.views(asOf), source),
    accounts: async (asked) => accountRows(await engine.views(asked.asOf), asked),
    account: async (account, asOf) =>
      (await accountOne(await engine.views(asOf), account)) ??
      refuse('directory-account-unknown', account),
    passwordPolicies: async (asOf) => policyRows(await engine.views(asOf)),
    leavers: async (asOf) => (await engine.views(asOf)).rows(leaver, leavers),
    runShown(id) {
      const run = runs.find(id)
      return run === undefined ? refuse('directory-run-unknown', id) : shownRun(run)
    },
  }
}

type Failure = { code: string; explanation: Text; message: string }

/** What went wrong, in words; a code that a later version knows explains itself by its name. */
export function failureShown(code: string, message: string): Failure {
  const texts: Readonly<Record<string, Text>> = { ...directoryRefusals, ...failureTexts }
  const internal = {
    ja: '観測中に予期しないエラーが起きました。サーバーのログを確かめてください。',
    en: 'An unexpected error stopped the observation. Look at the log of the server.',
  }
  return { code, explanation: texts[code] ?? internal, message }
}

function shownRun({ id, progress, outcome }: Run): Output<typeof getDirectoryRun> {
  const failure = outcome.state === 'failed' ? failureShown(outcome.code, outcome.message) : null
  const seq = outcome.state === 'running' ? null : outcome.seq
  return { id, state: outcome.state, ...progress, failure, seq }
}

const who = z.object({ id: z.string(), name: z.string().nullable() })
const text = z.string()

const sourceRow = z.object({
  id: text,
  name: text,
  connector: z.enum(['active-directory', 'list']),
  place: text,
  everyHours: z.int().nullable(),
  state: z.enum(['active', 'removed']),
  addedAt: text,
  addedBy: who,
  accounts: z.int(),
  lastSuccessAt: text.nullable(),
  lastFullAt: text.nullable(),
  failureAt: text.nullable(),
  failureCode: text.nullable(),
  failureMessage: text.nullable(),
  failuresInARow: z.int(),
  seq: z.int(),
})

async function sourceRows(
  views: Views,
  runs: Runs | null,
): Promise<Output<typeof listDirectorySources>> {
  const rows = await views.rows(
    sourceRow,
    `select s.source as id, s.name, s.connector, s.state, s.every_hours as "everyHours", s.seq,
            case when s.connector = 'active-directory'
                 then concat(s.target->>'host', ':', s.target->>'port', ' ', s.target->>'baseDn')
                 else '' end as place,
            s.added_at as "addedAt",
            json_build_object('id', s.added_by, 'name', q.name) as "addedBy",
            (select count(*) from directory_accounts a
              where a.source = s.source and a.state <> 'gone') as accounts,
            s.last_success_at as "lastSuccessAt", s.last_full_at as "lastFullAt",
            s.last_failure_at as "failureAt", s.last_failure_code as "failureCode",
            s.last_failure_message as "failureMessage",
            (select count(*) from directory_observations o
              where o.source = s.source and o.outcome = 'failed'
                and (s.last_success_at is null or o.ended_at > s.last_success_at))
              as "failuresInARow"
       from directory_sources s left join persons q on q.person = s.added_by
      order by s.state, s.name, s.source`,
  )
  return rows.map(({ failureAt, failureCode, failureMessage, ...row }) => ({
    ...row,
    lastFailure:
      failureAt === null
        ? null
        : { ...failureShown(failureCode ?? '', failureMessage ?? ''), at: failureAt },
    running: runs?.ofSource(row.id)?.id ?? null,
  }))
}

const OBSERVATIONS_MAX = 1_000

const observationRow = z.object({
  seq: z.int(),
  at: text,
  outcome: z.enum(['observed', 'failed']),
  reading: z.enum(['full', 'changes']).nullable(),
  accounts: z.int(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  code: text.nullable(),
  message: text.nullable(),
  by: who,
})

async function observationRows(views: Views, source: string) {
  const known = await views.rows(
    z.object({ found: z.boolean() }),
    'select true as found from directory_sources where source = $1',
    [source],
  )
  if (known.length === 0) return refuse('directory-unknown', source)
  const rows = await views.rows(
    observationRow,
    `select o.seq, o.ended_at as at, o.outcome, o.reading, o.accounts, o.added, o.changed, o.gone,
            o.code, o.message, json_build_object('id', o.observed_by, 'name', q.name) as by
       from directory_observations o left join persons q on q.person = o.observed_by
      where o.source = $1 order by o.seq desc limit ${OBSERVATIONS_MAX}`,
    [source],
  )
  return rows.map(({ code, message, ...row }) => ({
    ...row,
    failure: code === null ? null : failureShown(code, message ?? ''),
  }))
}

const policyRow = z.object({
  source: z.object({ id: text, name: text }),
  id: text,
  name: text,
  precedence: z.int().nullable(),
  readable: z.boolean(),
  accounts: z.int(),
  seq: z.int(),
  rules: z.array(z.object({ rule: text, found: text.nullable(), holds: z.boolean().nullable() })),
})

async function policyRows(views: Views): Promise<Output<typeof listPasswordPolicies>> {
  const ruleList = passwordRules
    .map(({ rule, column, holds }) => `('${rule}', p.${column}::text, ${holds})`)
    .join(', ')
  const rows = await views.rows(
    policyRow,
    `select json_build_object('id', s.source, 'name', s.name) as source, p.policy as id, p.name,
            p.precedence, p.readable, p.seq,
            (select count(*) from directory_accounts a
              where a.source = p.source and a.state = 'enabled' and a.kind <> 'computer'
                and (a.facts->>'policy') is not distinct from
                    case when p.policy = 'domain' then null else p.name end) as accounts,
            (select json_agg(json_build_object('rule', r.rule, 'found', r.found, 'holds', r.holds))
               from (values ${ruleList}) r (rule, found, holds)) as rules
       from directory_password_policies p
       join directory_sources s on s.source = p.source and s.state = 'active'
      order by s.name, p.precedence nulls first, p.name`,
  )
  return rows.map(({ rules, ...row }) => ({
    ...row,
    rules: passwordRules.map(({ rule, title, required, ids }) => {
      const one = rules.find((found) => found.rule === rule)
      const holds = one?.holds ?? null
      const state = holds === null ? 'not-proven' : holds ? 'met' : 'not-met'
      return { rule, title, required, ids: [...ids], found: one?.found ?? null, state }
    }),
  }))
}

const leaver = z.object({
  person: who,
  endDate: text,
  accounts: z.int(),
  open: z.int(),
  closedAt: text.nullable(),
  days: z.int(),
})

/** Time to disable: from the last day to the first observation that shows the last account closed. */
const leavers = `
  with held as (
    select l.person, count(*) as accounts,
           count(*) filter (where a.state in ('enabled', 'unknown')) as open,
           max(least(a.disabled_since, a.gone_at)) as closed_at
      from directory_links l
      join directory_accounts a on a.account = l.account
      join directory_sources s on s.source = a.source and s.state = 'active'
     where l.use = 'person'
     group by l.person)
  select json_build_object('id', p.person, 'name', q.name) as person, p.end_date as "endDate",
         coalesce(h.accounts, 0) as accounts, coalesce(h.open, 0) as open,
         case when h.open = 0 then h.closed_at end as "closedAt",
         greatest(0, case when h.open = 0 then h.closed_at::date else as_of_day() end
                     - p.end_date) as days
    from people p
    join persons q on q.person = p.person
    join held h on h.person = p.person
   where p.end_date < as_of_day() and p.end_date >= as_of_day() - 365
   order by h.open > 0 desc, p.end_date desc, p.person`
