import type { Check } from '../check.ts'
import { tokenChecks } from './token-checks.ts'

const administrators: Check = {
  id: 'access-administrators',
  title: { ja: '管理者の人数', en: 'Few administrators, but never only one' },
  rule: {
    ja: 'この製品の管理者は、二人以上五人以下である。',
    en: 'This product has at least two and at most five administrators.',
  },
  remedy: {
    ja: '一人しかいなければ、もう一人を管理者として招待する。多すぎれば、日々の作業に必要のない人の役割を下げる。',
    en: 'If there is only one, invite another. If there are too many, lower the role of those who do not need it.',
  },
  cadence: 'continuous',
  population: `select a.person as subject, coalesce(p.name, a.person) as label
  from accounts as a
  left join persons as p on p.person = a.person
 where a.role = 'administrator' and a.state = 'active'`,
  exceptions: `select a.person as subject, coalesce(p.name, a.person) as label,
       case when n.administrators < 2 then 'only-one' else 'too-many' end as reason,
       a.seq as observation
  from accounts as a
  left join persons as p on p.person = a.person
 cross join (select count(*) as administrators from accounts
              where role = 'administrator' and state = 'active') as n
 where a.role = 'administrator' and a.state = 'active'
   and (n.administrators < 2 or n.administrators > 5)`,
  reasons: {
    'only-one': {
      ja: '管理者が一人しかいない。不在や不正を補う人がいない。',
      en: 'There is no other administrator: nobody to step in, and nobody to notice.',
    },
    'too-many': {
      ja: '管理者が五人を超えている。',
      en: 'There are more than five administrators.',
    },
  },
  freshness: null,
}

const passkey: Check = {
  id: 'access-passkey',
  title: { ja: 'パスキーと本人の確認', en: 'Passkeys, vouched for by another' },
  rule: {
    ja: '有効なアカウントにはパスキーがある。承認を行う役割のパスキーと再登録されたパスキーは、本人でも招待者でもない人が確認している。',
    en: 'Every active account has a passkey. Those of people who approve, and those enrolled in place of a lost one, were confirmed by somebody other than the holder and the inviter.',
  },
  remedy: {
    ja: 'アカウントの画面で、本人と指紋を照らし合わせたうえで、招待者以外の管理者かセキュリティ責任者が確認する。',
    en: 'An administrator or security lead other than the inviter compares the fingerprint with the holder, then confirms it on the accounts page.',
  },
  cadence: 'continuous',
  population: `select a.person as subject, coalesce(p.name, a.person) as label
  from accounts as a
  left join persons as p on p.person = a.person
 where a.state = 'active'`,
  exceptions: `with judged as (
  select a.person, a.seq, k.seq as passkey_seq,
         case when k.credential_id is null then 'no-passkey'
              when k.standing = 're-enrolled' and k.confirmed_by is null then 're-enrolled'
              when k.standing = 'first' and k.confirmed_by is null
                   and a.role in ('administrator', 'security-lead', 'control-owner')
                then 'unconfirmed'
         end as reason
    from accounts as a
    left join passkeys as k on k.person = a.person and k.state = 'active'
   where a.state = 'active'
)
select distinct on (j.person) j.person as subject, coalesce(p.name, j.person) as label,
       j.reason, coalesce(j.passkey_seq, j.seq) as observation
  from judged as j
  left join persons as p on p.person = j.person
 where j.reason is not null
 order by j.person, j.reason`,
  reasons: {
    'no-passkey': { ja: '使えるパスキーがない。', en: 'There is no usable passkey.' },
    unconfirmed: {
      ja: '承認を行う役割なのに、パスキーが本人のものだと第三者が確認していない。',
      en: 'The role approves things, but nobody else has confirmed whose passkey it is.',
    },
    're-enrolled': {
      ja: '再登録されたパスキーを、第三者が確認しないまま使い始めている。なりすましの恐れがある。',
      en: 'A passkey enrolled in place of a lost one came into use without anybody confirming it: it may be an impostor’s.',
    },
  },
  freshness: null,
}

