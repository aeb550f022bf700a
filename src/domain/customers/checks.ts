import type { Check } from '../check.ts'
import { agreementChecks } from './agreement-checks.ts'
import { requiredTopics } from './words.ts'

/** Days until a key that somebody has enrolled is vouched for, or the contact is let go. */
const KEY_DAYS = 14
/** Days after a session within which the customer confirms it. */
const ACKNOWLEDGE_DAYS = 30
/** Days after becoming a customer within which everything required was explained. */
const FIRST_DAYS = 30

const contacts: Check = {
  id: 'customer-contacts',
  title: { ja: '承認できる担当者の人数', en: 'At least two contacts who can approve' },
  rule: {
    ja: 'どのお客様にも、鍵が認められ、通常の作業を承認できる担当者が二人以上いる。',
    en: 'Every customer has at least two contacts whose keys are on the roster and who may approve ordinary work.',
  },
  remedy: {
    ja: 'お客様に担当者を増やしてもらい、今の担当者に副署してもらう。一人もいなければ、契約書との照合から始める。',
    en: 'Ask the customer to name another contact, and have the present one countersign. Where nobody is left, begin with the contract.',
  },
  cadence: 'continuous',
  population: `select customer as subject, name_en as label
  from customers
 where state = 'active'
 order by customer`,
  exceptions: `select c.customer as subject, c.name_en as label,
       case count(k.person) when 0 then 'no-contact' else 'one-contact' end as reason,
       max(greatest(c.seq, k.seq)) as observation
  from customers c
  left join customer_contacts k
    on k.customer = c.customer and k.state = 'on-roster' and 'normal' = any(k.risks)
 where c.state = 'active'
 group by c.customer, c.name_en
having count(k.person) < 2
 order by c.customer`,
  reasons: {
    'no-contact': {
      ja: '承認できる担当者がいない。通常の作業は始められない。',
      en: 'Nobody there can approve: no normal work can start.',
    },
    'one-contact': {
      ja: '承認できる担当者が一人しかいない。',
      en: 'Only one contact there can approve.',
    },
  },
  freshness: null,
}

const keys: Check = {
  id: 'customer-contact-keys',
  title: { ja: '担当者の鍵の副署', en: 'Contacts’ keys vouched for by their own side' },
  rule: {
    ja: `担当者が登録した鍵は、${KEY_DAYS}日以内に、同じお客様の担当者の副署か、二人による契約書との照合で認められている。`,
    en: `Within ${KEY_DAYS} days, a key that a contact enrolled is countersigned by a contact of the same customer, or held against the contract by two people.`,
  },
  remedy: {
    ja: 'お客様に副署を頼む。心当たりのない鍵であれば、担当者を外し、誰が招待したかを調べる。',
    en: 'Ask the customer to countersign. If they know nothing of the key, remove the contact and find out who invited it.',
  },
  cadence: 'continuous',
  population: `select c.customer || ' ' || c.person as subject, coalesce(p.name, c.person) as label
  from customer_contacts c
  left join persons p on p.person = c.person
 where c.state <> 'left'
   and exists (select from passkeys k where k.person = c.person and k.state <> 'revoked')
 order by subject`,
  exceptions: `select distinct on (subject) c.customer || ' ' || c.person as subject,
       coalesce(p.name, c.person) as label,
       case when h.state = 'half-confirmed' then 'half-confirmed' else 'not-vouched' end as reason,
       k.seq as observation
  from customer_contacts c
  join passkeys k on k.person = c.person and k.state <> 'revoked'
  left join persons p on p.person = c.person
  left join customer_contact_keys h
    on h.customer = c.customer and h.person = c.person and h.credential_id = k.credential_id
 where c.state <> 'left' and k.created_at < as_of() - interval '${KEY_DAYS} days'
   and h.state is distinct from 'on-roster' and h.state is distinct from 'revoked'
 order by subject, k.seq desc`,
  reasons: {
    'not-vouched': {
      ja: '登録された鍵を、お客様の側の誰も認めていない。',
      en: 'Nobody on the customer’s side has vouched for the enrolled key.',
    },
    'half-confirmed': {
      ja: '契約書との照合が一人しか済んでいない。',
      en: 'Only one of two people has held the key against the contract.',
    },
  },
  freshness: null,
}

