import type { Check } from '../check.ts'
import { accountChecks } from './account-checks.ts'
import { activeHosts } from './host-check.ts'
import { protectionChecks } from './protection-checks.ts'
import { sshChecks } from './ssh-checks.ts'
import { systemChecks } from './system-checks.ts'

const observationChecks: readonly Check[] = [
  {
    id: 'host-observed',
    title: { ja: 'サーバの観測', en: 'Servers are observed' },
    rule: {
      ja: '登録された全サーバが、2日以内に観測されている。',
      en: 'Every machine on record has been observed within two days.',
    },
    remedy: {
      ja: '観測元の失敗の理由を調べて直します。なくなった機器は、観測元を理由とともに取り外します。',
      en: 'Find out why its source fails; where the machine is gone, remove the source with the reason.',
    },
    cadence: 'continuous',
    population: activeHosts,
    exceptions: `
select host as subject, hostname as label, 'not-observed' as reason, seq as observation
  from hosts
 where state = 'active'
   and observed_at < as_of() - interval '2 days'`,
    reasons: {
      'not-observed': {
        ja: '2日より長く観測されていません。',
        en: 'It has not been observed for more than two days.',
      },
    },
    freshness: null,
  },
  {
    id: 'observation-succeeding',
    title: { ja: '観測の成功', en: 'Observation succeeds' },
    rule: {
      ja: 'すべての観測元が予定どおり動き、最後の観測が成功している。',
      en: 'Every source runs on schedule, and its last observation succeeded.',
    },
    remedy: {
      ja: '観測元のページで失敗の理由を確かめて直し、「今すぐ観測」を実行します。',
      en: 'Read why it failed on the page of the source, fix it, and observe again.',
    },
    cadence: 'continuous',
    population: `
select source as subject, name as label
  from sources
 where state = 'active'`,
    exceptions: `
select source as subject, name as label,
       case when last_failure_at > coalesce(last_success_at, '-infinity') then 'failing'
            when last_success_at is null then 'never'
            else 'silent' end as reason,
       seq as observation
  from sources
 where state = 'active'
   and (last_failure_at > coalesce(last_success_at, '-infinity')
        or coalesce(last_success_at, added_at)
             < as_of() - make_interval(hours => 2 * every_hours + 1))`,
    unproven: `
select source as subject, name as label, 'not-yet' as reason
  from sources
 where state = 'active'
   and last_success_at is null
   and last_failure_at is null
   and added_at >= as_of() - make_interval(hours => 2 * every_hours + 1)`,
    reasons: {
      failing: { ja: '最後の観測が失敗しています。', en: 'The last observation failed.' },
      never: {
        ja: '追加されてから一度も観測されていません。',
        en: 'It has never been observed since it was added.',
      },
      silent: {
        ja: '予定の時刻を過ぎても観測されていません。',
        en: 'It has not been observed when it should have been.',
      },
      'not-yet': { ja: '追加されたばかりです。', en: 'It was only just added.' },
    },
    freshness: null,
  },
]

export const deviceChecks: readonly Check[] = [
  ...observationChecks,
  ...systemChecks,
  ...sshChecks,
  ...accountChecks,
  ...protectionChecks,
]
