import { z } from 'zod'
import { requiredTopics, risks, topics, type Topic } from '../../domain/customers/words.ts'
import type { Views } from '../ports.ts'

/** Facts of one customer, or of all of them when none is named; everything shown is made of these. */
const who = z.object({ id: z.string(), name: z.string().nullable() })

const customerRow = z.object({
  customer: z.string(),
  name_ja: z.string(),
  name_en: z.string(),
  since: z.string(),
  version: z.number(),
  state: z.enum(['active', 'ended']),
  seq: z.number(),
  systems: z.number(),
  hosts: z.number(),
})
export type CustomerRow = z.infer<typeof customerRow>

export function customerRows(views: Views, customer: string | null): Promise<CustomerRow[]> {
  return views.rows(
    customerRow,
    `select c.customer, c.name_ja, c.name_en, c.since, c.version, c.state, c.seq,
            (select count(*) from customer_systems s
              where s.customer = c.customer and s.state = 'active') as systems,
            (select count(distinct h.host) from customer_hosts h
              where h.customer = c.customer) as hosts
       from customers c
      where $1::text is null or c.customer = $1
      order by c.state, c.name_en, c.customer`,
    [customer],
  )
}

const contactRow = z.object({
  customer: z.string(),
  person: who.extend({ email: z.string().nullable() }),
  state: z.enum(['invited', 'on-roster', 'left']),
  all_systems: z.boolean(),
  systems: z.array(z.string()),
  risks: z.array(z.enum(risks)),
  invited_by: who,
  invited_at: z.string(),
  left_at: z.string().nullable(),
  left_why: z.enum(['left', 'for-cause', 'withdrawn']).nullable(),
})
export type ContactRow = z.infer<typeof contactRow>

export function contactRows(views: Views, customer: string | null): Promise<ContactRow[]> {
  return views.rows(
    contactRow,
    `select c.customer, c.state, c.all_systems, c.systems, c.risks, c.invited_at, c.left_at,
            c.left_why,
            json_build_object('id', c.person, 'name', p.name, 'email', p.email) as person,
            json_build_object('id', c.invited_by, 'name', i.name) as invited_by
       from customer_contacts c
       left join persons p on p.person = c.person
       left join persons i on i.person = c.invited_by
      where $1::text is null or c.customer = $1
      order by c.customer, c.state = 'left', c.invited_at, c.person`,
    [customer],
  )
}

const keyRow = z.object({
  customer: z.string(),
  person: z.string(),
  credential_id: z.string(),
  fingerprint: z.string(),
  state: z.enum(['waiting', 'half-confirmed', 'on-roster', 'revoked']),
  vouched: z.enum(['contract', 'contact']).nullable(),
  since: z.string(),
  revoked_at: z.string().nullable(),
  vouchers: z.array(z.object({ by: who, at: z.string(), seq: z.number() })),
})
export type KeyRow = z.infer<typeof keyRow>

/** Keys that somebody has vouched for, and passkeys of contacts that wait for it. */
export function keyRows(views: Views, customer: string | null): Promise<KeyRow[]> {
  return views.rows(
    keyRow,
    `select k.customer, k.person, k.credential_id, k.fingerprint, k.state, k.vouched, k.since,
            k.revoked_at,
            coalesce((select json_agg(json_build_object('by',
                               json_build_object('id', v.voucher, 'name', p.name),
                               'at', ${asText('v.vouched_at')}, 'seq', v.seq) order by v.seq)
                        from customer_key_vouchers v
                        left join persons p on p.person = v.voucher
                       where v.customer = k.customer and v.person = k.person
                         and v.credential_id = k.credential_id), '[]'::json) as vouchers
       from customer_contact_keys k
      where $1::text is null or k.customer = $1
     union all
     select c.customer, c.person, a.credential_id, a.fingerprint, 'waiting', null, a.created_at,
            null, '[]'::json
       from customer_contacts c
       join passkeys a on a.person = c.person and a.state <> 'revoked'
      where c.state <> 'left' and ($1::text is null or c.customer = $1)
        and not exists (select from customer_contact_keys k
                         where k.customer = c.customer and k.person = c.person
                           and k.credential_id = a.credential_id)
      order by since, credential_id`,
    [customer],
  )
}

