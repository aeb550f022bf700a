import type { Check } from '../check.ts'
import { accountFreshness } from './account-check.ts'
import { ownerChecks } from './owner-checks.ts'
import { passwordRules } from './password-rule.ts'
import { useChecks } from './use-checks.ts'

const ruleList = passwordRules
  .map(({ rule, holds }) => `('${rule}', ${holds})`)
  .join(',\n               ')

const everyRule = `
  from directory_password_policies p
  join directory_sources s on s.source = p.source and s.state = 'active'
 cross join lateral (
       values ${ruleList}) r (rule, holds)`

const single = `p.source || ':' || p.policy || ':' || r.rule as subject,
       s.name || ' ' || p.name || ' ' || r.rule as label`

const passwordPolicy: Check = {
  id: 'directory-password-policy',
  title: { ja: 'パスワード方針', en: 'Password policy' },
  rule: {
    ja: 'ディレクトリの各パスワード方針(細かい方針も含む)は、組織の定めとPCI DSS v4.0.1の8.3、ISO/IEC 27001のA.5.17を満たす。',
    en: 'Each password policy of the directories, fine-grained ones included, meets the organisation’s rule, PCI DSS v4.0.1 8.3 and ISO/IEC 27001 A.5.17.',
  },
  remedy: {
    ja: 'ディレクトリで方針を改める。読めない方針は、観測用のアカウントに読む権限を与える。',
    en: 'Change the policy in the directory. Where one cannot be read, let the observing account read it.',
  },
  cadence: 'continuous',
  population: `
select ${single}${everyRule}`,
  exceptions: `
select ${single},
       r.rule as reason, p.seq as observation${everyRule}
 where r.holds = false`,
  unproven: `
select ${single},
       case when p.readable then 'not-shown' else 'unreadable' end as reason${everyRule}
 where r.holds is null`,
  reasons: {
    ...Object.fromEntries(
      passwordRules.map(({ rule, title, required, ids }) => [
        rule,
        {
          ja: `${title.ja}が定め(${required.ja})に届かない(${ids.join('、')})。`,
          en: `${title.en} falls short: it must be ${required.en} (${ids.join(', ')}).`,
        },
      ]),
    ),
    unreadable: {
      ja: '方針はあるが、中身を読む権限がない。',
      en: 'The policy exists, but its content may not be read.',
    },
    'not-shown': { ja: 'ディレクトリが示さない。', en: 'The directory does not show it.' },
  },
  freshness: accountFreshness,
}

const sourcesObserved: Check = {
  id: 'directory-observed',
  title: { ja: 'アカウントの観測', en: 'Accounts are observed' },
  rule: {
    ja: 'ディレクトリは予定どおり読み取られ、手渡しの一覧は31日以内に取り込まれている。',
    en: 'Directories are read on schedule, and lists were handed in within 31 days.',
  },
  remedy: {
    ja: '観測元のページで失敗の理由を確かめて直し、もう一度観測するか、新しい一覧を取り込む。',
    en: 'Read why it failed on the page of the source, mend it and observe again, or hand in a new list.',
  },
  cadence: 'continuous',
  population: `
select source as subject, name as label
  from directory_sources
 where state = 'active'`,
  exceptions: `
select source as subject, name as label,
       case when last_failure_at > coalesce(last_success_at, '-infinity') then 'failing'
            when last_success_at is null then 'never'
            else 'silent' end as reason,
       seq as observation
  from directory_sources
 where state = 'active'
   and (last_failure_at > coalesce(last_success_at, '-infinity')
        or coalesce(last_success_at, added_at)
             < as_of() - make_interval(hours => coalesce(2 * every_hours + 1, 31 * 24)))`,
  unproven: `
select source as subject, name as label, 'not-yet' as reason
  from directory_sources
 where state = 'active' and last_success_at is null and last_failure_at is null
   and added_at >= as_of() - make_interval(hours => coalesce(2 * every_hours + 1, 31 * 24))`,
  reasons: {
    failing: { ja: '最後の観測が失敗している。', en: 'The last observation failed.' },
    never: {
      ja: '追加されてから一度も観測されていない。',
      en: 'Never observed since it was added.',
    },
    silent: {
      ja: '予定の時期を過ぎても観測されていない。',
      en: 'Not observed when it should have been.',
    },
    'not-yet': { ja: '追加されたばかりである。', en: 'It was only just added.' },
  },
  freshness: null,
}

export const directoryChecks: readonly Check[] = [
  ...ownerChecks,
  ...useChecks,
  passwordPolicy,
  sourcesObserved,
]
