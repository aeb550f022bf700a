import type { Check } from '../check.ts'
import type { Text } from '../decider.ts'

/** Claims have to be looked at again within a year. */
const CLAIM_DAYS = 365
const BREAK_GLASS_DAYS = 30

type Rule = Pick<Check, 'id' | 'title' | 'rule' | 'remedy' | 'cadence'> & {
  readonly of?: string
  readonly join?: string
  /** Conditions over `v` (a service) for which the rule does not hold; the first that does counts. */
  readonly fails: readonly (readonly [when: string, reason: string, text: Text])[]
}

/** The register is no observation: what is in it does not become stale, its claims do. */
function registerCheck({ of = 'true', join = '', fails, ...rest }: Rule): Check {
  const from = `
  from services v${join === '' ? '' : `\n  ${join}`}
 where v.state = 'in-use' and ${of}`
  const cases = fails.map(([when, reason]) => `when ${when} then '${reason}'`)
  const chosen = cases.join('\n            ')
  return {
    ...rest,
    population: `
select v.service as subject, v.name as label${from}`,
    exceptions: `
select v.service as subject, v.name as label,
       case ${chosen} end as reason,
       v.seq as observation${from}
   and case ${chosen} end is not null`,
    reasons: Object.fromEntries(fails.map(([, reason, text]) => [reason, text])),
    freshness: null,
  }
}

const owner = registerCheck({
  id: 'service-owner',
  title: { ja: 'サービスの責任者', en: 'Services have an owner' },
  rule: {
    ja: '使っているサービスには、在籍中の責任者がいる。',
    en: 'For every service in use somebody who works here answers.',
  },
  remedy: {
    ja: 'サービスのページで、在籍している責任者を定める。',
    en: 'Name an owner who works here on the page of the service.',
  },
  cadence: 'continuous',
  join: 'left join people p on p.person = v.owner',
  fails: [
    [
      'p.person is null or p.end_date < as_of_day()',
      'owner-left',
      { ja: '責任者は在籍していない。', en: 'The owner does not work here.' },
    ],
  ],
})

const signOn = registerCheck({
  id: 'service-sign-on',
  title: { ja: 'ディレクトリによるサインイン', en: 'Sign-on through the directory' },
  rule: {
    ja: '対応しているサービスは、ディレクトリを通じたサインインだけを許し、その証拠が一年以内に確かめられている。',
    en: 'Every service that can lets people in through the directory only, and somebody looked at the proof within a year.',
  },
  remedy: {
    ja: 'サービスの設定でSSOを必須にし、設定画面を証拠として登録する。',
    en: 'Enforce single sign-on in the service, and put a picture of the setting into the evidence.',
  },
  cadence: 'continuous',
  of: `v.sign_on <> 'unsupported'`,
  fails: [
    [
      `v.sign_on <> 'enforced'`,
      'not-enforced',
      { ja: 'ディレクトリを通さずに入れる。', en: 'There is a way in past the directory.' },
    ],
    [
      'v.sign_on_evidence is null',
      'no-evidence',
      { ja: '必須にしている証拠がない。', en: 'Nothing proves that it is enforced.' },
    ],
    [
      `coalesce(v.sign_on_checked_on, '-infinity') < as_of_day() - ${CLAIM_DAYS}`,
      'evidence-old',
      {
        ja: '一年より長く確かめられていない。',
        en: 'Nobody looked at it for more than a year.',
      },
    ],
  ],
})

const ownPolicy = registerCheck({
  id: 'service-password-policy',
  title: { ja: 'サービス独自のパスワード方針', en: 'Services’ own password policy' },
  rule: {
    ja: 'ディレクトリの方針が及ばないサービスは、独自の方針が定め(12文字以上、10回以内でロック、多要素認証)を満たす。',
    en: 'Where the directory’s policy does not answer, the service’s own meets the rule: 12 characters, locks after 10 tries at most, a second factor.',
  },
  remedy: {
    ja: 'サービスの設定を改め、設定画面を証拠として登録する。',
    en: 'Change the settings of the service, and put a picture of them into the evidence.',
  },
  cadence: 'continuous',
  of: `(v.sign_on <> 'enforced' or v.sign_on_evidence is null)`,
  fails: [
    [
      'v.own_min_length is null',
      'no-policy',
      { ja: '独自の方針が登録されていない。', en: 'No policy of its own is recorded.' },
    ],
    [
      'v.own_min_length < 12',
      'too-short',
      {
        ja: '12文字より短くてよい(PCI DSS 8.3.6)。',
        en: 'Fewer than 12 characters do (PCI DSS 8.3.6).',
      },
    ],
    [
      'not v.own_mfa',
      'no-mfa',
      { ja: '多要素認証が必須でない。', en: 'A second factor is not required.' },
    ],
    [
      'v.own_lock_after not between 1 and 10',
      'no-lock',
      {
        ja: '10回以内の失敗でロックされない(PCI DSS 8.3.4)。',
        en: 'It does not lock after 10 wrong tries (PCI DSS 8.3.4).',
      },
    ],
    [
      'v.own_evidence is null',
      'no-evidence',
      { ja: '方針の証拠がない。', en: 'Nothing proves the policy.' },
    ],
  ],
})

