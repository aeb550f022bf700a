import { z } from 'zod'
import type { customerRow, customerShown } from '../../contract/customer-shapes.ts'
import { topics } from '../../domain/customers/words.ts'
import type { Views } from '../ports.ts'
import {
  agreementRows,
  asText,
  concernsOf,
  contactRows,
  coverageOf,
  coverageRows,
  customerRows,
  keyRows,
  type AgreementRow,
  type ContactRow,
  type CustomerRow,
  type KeyRow,
} from './facts.ts'

export type CustomerShown = z.infer<typeof customerShown>
type Listed = z.infer<typeof customerRow>

async function factsOf(views: Views, customer: string | null) {
  const [customers, contacts, keys, agreements, coverage] = await Promise.all([
    customerRows(views, customer),
    contactRows(views, customer),
    keyRows(views, customer),
    agreementRows(views, customer),
    coverageRows(views, customer),
  ])
  const of = (id: string) => ({
    contacts: contacts.filter((one) => one.customer === id),
    keys: keys.filter((one) => one.customer === id),
    agreements: agreements.filter((one) => one.customer === id),
    coverage: coverageOf(coverage, id),
  })
  return { customers, of }
}

export async function customerList(views: Views): Promise<Listed[]> {
  const { customers, of } = await factsOf(views, null)
  return customers.map((row) => {
    const facts = of(row.customer)
    const required = facts.coverage.filter((one) => one.required)
    const understood = required.filter(({ state }) => state === 'understood')
    return {
      ...headOf(row),
      systems: row.systems,
      hosts: row.hosts,
      contacts: facts.contacts.filter(({ state }) => state === 'on-roster').length,
      agreements: {
        active: facts.agreements.filter(({ state }) => state === 'active').length,
        waiting: facts.agreements.filter(({ waiting }) => waiting).length,
      },
      understood: { done: understood.length, of: required.length },
      concerns: row.state === 'ended' ? [] : concernsOf(facts),
    }
  })
}

function headOf(row: CustomerRow) {
  const { customer: id, since, state } = row
  return { id, name: { ja: row.name_ja, en: row.name_en }, since, state }
}

export async function customerOne(views: Views, customer: string): Promise<CustomerShown | null> {
  const { customers, of } = await factsOf(views, customer)
  const row = customers[0]
  if (row === undefined) return null
  const facts = of(customer)
  const [systems, contracts, roster, briefings] = await Promise.all([
    systemRows(views, customer),
    contractRows(views, customer),
    rosterNow(views, customer),
    briefingRows(views, customer),
  ])
  return {
    ...headOf(row),
    version: row.version,
    seq: row.seq,
    systems,
    contracts,
    contacts: facts.contacts.map((contact) => contactOf(contact, facts.keys)),
    roster,
    agreements: facts.agreements.map(agreementOf),
    briefings,
    coverage: facts.coverage,
    concerns: row.state === 'ended' ? [] : concernsOf(facts),
  }
}

function contactOf(row: ContactRow, keys: readonly KeyRow[]): CustomerShown['contacts'][number] {
  return {
    person: row.person,
    state: row.state,
    entitlement: { systems: row.all_systems ? 'all' : row.systems, risks: row.risks },
    invitedBy: row.invited_by,
    invitedAt: row.invited_at,
    leftAt: row.left_at,
    leftWhy: row.left_why,
    keys: keys
      .filter((key) => key.person === row.person.id)
      .map((key) => ({
        credentialId: key.credential_id,
        fingerprint: key.fingerprint,
        state: key.state,
        vouched: key.vouched,
        vouchers: key.vouchers,
        since: key.since,
        revokedAt: key.revoked_at,
      })),
  }
}

export function agreementOf(row: AgreementRow): CustomerShown['agreements'][number] {
  const { title_ja: ja, title_en: en, expiring: _, ...rest } = row
  return { ...rest, title: { ja, en } }
}

const systemRow = z.object({
  id: z.string(),
  name: z.object({ ja: z.string(), en: z.string() }),
  version: z.number(),
  state: z.enum(['active', 'retired']),
  environments: z.array(z.object({ code: z.string(), production: z.boolean() })),
  hosts: z.array(
    z.object({
      id: z.string(),
      environment: z.string(),
      production: z.boolean(),
      address: z.string(),
      port: z.number(),
      principals: z.array(z.string()),
      hostKey: z.string().nullable(),
    }),
  ),
  accounts: z.array(
    z.object({
      number: z.string(),
      environment: z.string(),
      production: z.boolean(),
      roles: z.array(z.string()),
    }),
  ),
  seq: z.number(),
})

