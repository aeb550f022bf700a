import type { Text } from '../decider.ts'
import type { DevicesRefusal } from './devices.ts'
import type { TargetRefusal } from './target.ts'

/** What a refusal says to people: what happened and what to do. */
export const devicesRefusals: Readonly<
  Record<
    | DevicesRefusal
    | TargetRefusal
    | 'host-account-unknown'
    | 'owner-unknown'
    | 'run-unknown'
    | 'observation-unknown'
    | 'answer-unknown'
    | 'host-keys-unavailable',
    Text
  >
> = {
  'source-unknown': {
    ja: 'その観測元はありません。一覧を開き直してください。',
    en: 'There is no such source. Reload the list.',
  },
  'source-exists': {
    ja: '同じ対象を観測する観測元がすでにあります。そちらを使うか、取り外してから追加してください。',
    en: 'A source already observes this target. Use it, or remove it first.',
  },
  'source-removed': {
    ja: 'その観測元はすでに取り外されています。必要なら新しく追加してください。',
    en: 'That source was removed. Add a new one if it is needed.',
  },
  'host-unknown': {
    ja: 'その機器はまだ観測されていません。先に観測してください。',
    en: 'That machine has not been observed. Observe it first.',
  },
  'host-claimed': {
    ja: 'その機器は別の観測元に属しています。先にその観測元を取り外してください。',
    en: 'That machine belongs to another source. Remove that source first.',
  },
  'host-retired': {
    ja: 'その機器は観測対象から外れています。観測元を追加し直してください。',
    en: 'That machine is no longer observed. Add a source for it again.',
  },
  'host-malformed': {
    ja: 'ホスト名かIPアドレスとして読めません。英数字、ドット、ハイフン(IPv6はコロン)で入力してください。',
    en: 'This is no host name or IP address. Use letters, digits, dots and hyphens (colons for IPv6).',
  },
  'user-malformed': {
    ja: 'ユーザー名として使えません。英字か下線で始め、英数字、下線、ドット、ハイフンの32文字以内にしてください。',
    en: 'This cannot be a user name. Start with a letter or underscore; 32 letters, digits, “_”, “.”, “-” at most.',
  },
  'identity-file-malformed': {
    ja: '秘密鍵のファイルは、このサーバー上の絶対パス(/で始まる)で指定してください。',
    en: 'Give the identity file as an absolute path on this server (it starts with “/”).',
  },
  'host-key-malformed': {
    ja: 'ホスト鍵の行を読めません。「ssh-ed25519 AAAA…」の形の1行を貼り付けてください。',
    en: 'The host key cannot be read. Paste one line such as “ssh-ed25519 AAAA…”.',
  },
  'host-account-unknown': {
    ja: 'その機器に、その名前のアカウントは観測されていません。名前を確かめてください。',
    en: 'No account of that name was seen on the machine. Check the name.',
  },
  'owner-unknown': {
    ja: 'その人は名簿にいません。先に従業員を取り込むか、招待してください。',
    en: 'That person is not known. Import the employees or invite them first.',
  },
  'run-unknown': {
    ja: 'その実行は見つかりません。サーバーの再起動で消えた場合は、観測の履歴を確かめてください。',
    en: 'There is no such run. If the server was restarted, look at the history of observations.',
  },
  'observation-unknown': {
    ja: 'その観測はありません。履歴を開き直してください。',
    en: 'There is no such observation. Reload the history.',
  },
  'answer-unknown': {
    ja: 'その観測では機器から何も届かなかったため、元の出力はありません。',
    en: 'The machine answered nothing that time, so there is no output to show.',
  },
  'host-keys-unavailable': {
    ja: 'その機器から鍵を取得できませんでした。名前、ポート、途中のファイアウォールを確かめてください。',
    en: 'The machine gave no keys. Check the name, the port, and the firewalls between.',
  },
}
