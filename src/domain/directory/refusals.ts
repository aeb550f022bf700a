import type { Text } from '../decider.ts'
import type { DirectoryRefusal } from './directory.ts'
import type { TargetRefusal } from './target.ts'

export const directoryRefusals: Readonly<
  Record<
    | DirectoryRefusal
    | TargetRefusal
    | 'directory-account-unknown'
    | 'directory-person-unknown'
    | 'directory-run-unknown'
    | 'directory-by-list'
    | 'directory-not-by-list'
    | 'password-empty'
    | 'list-account-twice'
    | 'list-empty',
    Text
  >
> = {
  'directory-unknown': {
    ja: 'そのアカウントの観測元はありません。一覧を開き直してください。',
    en: 'There is no such source of accounts. Reload the list.',
  },
  'directory-exists': {
    ja: '同じ名前か同じ対象の観測元がすでにあります。そちらを使うか、取り外してから追加してください。',
    en: 'A source of this name or target is there already. Use it, or remove it first.',
  },
  'directory-removed': {
    ja: 'そのアカウントの観測元は取り外されています。必要なら新しく追加してください。',
    en: 'That source of accounts was removed. Add a new one if it is needed.',
  },
  'observation-overtaken': {
    ja: '同じ観測元が同時に観測され、先に終わったほうが記録されました。何もする必要はありません。',
    en: 'The source was observed twice at once, and the other one was recorded. Nothing is to be done.',
  },
  'host-name-malformed': {
    ja: 'サーバの名前として読めません。「dc1.corp.example.jp」の形で入力してください。',
    en: 'This is no name of a server. Give it as in “dc1.corp.example.com”, without a scheme or path.',
  },
  'base-dn-malformed': {
    ja: 'ベースDNとして読めません。「DC=corp,DC=example,DC=jp」の形で入力してください。',
    en: 'This is no base DN. Give it in the form “DC=corp,DC=example,DC=com”, as the directory writes it.',
  },
  'authority-malformed': {
    ja: '認証局の証明書を読めません。「-----BEGIN CERTIFICATE-----」で始まる1枚を貼り付けてください。',
    en: 'The authority’s certificate cannot be read. Paste one that starts with “-----BEGIN CERTIFICATE-----”.',
  },
  'directory-account-unknown': {
    ja: 'そのアカウントは観測されていません。一覧を開き直してください。',
    en: 'No such account was seen. Reload the list.',
  },
  'directory-person-unknown': {
    ja: 'その人は名簿にいません。先に従業員を取り込むか、招待してください。',
    en: 'That person is not known. Import the employees or invite them first.',
  },
  'directory-run-unknown': {
    ja: 'その実行は見つかりません。サーバーの再起動で消えた場合は、観測の履歴を確かめてください。',
    en: 'There is no such run. If the server was restarted, look at the history of observations.',
  },
  'directory-by-list': {
    ja: 'この観測元は一覧を手で渡すものです。サービスから書き出した一覧を取り込んでください。',
    en: 'Lists are handed in for this source. Import one that was exported from the service.',
  },
  'directory-not-by-list': {
    ja: 'この観測元は直接読み取られるため、一覧は取り込めません。',
    en: 'This source is read directly; no list can be imported for it.',
  },
  'password-empty': {
    ja: '接続用のパスワードが空です。空のパスワードは匿名の接続とみなされるため、使えません。',
    en: 'The password is empty. A directory takes an empty one for an anonymous connection.',
  },
  'list-account-twice': {
    ja: '同じアカウントが一覧に二度載っています。どちらかを消して取り込み直してください。',
    en: 'An account is on the list twice. Remove one of the rows and import it again.',
  },
  'list-empty': {
    ja: '一覧にアカウントがひとつもありません。書き出したファイルを確かめてください。',
    en: 'There is no account on the list. Check the file that was exported.',
  },
}