const outsiders: Check = {
  id: 'customer-contact-outsider',
  title: { ja: '担当者は社外の人', en: 'No contact is one of our own people' },
  rule: {
    ja: 'お客様の担当者は、当社の従業員名簿に、同じ人としても同じメールアドレスでも載っていない。',
    en: 'No customer’s contact is on our own roster, neither as the same person nor under the same address.',
  },
  remedy: {
    ja: 'その担当者を外し、その鍵で承認された作業をすべて調べる。',
    en: 'Remove the contact, and look at everything that was approved with the key.',
  },
  cadence: 'continuous',
  population: `select c.customer || ' ' || c.person as subject, coalesce(p.name, c.person) as label
  from customer_contacts c
  left join persons p on p.person = c.person
 where c.state <> 'left'
 order by subject`,
  exceptions: `select c.customer || ' ' || c.person as subject, coalesce(p.name, c.person) as label,
       'our-own' as reason, c.seq as observation
  from customer_contacts c
  left join persons p on p.person = c.person
 where c.state <> 'left'
   and exists (select from people e
                 left join persons q on q.person = e.person
                where e.person = c.person or lower(q.email) = lower(p.email))
 order by subject`,
  unproven: `select c.customer || ' ' || c.person as subject, coalesce(p.name, c.person) as label,
       'no-roster' as reason
  from customer_contacts c
  left join persons p on p.person = c.person
 where c.state <> 'left' and not exists (select from people)
 order by subject`,
  reasons: {
    'our-own': {
      ja: '担当者が当社の従業員である。自分で自分の作業を承認できてしまう。',
      en: 'The contact is one of our own people, who could approve his own work.',
    },
    'no-roster': {
      ja: '名簿がまだ取り込まれていないため、照らし合わせられない。',
      en: 'No roster has been imported to hold it against.',
    },
  },
  freshness: null,
}

const wanted = requiredTopics.map((topic) => `('${topic}')`).join(', ')

const briefings: Check = {
  id: 'customer-briefing-current',
  title: { ja: 'お客様への説明会', en: 'Customers were told what they have to know' },
  rule: {
    ja: `どのお客様にも、契約から${FIRST_DAYS}日以内に、責任分界・クラウド事業者のセキュリティ方針・本番作業の進め方を説明し、期限までに説明し直している。`,
    en: `Within ${FIRST_DAYS} days every customer was told of shared responsibility, the cloud provider’s security policy and how production work goes, and again by the day of renewal.`,
  },
  remedy: {
    ja: '説明会を開き、資料と出席者とともに記録する。',
    en: 'Hold the session, and record it with its material and who was there.',
  },
  cadence: 'continuous',
  population: `select c.customer || ' ' || w.topic as subject, c.name_en || ' — ' || w.topic as label
  from customers c
 cross join (values ${wanted}) as w (topic)
 where c.state = 'active' and c.registered_at < as_of() - interval '${FIRST_DAYS} days'
 order by subject`,
  exceptions: `select c.customer || ' ' || w.topic as subject, c.name_en || ' — ' || w.topic as label,
       case when max(b.renew_by) is null then 'never' else 'overdue' end as reason,
       max(greatest(c.seq, b.seq)) as observation
  from customers c
 cross join (values ${wanted}) as w (topic)
  left join customer_briefing_topics t on t.customer = c.customer and t.topic = w.topic
  left join customer_briefings b on b.briefing = t.briefing
 where c.state = 'active' and c.registered_at < as_of() - interval '${FIRST_DAYS} days'
 group by c.customer, c.name_en, w.topic
having coalesce(max(b.renew_by) < as_of_day(), true)
 order by subject`,
  reasons: {
    never: { ja: '一度も説明していない。', en: 'It was never explained.' },
    overdue: {
      ja: '説明し直す期限を過ぎている。',
      en: 'The day by which it was to be explained again is over.',
    },
  },
  freshness: null,
}

const acknowledgements: Check = {
  id: 'customer-briefing-acknowledged',
  title: { ja: '説明会のお客様による確認', en: 'Customers confirmed what they were told' },
  rule: {
    ja: `説明会の内容は、${ACKNOWLEDGE_DAYS}日以内にお客様の担当者が確かめ、署名している。`,
    en: `Within ${ACKNOWLEDGE_DAYS} days a contact of the customer has confirmed each session with a signature.`,
  },
  remedy: {
    ja: 'お客様の担当者に、記録を確かめて署名するよう頼む。',
    en: 'Ask a contact of the customer to look at the record and sign.',
  },
  cadence: 'continuous',
  population: `select b.briefing as subject, c.name_en || ' — ' || b.title as label
  from customer_briefings b
  join customers c on c.customer = b.customer and c.state = 'active'
 order by b.briefing`,
  exceptions: `select b.briefing as subject, c.name_en || ' — ' || b.title as label,
       'not-acknowledged' as reason, b.seq as observation
  from customer_briefings b
  join customers c on c.customer = b.customer and c.state = 'active'
 where b.recorded_at < as_of() - interval '${ACKNOWLEDGE_DAYS} days'
   and not exists (select from customer_acknowledgements a where a.briefing = b.briefing)
 order by b.briefing`,
  reasons: {
    'not-acknowledged': {
      ja: `${ACKNOWLEDGE_DAYS}日を過ぎても、お客様の誰も確かめていない。`,
      en: `Nobody there has confirmed it in ${ACKNOWLEDGE_DAYS} days.`,
    },
  },
  freshness: null,
}

export const customersChecks: readonly Check[] = [
  contacts,
  keys,
  outsiders,
  ...agreementChecks,
  briefings,
  acknowledgements,
]