const dormant: Check = {
  id: 'access-dormant',
  title: { ja: '使われていないアカウント', en: 'No dormant accounts' },
  rule: {
    ja: '従業員とお客様の担当者以外の役割のアカウントは九十日以内に使われており、招待は三十日以内に受け入れられている。',
    en: 'Accounts with more than an employee’s rights (customers’ contacts apart) were used within 90 days, and invitations were accepted within 30.',
  },
  remedy: {
    ja: '要らなくなったアカウントを無効にする。要るのであれば、本人に一度サインインしてもらう。',
    en: 'Disable accounts that are not needed. Ask the others to sign in.',
  },
  cadence: 'continuous',
  population: `select a.person as subject, coalesce(p.name, a.person) as label
  from accounts as a
  left join persons as p on p.person = a.person
 where a.state = 'invited' or (a.state = 'active' and a.role not in ('employee', 'customer-contact'))`,
  exceptions: `select a.person as subject, coalesce(p.name, a.person) as label,
       case when a.state = 'invited' then 'invitation-unused' else 'dormant' end as reason,
       a.seq as observation
  from accounts as a
  left join persons as p on p.person = a.person
 where (a.state = 'invited' and a.invited_at < as_of() - interval '30 days')
    or (a.state = 'active' and a.role not in ('employee', 'customer-contact')
        and coalesce(a.last_sign_in_at, a.invited_at) < as_of() - interval '90 days')`,
  reasons: {
    dormant: {
      ja: '九十日以上サインインしていない。',
      en: 'Nobody has signed in for 90 days.',
    },
    'invitation-unused': {
      ja: '招待から三十日たっても登録されていない。',
      en: 'The invitation was not accepted within 30 days.',
    },
  },
  freshness: null,
}

const person: Check = {
  id: 'access-account-person',
  title: { ja: 'アカウントと実在の人', en: 'Every account is a real person’s' },
  rule: {
    ja: '監査人・閲覧者・お客様の担当者を除くアカウントは、名簿に載っている人のものである。',
    en: 'Apart from auditors, readers and customers’ contacts, every account belongs to somebody on the roster.',
  },
  remedy: {
    ja: '名簿に載せるべき人なら名簿を取り込み直す。心当たりのない人なら、すぐにアカウントを無効にし、その人の名前で行われた操作を調べる。',
    en: 'Import the roster again if the person is missing from it. If nobody knows them, disable the account and look at everything done in that name.',
  },
  cadence: 'continuous',
  population: `select a.person as subject, coalesce(p.name, a.person) as label
  from accounts as a
  left join persons as p on p.person = a.person
 where a.state <> 'disabled' and a.role not in ('auditor', 'read-only', 'customer-contact')`,
  exceptions: `select a.person as subject, coalesce(p.name, a.person) as label,
       'not-on-roster' as reason, a.seq as observation
  from accounts as a
  left join persons as p on p.person = a.person
 where a.state <> 'disabled' and a.role not in ('auditor', 'read-only', 'customer-contact')
   and exists (select from people)
   and not exists (select from people as r where r.person = a.person)`,
  unproven: `select a.person as subject, coalesce(p.name, a.person) as label,
       'no-roster' as reason
  from accounts as a
  left join persons as p on p.person = a.person
 where a.state <> 'disabled' and a.role not in ('auditor', 'read-only', 'customer-contact')
   and not exists (select from people)`,
  reasons: {
    'not-on-roster': {
      ja: '名簿にいない人のアカウントである。',
      en: 'The account belongs to nobody on the roster.',
    },
    'no-roster': {
      ja: '名簿がまだ取り込まれていないため、照らし合わせられない。',
      en: 'No roster has been imported to hold it against.',
    },
  },
  freshness: null,
}

export const accessChecks: readonly Check[] = [
  administrators,
  passkey,
  dormant,
  person,
  ...tokenChecks,
]