const vendorReport = registerCheck({
  id: 'service-vendor-report',
  title: { ja: '委託先の監査報告書', en: 'Vendors’ audit reports' },
  rule: {
    ja: '社外のサービスで機密以上の情報を扱うものは、有効な監査報告書を入手し、証拠として登録している。',
    en: 'For every outside service that holds confidential data or more, a valid audit report was obtained and is in the evidence.',
  },
  remedy: {
    ja: '提供者から最新のSOC 2報告書を入手して読み、証拠として登録する。',
    en: 'Get the newest SOC 2 report from the vendor, read it, and put it into the evidence.',
  },
  cadence: 'continuous',
  of: `v.kind <> 'internal' and v.data_class in ('confidential', 'personal', 'customer')`,
  fails: [
    ['v.report_expires is null', 'no-report', { ja: '報告書がない。', en: 'There is no report.' }],
    [
      'v.report_expires < as_of_day()',
      'expired',
      { ja: '報告書の期限が切れている。', en: 'The report has expired.' },
    ],
    [
      'v.report_evidence is null',
      'no-evidence',
      { ja: '報告書が証拠に登録されていない。', en: 'The report is not in the evidence.' },
    ],
  ],
})

const observed = registerCheck({
  id: 'service-accounts-seen',
  title: { ja: 'サービスのアカウントの観測', en: 'Services’ accounts are observed' },
  rule: {
    ja: '使っているサービスのアカウントは、観測されている。',
    en: 'The accounts of every service in use are observed.',
  },
  remedy: {
    ja: 'サービスのアカウントの観測元を追加し、サービスのページで結び付ける。',
    en: 'Add a source of its accounts, and name it on the page of the service.',
  },
  cadence: 'continuous',
  fails: [
    [
      `not exists (select 1 from service_sources r
                    join directory_sources s on s.source = r.source and s.state = 'active'
                   where r.service = v.service and s.last_success_at is not null)`,
      'not-seen',
      { ja: 'アカウントが観測されていない。', en: 'Its accounts are not observed.' },
    ],
  ],
})

/** Whoever opens the glass has a reason, and writes it down. */
const breakGlass: Check = {
  id: 'service-break-glass',
  title: { ja: '緊急用アカウントの利用', en: 'Break-glass accounts stay sealed' },
  rule: {
    ja: `緊急用アカウントは、この${BREAK_GLASS_DAYS}日間使われていない。使われたときは理由が答えられている。`,
    en: `Break-glass accounts were not used within ${BREAK_GLASS_DAYS} days; where one was, the reason is answered.`,
  },
  remedy: {
    ja: 'だれが何のために使ったかを例外に答え、パスワードを替えて封をし直す。',
    en: 'Answer the exception with who used it and why; change its password and seal it again.',
  },
  cadence: 'continuous',
  population: `
select b.service || ':' || b.login as subject, v.name || ' ' || b.login as label
  from service_break_glass b
  join services v on v.service = b.service and v.state = 'in-use'`,
  exceptions: `
select b.service || ':' || b.login as subject, v.name || ' ' || b.login as label,
       'used' as reason, max(a.seq) as observation
  from service_break_glass b
  join services v on v.service = b.service and v.state = 'in-use'
  join service_sources r on r.service = b.service
  join directory_accounts a on a.source = r.source and lower(a.login) = lower(b.login)
 where a.last_used_at >= as_of() - interval '${BREAK_GLASS_DAYS} days'
 group by b.service, b.login, v.name`,
  unproven: `
select b.service || ':' || b.login as subject, v.name || ' ' || b.login as label,
       'use-unknown' as reason
  from service_break_glass b
  join services v on v.service = b.service and v.state = 'in-use'
 where not exists (
       select 1 from service_sources r
         join directory_accounts a on a.source = r.source and lower(a.login) = lower(b.login)
        where r.service = b.service
          and (a.last_used_at is not null or a.never_used is not null))`,
  reasons: {
    used: {
      ja: `この${BREAK_GLASS_DAYS}日のうちに使われた。`,
      en: `It was used within ${BREAK_GLASS_DAYS} days.`,
    },
    'use-unknown': {
      ja: '使われたかどうかが観測されていない。',
      en: 'Whether it was used is not observed.',
    },
  },
  freshness: null,
}

export const servicesChecks: readonly Check[] = [
  owner,
  signOn,
  ownPolicy,
  vendorReport,
  observed,
  breakGlass,
]
