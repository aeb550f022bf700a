import type { Check } from '../check.ts'
import { hostCheck, itemCheck } from './host-check.ts'

const accounts = `
select host, account as item, account as label, account_key, uid, interactive, password, scheme,
       changed_on, max_days, seq
  from host_accounts`

const interactiveAccounts = `${accounts}
 where interactive`

/** Accounts whose owner is written down, with what is known of the owner. */
const ownedAccounts = `
select a.host, a.account as item, a.account as label, a.seq, o.person,
       p.person is not null and not p.erased as known, r.end_date
  from host_accounts a
  left join host_account_owners o on o.host = a.host and o.account_key = a.account_key
  left join persons p on p.person = o.person
  left join people r on r.person = o.person
 where a.interactive`

const noShadow = {
  when: '(i.interactive and i.password is null)',
  reason: 'password-unreadable',
  text: {
    ja: 'パスワードの状態(/etc/shadow)を読めません。観測に管理者権限が要ります。',
    en: 'The state of its password (/etc/shadow) could not be read; that takes root.',
  },
}

export const accountChecks: readonly Check[] = [
  itemCheck({
    id: 'host-account-owner',
    title: { ja: 'サーバのアカウントの持ち主', en: 'Every server account has an owner' },
    rule: {
      ja: 'ログインできるすべてのアカウントに、在籍している持ち主が登録されている。',
      en: 'Every account that can log in has an owner on record who works here.',
    },
    remedy: {
      ja: '機器のページでアカウントの持ち主を登録します。持ち主のいないアカウントは削除します。',
      en: 'Assign the account on the machine’s page; remove accounts that nobody owns.',
    },
    area: 'accounts',
    items: ownedAccounts,
    fails: [
      {
        when: 'i.person is null',
        reason: 'no-owner',
        text: { ja: '持ち主が登録されていません。', en: 'No owner is on record.' },
      },
      {
        when: 'i.end_date < as_of_day()',
        reason: 'owner-left',
        text: { ja: '持ち主が退職しています。', en: 'Its owner has left.' },
      },
      {
        when: 'not coalesce(i.known, false)',
        reason: 'owner-unknown',
        text: { ja: '持ち主が名簿にいません。', en: 'Its owner is not known here any more.' },
      },
    ],
  }),
  itemCheck({
    id: 'host-account-empty-password',
    title: { ja: '空のパスワードがない', en: 'No account without a password' },
    rule: {
      ja: 'どのサーバにも、パスワードが空のアカウントがない。',
      en: 'On no server is there an account whose password is empty.',
    },
    remedy: {
      ja: '「passwd -l アカウント名」でロックするか、パスワードを設定します。',
      en: 'Lock the account with “passwd -l NAME”, or set a password.',
    },
    area: 'accounts',
    items: accounts,
    fails: [
      {
        when: "i.password = 'empty'",
        reason: 'empty',
        text: { ja: 'パスワードが空です。', en: 'Its password is empty.' },
      },
    ],
    unknown: [noShadow],
  }),
  itemCheck({
    id: 'host-password-age',
    title: { ja: 'サーバのパスワードの変更期限', en: 'Server passwords are changed in time' },
    rule: {
      ja: 'パスワードを持つログイン可能なアカウントは、365日以内の有効期限があり、期限内に変更されている。',
      en: 'An account that can log in with a password must change it within 365 days, and has.',
    },
    remedy: {
      ja: '「chage -M 365 アカウント名」で期限を定めます。鍵だけで使うなら、パスワードをロックします。',
      en: 'Set the limit with “chage -M 365 NAME”; lock the password where only keys are used.',
    },
    area: 'accounts',
    items: interactiveAccounts,
    fails: [
      {
        when: "(i.password = 'set' and coalesce(i.max_days, 99999) > 365)",
        reason: 'never-expires',
        text: {
          ja: '有効期限がないか、365日を超えています。',
          en: 'It never expires, or only after more than 365 days.',
        },
      },
      {
        when: "(i.password = 'set' and i.changed_on < as_of_day() - 365)",
        reason: 'too-old',
        text: { ja: '365日より前から変わっていません。', en: 'It is older than 365 days.' },
      },
    ],
    unknown: [noShadow],
  }),
  itemCheck({
    id: 'host-password-hash',
    title: { ja: 'パスワードの保存方式', en: 'Passwords are stored safely' },
    rule: {
      ja: 'サーバのパスワードは、MD5やDESではない方式でハッシュ化され、/etc/shadowに置かれている。',
      en: 'Server passwords are hashed by something better than MD5 or DES, in /etc/shadow.',
    },
    remedy: {
      ja: 'login.defsの「ENCRYPT_METHOD」をYESCRYPTかSHA512にし、該当者にパスワードを変更してもらいます。',
      en: 'Set “ENCRYPT_METHOD” in login.defs to YESCRYPT or SHA512 and have the password changed.',
    },
    area: 'accounts',
    items: accounts,
    fails: [
      {
        when: "i.scheme in ('md5', 'des', 'unshadowed')",
        reason: 'weak',
        text: {
          ja: '弱い方式で保存されているか、誰でも読めるファイルにあります。',
          en: 'It is hashed by a weak method, or stands in a file that everybody can read.',
        },
      },
    ],
    unknown: [noShadow],
  }),
  itemCheck({
    id: 'host-superuser-single',
    title: { ja: '管理者番号のアカウントは1つ', en: 'One account with the superuser’s id' },
    rule: {
      ja: 'UID 0のアカウントは、どのサーバでもrootだけである。',
      en: 'On every server root is the only account with user id 0.',
    },
    remedy: {
      ja: 'UID 0の別名アカウントを削除し、必要な人にはsudoを与えます。',
      en: 'Remove the other account; give whoever needs it sudo.',
    },
    area: 'accounts',
    items: accounts,
    fails: [
      {
        when: "(i.uid = 0 and i.item <> 'root')",
        reason: 'second-superuser',
        text: { ja: 'root以外でUIDが0です。', en: 'It has user id 0 and is not root.' },
      },
    ],
  }),
  itemCheck({
    id: 'host-sudo-without-password',
    title: { ja: 'パスワードなしのsudo', en: 'No sudo without a password' },
    rule: {
      ja: '管理者権限への昇格には再認証が要る。パスワードなしは、理由を添えて受容した自動処理だけである。',
      en: 'Becoming administrator asks again who it is; without a password only accepted automation.',
    },
    remedy: {
      ja: 'sudoersからNOPASSWDと「!authenticate」を取り除きます。自動処理なら、例外を理由とともに受容します。',
      en: 'Take NOPASSWD and “!authenticate” out of sudoers, or accept the exception with its reason.',
    },
    area: 'sudo',
    items: `
select host, 'sudo:' || principal || ':' || left(md5(run_as || chr(10) || commands), 8) as item,
       'sudo ' || principal as label, bool_or(without_password) as without_password,
       min(seq) as seq
  from host_sudo
 group by host, principal, run_as, commands`,
    fails: [
      {
        when: 'i.without_password',
        reason: 'without-password',
        text: {
          ja: 'パスワードなしで実行できます。',
          en: 'It runs commands without asking for a password.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-password-length',
    title: { ja: 'サーバのパスワードの長さ', en: 'Server passwords are long enough' },
    rule: {
      ja: '全サーバで、12文字未満のパスワードが拒否される。',
      en: 'Every server refuses passwords shorter than twelve characters.',
    },
    remedy: {
      ja: 'libpam-pwqualityを入れ、pwquality.confに「minlen = 12」を書きます。',
      en: 'Install libpam-pwquality and put “minlen = 12” into pwquality.conf.',
    },
    table: 'host_passwords',
    fails: [
      {
        when: 's.min_length < 12',
        reason: 'too-short',
        text: {
          ja: '12文字より短いパスワードが許されています。',
          en: 'Passwords of fewer than twelve characters are let through.',
        },
      },
    ],
    unknown: [
      {
        when: 's.min_length is null',
        reason: 'rule-unknown',
        text: {
          ja: 'PAMの設定から最小の長さを判断できません。',
          en: 'The least length cannot be told from the PAM settings.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-login-lockout',
    title: { ja: 'ログイン失敗時のロック', en: 'Accounts lock after failed tries' },
    rule: {
      ja: '全サーバで、ログインに10回まで失敗するとアカウントがロックされる。',
      en: 'On every server an account locks after at most ten failed tries.',
    },
    remedy: {
      ja: 'PAMにpam_faillockを加え、faillock.confの「deny」を10以下にします。',
      en: 'Add pam_faillock to PAM and set “deny” in faillock.conf to 10 or less.',
    },
    table: 'host_passwords',
    fails: [
      {
        when: 's.lock_after = 0',
        reason: 'never',
        text: { ja: '何度失敗してもロックされません。', en: 'It never locks.' },
      },
      {
        when: 's.lock_after > 10',
        reason: 'too-late',
        text: { ja: '10回を超えてもロックされません。', en: 'It locks only after more than ten.' },
      },
    ],
    unknown: [
      {
        when: 's.lock_after is null',
        reason: 'rule-unknown',
        text: {
          ja: 'PAMの設定から回数を判断できません。',
          en: 'The number cannot be told from the PAM settings.',
        },
      },
    ],
  }),
]