/** An instant inside of JSON, as the API writes it. */
export function asText(instant: string): string {
  return `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

const agreementRow = z.object({
  id: z.string(),
  customer: z.string(),
  title_ja: z.string(),
  title_en: z.string(),
  state: z.enum(['draft', 'active', 'suspended', 'declined', 'revoked', 'expired']),
  version: z.number().nullable(),
  newest: z.number(),
  waiting: z.boolean(),
  risk: z.enum(['normal', 'destructive']),
  systems: z.array(z.string()),
  expires: z.string(),
  resignBy: z.string().nullable(),
  expiring: z.boolean(),
})
export type AgreementRow = z.infer<typeof agreementRow>

/** So many days before its end an agreement should be renewed. */
const expiringDays = 30

export function agreementRows(
  views: Views,
  customer: string | null,
  agreement: string | null = null,
): Promise<AgreementRow[]> {
  return views.rows(
    agreementRow,
    `select a.agreement as id, a.customer, v.title_ja, v.title_en, a.version, a.newest,
            n.state = 'draft' as waiting, v.risk, v.systems, v.expires, a.resign_by as "resignBy",
            case when a.state = 'active' and v.expires < as_of_day() then 'expired'
                 when a.state = 'draft' then n.state
                 else a.state end as state,
            a.state = 'active' and v.expires >= as_of_day()
              and v.expires < as_of_day() + ${expiringDays} as expiring
       from customer_agreements a
       join customer_agreement_versions n
         on n.agreement = a.agreement and n.version = a.newest
       join customer_agreement_versions v
         on v.agreement = a.agreement and v.version = coalesce(a.version, a.newest)
      where ($1::text is null or a.customer = $1) and ($2::text is null or a.agreement = $2)
      order by a.state = 'revoked', v.title_en, a.agreement`,
    [customer, agreement],
  )
}

const coverageRow = z.object({
  customer: z.string(),
  topic: z.enum(topics),
  briefing: z.string(),
  held_on: z.string(),
  renew_by: z.string(),
  overdue: z.boolean(),
  acknowledged: z.boolean(),
})
type CoverageRow = z.infer<typeof coverageRow>

/** For each topic the session that counts: the latest. */
export function coverageRows(views: Views, customer: string | null): Promise<CoverageRow[]> {
  return views.rows(
    coverageRow,
    `select distinct on (t.customer, t.topic) t.customer, t.topic, b.briefing, b.held_on,
            b.renew_by, b.renew_by < as_of_day() as overdue,
            exists (select from customer_acknowledgements a
                     where a.briefing = b.briefing) as acknowledged
       from customer_briefing_topics t
       join customer_briefings b on b.briefing = t.briefing
      where $1::text is null or t.customer = $1
      order by t.customer, t.topic, b.held_on desc, b.seq desc`,
    [customer],
  )
}

export type Covered = {
  readonly topic: Topic
  readonly required: boolean
  readonly state: 'understood' | 'not-acknowledged' | 'overdue' | 'missing'
  readonly briefing: string | null
  readonly heldOn: string | null
  readonly renewBy: string | null
}

/** Every topic, and whether the customer has understood it as far as is shown. */
export function coverageOf(rows: readonly CoverageRow[], customer: string): Covered[] {
  return topics.map((topic) => {
    const required = requiredTopics.includes(topic)
    const row = rows.find((one) => one.customer === customer && one.topic === topic)
    if (row === undefined) {
      return { topic, required, state: 'missing', briefing: null, heldOn: null, renewBy: null }
    }
    const { briefing, held_on: heldOn, renew_by: renewBy } = row
    const state = row.overdue ? 'overdue' : row.acknowledged ? 'understood' : 'not-acknowledged'
    return { topic, required, state, briefing, heldOn, renewBy }
  })
}

export type Concern =
  | 'no-contact'
  | 'one-contact'
  | 'key-waiting'
  | 'agreement-expired'
  | 'agreement-expiring'
  | 'agreement-resign'
  | 'topic-missing'
  | 'acknowledgement-missing'

/** What needs looking after at a customer, worst first. */
export function concernsOf(facts: {
  readonly contacts: readonly ContactRow[]
  readonly keys: readonly KeyRow[]
  readonly agreements: readonly AgreementRow[]
  readonly coverage: readonly Covered[]
}): Concern[] {
  const { keys, agreements } = facts
  const onRoster = facts.contacts.filter(({ state }) => state === 'on-roster').length
  const required = facts.coverage.filter((one) => one.required)
  const found: (Concern | false)[] = [
    onRoster === 0 && 'no-contact',
    onRoster === 1 && 'one-contact',
    agreements.some(({ state }) => state === 'expired') && 'agreement-expired',
    agreements.some(({ resignBy, state }) => resignBy !== null && state !== 'revoked') &&
      'agreement-resign',
    required.some(({ state }) => state === 'missing' || state === 'overdue') && 'topic-missing',
    required.some(({ state }) => state === 'not-acknowledged') && 'acknowledgement-missing',
    keys.some(({ state }) => state === 'waiting' || state === 'half-confirmed') && 'key-waiting',
    agreements.some(({ expiring }) => expiring) && 'agreement-expiring',
  ]
  return found.filter((one) => one !== false)
}
