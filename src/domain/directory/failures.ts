import type { Text } from '../decider.ts'

/** Why a whole observation failed. Nothing is taken for deleted because a run failed. */
export const failureCodes = [
  'directory-name-unknown',
  'directory-unreachable',
  'certificate-refused',
  'secret-missing',
  'bind-refused',
  'bind-disabled',
  'bind-locked',
  'bind-insecure',
  'base-unknown',
  'directory-broken-off',
  'directory-timed-out',
  'directory-answer-malformed',
  'directory-too-large',
  'directory-shrunk',
] as const
export type FailureCode = (typeof failureCodes)[number]

export const failureTexts: Readonly<Record<FailureCode, Text>> = {
  'directory-name-unknown': {
    ja: 'サーバの名前が見つかりません。名前とDNSの設定を確かめてください。',
    en: 'The server’s name cannot be resolved. Check the name and DNS.',
  },
  'directory-unreachable': {
    ja: 'サーバに接続できません。動いているか、ポートと途中のファイアウォールを確かめてください。',
    en: 'No connection. Check that the server is up, its port, and the firewalls between.',
  },
  'certificate-refused': {
    ja: 'サーバの証明書を確かめられないため、何も送りませんでした。証明書の名前と期限、登録した認証局の証明書を確かめてください。',
    en: 'The server’s certificate cannot be trusted, so nothing was sent. Check its name and dates, and the authority’s certificate on record.',
  },
  'secret-missing': {
    ja: '接続用のパスワードがこのサーバにありません。観測元のページで入れ直してください。',
    en: 'The password for the connection is not on this server. Enter it again on the page of the source.',
  },
  'bind-refused': {
    ja: '接続用のアカウントかパスワードが拒まれました。名前とパスワードを確かめ、入れ直してください。',
    en: 'The account or its password was refused. Check both and enter the password again.',
  },
  'bind-disabled': {
    ja: '接続用のアカウントが無効になっています。有効に戻すか、別のアカウントを使ってください。',
    en: 'The account for the connection is disabled. Enable it or use another.',
  },
  'bind-locked': {
    ja: '接続用のアカウントがロックされています。解除し、誰がパスワードを誤っているか調べてください。',
    en: 'The account for the connection is locked. Unlock it and find out who mistypes its password.',
  },
  'bind-insecure': {
    ja: 'サーバが暗号化されていない接続を拒みました。LDAPSかStartTLSを選んでください。',
    en: 'The server refuses a connection without encryption. Choose LDAPS or StartTLS.',
  },
  'base-unknown': {
    ja: '検索の起点(ベースDN)がディレクトリにありません。例: DC=corp,DC=example,DC=jp',
    en: 'The base DN is not in this directory. Example: DC=corp,DC=example,DC=com',
  },
  'directory-broken-off': {
    ja: '読み取りの途中で接続が切れました。前回までの内容をそのまま残し、次の予定でもう一度試みます。',
    en: 'The connection broke off while reading. What was known stays; it is tried again on schedule.',
  },
  'directory-timed-out': {
    ja: '制限時間内に答えがありませんでした。サーバの負荷を確かめてください。',
    en: 'The server did not answer in time. Check its load.',
  },
  'directory-answer-malformed': {
    ja: 'サーバの答えを読み取れないため、何も記録しませんでした。',
    en: 'The server’s answer cannot be read, so nothing was recorded.',
  },
  'directory-too-large': {
    ja: '一度に読み取れる件数の上限を超えました。ベースDNを分けて観測元を登録してください。',
    en: 'More than can be read at once. Divide it: one source for each part of the tree.',
  },
  'directory-shrunk': {
    ja: 'アカウントが一度に1割を超えて減っています。読み取りの権限か対象が狭まったおそれがあるため、消えたとは扱いませんでした。本当に減ったのなら、観測元のページで減少を認めて観測してください。',
    en: 'More than a tenth of the accounts are missing at once. The reader’s rights or the base may have narrowed, so nothing was taken for deleted. If they are truly gone, accept the loss on the page of the source.',
  },
}