function systemRows(views: Views, customer: string) {
  return views.rows(
    systemRow,
    `select s.system as id, json_build_object('ja', s.name_ja, 'en', s.name_en) as name,
            s.version, s.state, s.seq,
            coalesce((select json_agg(json_build_object('code', e.environment,
                               'production', e.production)
                               order by e.production desc, e.environment)
                        from customer_environments e where e.system = s.system),
                     '[]'::json) as environments,
            coalesce((select json_agg(json_build_object('id', h.host,
                               'environment', h.environment, 'production', h.production,
                               'address', h.address, 'port', h.port,
                               'principals', to_json(h.principals), 'hostKey', h.host_key)
                               order by h.production desc, h.host)
                        from customer_hosts h where h.system = s.system), '[]'::json) as hosts,
            coalesce((select json_agg(json_build_object('number', a.number,
                               'environment', a.environment, 'production', a.production,
                               'roles', to_json(a.roles)) order by a.number)
                        from customer_accounts a where a.system = s.system),
                     '[]'::json) as accounts
       from customer_systems s
      where s.customer = $1
      order by s.state, s.name_en, s.system`,
    [customer],
  )
}

const who = z.object({ id: z.string(), name: z.string().nullable() })

const contractRow = z.object({
  id: z.string(),
  title: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  signedOn: z.string(),
  until: z.string().nullable(),
  by: who,
  seq: z.number(),
})

export function contractRows(views: Views, customer: string) {
  return views.rows(
    contractRow,
    `select c.contract as id, c.title, c.file_name as "fileName", c.file as sha256,
            c.signed_on as "signedOn", c.until_day as "until", c.seq,
            json_build_object('id', c.registered_by, 'name', p.name) as by
       from customer_contracts c
       left join persons p on p.person = c.registered_by
      where c.customer = $1
      order by c.signed_on desc, c.seq desc`,
    [customer],
  )
}

const rosterRow = z.object({
  version: z.number(),
  digest: z.string(),
  changedAt: z.string(),
  seq: z.number(),
})

async function rosterNow(views: Views, customer: string) {
  const rows = await views.rows(
    rosterRow,
    `select version, digest, changed_at as "changedAt", seq
       from customer_roster where customer = $1 order by version desc limit 1`,
    [customer],
  )
  return rows[0] ?? null
}

const material = z.object({ fileName: z.string(), sha256: z.string(), size: z.number() })
const briefingRow = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  topics: z.array(z.enum(topics)),
  heldOn: z.string(),
  renewBy: z.string(),
  ours: z.array(who),
  theirs: z.array(who),
  others: z.number(),
  materials: z.array(material),
  acknowledged: z.array(z.object({ by: who, at: z.string(), seq: z.number() })),
  document: z.string(),
  seq: z.number(),
})

const named = (persons: string) => `
  coalesce((select json_agg(json_build_object('id', one, 'name', p.name) order by place)
              from unnest(${persons}) with ordinality as u(one, place)
              left join persons p on p.person = one), '[]'::json)`

export function briefingRows(views: Views, customer: string) {
  return views.rows(
    briefingRow,
    `select b.briefing as id, b.title, b.summary, b.held_on as "heldOn", b.renew_by as "renewBy",
            b.others, b.document, b.seq, b.materials -> 'list' as materials,
            array(select t.topic from customer_briefing_topics t
                   where t.briefing = b.briefing order by t.topic) as topics,
            ${named('b.ours')} as ours, ${named('b.theirs')} as theirs,
            coalesce((select json_agg(json_build_object(
                               'by', json_build_object('id', a.person, 'name', p.name),
                               'at', ${asText('a.acknowledged_at')}, 'seq', a.seq) order by a.seq)
                        from customer_acknowledgements a
                        left join persons p on p.person = a.person
                       where a.briefing = b.briefing), '[]'::json) as acknowledged
       from customer_briefings b
      where b.customer = $1
      order by b.held_on desc, b.seq desc`,
    [customer],
  )
}
