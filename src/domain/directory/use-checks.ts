import type { Check } from '../check.ts'
import { accountCheck, isUsed, privilegedAccounts } from './account-check.ts'

const STALE_DAYS = 90
/** A directory writes the last logon down to 14 days late. */
const LAG_DAYS = 14
const UNUSED_DAYS = 30

const staleAccount = accountCheck({
  id: 'account-stale',
  title: { ja: '長く使われていないアカウント', en: 'No stale accounts' },
  rule: {
    ja: `有効なアカウントは、${STALE_DAYS}日以内に使われている(記録の遅れ${LAG_DAYS}日を加えて見る)。`,
    en: `Every enabled account was used within ${STALE_DAYS} days (and ${LAG_DAYS} for which the record lags).`,
  },
  remedy: {
    ja: '休職などの理由がなければ停止する。',
    en: 'Disable it, unless there is a reason such as a leave.',
  },
  of: `${isUsed} and a.never_used is distinct from true`,
  fails: [
    {
      when: `greatest(a.last_used_at, a.password_set_at, a.created_at)
          < as_of() - interval '${STALE_DAYS + LAG_DAYS} days' and a.last_used_at is not null`,
      reason: 'stale',
      text: {
        ja: `${STALE_DAYS}日より長く使われていない。`,
        en: `Not used for more than ${STALE_DAYS} days.`,
      },
    },
  ],
  unknown: [
    {
      when: 'a.last_used_at is null',
      reason: 'use-unknown',
      text: {
        ja: 'いつ使われたかを、この観測元は示さない。',
        en: 'The source does not show when it was used.',
      },
    },
  ],
})

const neverUsed = accountCheck({
  id: 'account-never-used',
  title: { ja: '一度も使われていないアカウント', en: 'No account that was never used' },
  rule: {
    ja: `有効なアカウントは、作成から${UNUSED_DAYS}日以内に使われ始めている。`,
    en: `Every enabled account came into use within ${UNUSED_DAYS} days of its making.`,
  },
  remedy: {
    ja: '要るまで停止する。初期パスワードのまま残すと、だれかに先に使われる。',
    en: 'Disable it until it is needed: its first password waits for whoever finds it.',
  },
  of: isUsed,
  fails: [
    {
      when: `a.never_used
        and coalesce(a.created_at, a.first_seen_at) < as_of() - interval '${UNUSED_DAYS} days'`,
      reason: 'never-used',
      text: {
        ja: `作成から${UNUSED_DAYS}日を過ぎても使われていない。`,
        en: `Not used in the ${UNUSED_DAYS} days since it was made.`,
      },
    },
  ],
  unknown: [
    {
      when: 'a.never_used is null',
      reason: 'use-unknown',
      text: {
        ja: 'いつ使われたかを、この観測元は示さない。',
        en: 'The source does not show when it was used.',
      },
    },
  ],
})

const flag = (name: string) => `'${name}' = any(a.flags)`

const weakFlags = accountCheck({
  id: 'account-flags',
  title: { ja: 'アカウントの危うい設定', en: 'No dangerous account settings' },
  rule: {
    ja: '有効なアカウントに、パスワード不要、可逆暗号、事前認証なし、無制限の委任、期限のないパスワードの設定がない。',
    en: 'No enabled account may go without a password, is kept reversibly, skips pre-authentication, is trusted for unconstrained delegation, or has a password that never expires.',
  },
  remedy: {
    ja: 'ディレクトリでその設定を外す。サービス用ならグループ管理サービスアカウントに移す。',
    en: 'Take the setting away in the directory; move services to group-managed service accounts.',
  },
  of: `a.state = 'enabled' and a.kind <> 'computer'`,
  fails: [
    {
      when: flag('password-not-required'),
      reason: 'password-not-required',
      text: { ja: 'パスワードなしでも使える。', en: 'It may be used without a password.' },
    },
    {
      when: flag('password-reversible'),
      reason: 'password-reversible',
      text: {
        ja: 'パスワードが元に戻せる形で保存される。',
        en: 'Its password is kept reversibly.',
      },
    },
    {
      when: flag('no-preauthentication'),
      reason: 'no-preauthentication',
      text: {
        ja: 'Kerberosの事前認証がなく、パスワードを外から総当たりできる。',
        en: 'Without Kerberos pre-authentication its password can be guessed offline.',
      },
    },
    {
      when: flag('unconstrained-delegation'),
      reason: 'unconstrained-delegation',
      text: {
        ja: '無制限の委任で、接続した人になりすませる。',
        en: 'Trusted for unconstrained delegation: it can pose as whoever connects to it.',
      },
    },
    {
      when: flag('password-never-expires'),
      reason: 'password-never-expires',
      text: { ja: 'パスワードに期限がない。', en: 'Its password never expires.' },
    },
  ],
})

const privileged = accountCheck({
  id: 'account-privileged',
  title: { ja: '特権を持つアカウント', en: 'Privileged accounts' },
  rule: {
    ja: '管理者の権限に(入れ子のグループを通じても)届く有効なアカウントは、在籍者ひとりのもので、90日以内に使われている。',
    en: 'Every enabled account that reaches an administrator’s rights, nested groups included, belongs to one person who works here, and was used within 90 days.',
  },
  remedy: {
    ja: '管理者のグループから外すか、持ち主を定める。使っていない特権は返してもらう。',
    en: 'Take it out of the administrators’ groups or name its person; unused privileges go back.',
  },
  join: `left join people p on p.person = l.person
  left join ${privilegedAccounts} v on v.source = a.source and v.member = a.id`,
  of: `a.state = 'enabled' and a.kind <> 'computer'
   and ('administrator' = any(a.flags) or v.member is not null)`,
  fails: [
    {
      when: 'l.person is null',
      reason: 'no-person',
      text: { ja: '持ち主がわからない。', en: 'Nobody knows whose it is.' },
    },
    {
      when: 'p.end_date < as_of_day()',
      reason: 'person-left',
      text: { ja: '持ち主は退職している。', en: 'Its person has left.' },
    },
    {
      when: `l.use = 'shared'`,
      reason: 'shared',
      text: { ja: '複数人で使っている。', en: 'Several people use it.' },
    },
    {
      when: `a.last_used_at < as_of() - interval '${STALE_DAYS + LAG_DAYS} days'`,
      reason: 'stale',
      text: {
        ja: `${STALE_DAYS}日より長く使われていない。`,
        en: `Not used for more than ${STALE_DAYS} days.`,
      },
    },
  ],
})

/** Sources that do not say anything about a second factor are not counted. */
const secondFactor = accountCheck({
  id: 'account-mfa',
  title: { ja: '多要素認証', en: 'A second factor' },
  rule: {
    ja: '人の使う有効なアカウントは、多要素認証で守られている。',
    en: 'Every enabled account of a person is protected by a second factor.',
  },
  remedy: {
    ja: 'サービスの管理画面で多要素認証を必須にし、未登録の人に登録してもらう。',
    en: 'Require a second factor in the service, and have those without one enrol.',
  },
  of: isUsed,
  fails: [
    {
      when: 'a.mfa = false',
      reason: 'no-mfa',
      text: { ja: '多要素認証が設定されていない。', en: 'No second factor is set up.' },
    },
  ],
  unknown: [
    {
      when: 'a.mfa is null',
      reason: 'mfa-unknown',
      text: {
        ja: '多要素認証の有無を、この観測元は示さない。',
        en: 'The source does not show whether there is a second factor.',
      },
    },
  ],
})

export const useChecks: readonly Check[] = [
  staleAccount,
  neverUsed,
  weakFlags,
  privileged,
  secondFactor,
]
