import type { Check } from '../check.ts'

/** Days before its end by which a new version lies before the customer. */
const RENEW_DAYS = 30

const current: Check = {
  id: 'customer-agreement-current',
  title: { ja: '事前承認作業の有効期限', en: 'Agreements are current' },
  rule: {
    ja: `お客様が署名した事前承認作業は期限内で、署名した担当者が在任しており、期限の${RENEW_DAYS}日前までに次の版が用意されている。`,
    en: `Agreements in force are within their time and their signer is still there; ${RENEW_DAYS} days before the end a new version lies before the customer.`,
  },
  remedy: {
    ja: '続けるのであれば新しい版をお客様に確かめてもらい、続けないのであれば取り消す。',
    en: 'Lay a new version before the customer if the work goes on; revoke the agreement if it does not.',
  },
  cadence: 'continuous',
  population: `select a.agreement as subject, c.name_en || ' — ' || v.title_en as label
  from customer_agreements a
  join customers c on c.customer = a.customer and c.state = 'active'
  join customer_agreement_versions v on v.agreement = a.agreement and v.version = a.version
 where a.state in ('active', 'suspended')
 order by a.agreement`,
  exceptions: `select a.agreement as subject, c.name_en || ' — ' || v.title_en as label,
       case when a.expires < as_of_day() then 'expired'
            when a.resign_by < as_of_day() then 'signer-left-overdue'
            when a.resign_by is not null then 'signer-left'
            else 'expiring' end as reason,
       a.seq as observation
  from customer_agreements a
  join customers c on c.customer = a.customer and c.state = 'active'
  join customer_agreement_versions v on v.agreement = a.agreement and v.version = a.version
  left join customer_agreement_versions n
    on n.agreement = a.agreement and n.version = a.newest and n.state = 'draft'
 where a.state in ('active', 'suspended')
   and (a.expires < as_of_day() or a.resign_by is not null
        or (a.expires < as_of_day() + ${RENEW_DAYS} and n.agreement is null))
 order by a.agreement`,
  reasons: {
    expired: {
      ja: '期限が過ぎている。作業は始められない。',
      en: 'Its time is over: no work can start under it.',
    },
    'signer-left': {
      ja: '署名した担当者が外れ、署名し直しを待っている。',
      en: 'Its signer has left, and it waits to be signed again.',
    },
    'signer-left-overdue': {
      ja: '署名した担当者が外れてから 30 日を過ぎ、無効になっている。',
      en: 'Its signer left more than 30 days ago: it is void.',
    },
    expiring: {
      ja: `期限まで${RENEW_DAYS}日を切ったのに、次の版が用意されていない。`,
      en: `It ends within ${RENEW_DAYS} days and no new version lies before the customer.`,
    },
  },
  freshness: null,
}

export const agreementChecks: readonly Check[] = [current]
