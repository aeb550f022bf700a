import type { Check } from '../check.ts'

const expiry: Check = {
  id: 'access-token-expiry',
  title: { ja: 'API トークンの期限と利用', en: 'API tokens expire and are used' },
  rule: {
    ja: '生きている API トークンは一年以内に期限が来て、持ち主のアカウントが有効で、九十日以内に使われている。',
    en: 'Every live API token expires within a year, belongs to an active account and was used within 90 days.',
  },
  remedy: {
    ja: '使っていないトークンを失効させる。要るものは期限を短くして作り直す。',
    en: 'Revoke tokens that are not used. Make those that are needed anew, with a shorter life.',
  },
  cadence: 'continuous',
  population: `select token as subject, token as label
  from tokens
 where revoked_at is null and expires_at > as_of()`,
  exceptions: `select t.token as subject, t.token as label,
       case when t.expires_at > as_of() + interval '366 days' then 'no-near-end'
            when a.state is distinct from 'active' then 'owner-gone'
            else 'unused' end as reason,
       t.seq as observation
  from tokens as t
  left join accounts as a on a.person = t.person
 where t.revoked_at is null and t.expires_at > as_of()
   and (t.expires_at > as_of() + interval '366 days'
        or a.state is distinct from 'active'
        or coalesce(t.last_used_at, t.created_at) < as_of() - interval '90 days')`,
  reasons: {
    'no-near-end': { ja: '期限が一年より先である。', en: 'It lives longer than a year from now.' },
    'owner-gone': {
      ja: '持ち主のアカウントが有効でない。',
      en: 'The account of its owner is not active.',
    },
    unused: { ja: '九十日以上使われていない。', en: 'It has not been used for 90 days.' },
  },
  freshness: null,
}

export const tokenChecks: readonly Check[] = [expiry]
