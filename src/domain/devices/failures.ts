import type { Text } from '../decider.ts'

/**
 * Why a whole observation failed. A failure is recorded as an entry of its own: a source that cannot
 * be observed is a visible fact and not a silence.
 */
export const failureCodes = [
  'ssh-missing',
  'shell-missing',
  'host-unknown-name',
  'host-unreachable',
  'host-key-mismatch',
  'sign-in-refused',
  'identity-file-unreadable',
  'shell-refused',
  'connection-lost',
  'timed-out',
  'output-too-large',
  'output-malformed',
  'host-unidentified',
  'host-claimed',
  'system-unsupported',
] as const
export type FailureCode = (typeof failureCodes)[number]

export const failureTexts: Readonly<Record<FailureCode, Text>> = {
  'ssh-missing': {
    ja: 'このサーバーにsshコマンドがありません。OpenSSHクライアントを入れてください。',
    en: 'This server has no ssh command. Install the OpenSSH client.',
  },
  'shell-missing': {
    ja: 'このサーバーに/bin/shがないため、自分自身を観測できません。',
    en: 'This server has no /bin/sh, so it cannot observe itself.',
  },
  'host-unknown-name': {
    ja: 'ホスト名が見つかりません。名前とDNSの設定を確かめてください。',
    en: 'The host name cannot be resolved. Check the name and DNS.',
  },
  'host-unreachable': {
    ja: '接続できません。機器が動いているか、ポートとファイアウォールを確かめてください。',
    en: 'No connection. Check that the machine is up, its port, and the firewalls between.',
  },
  'host-key-mismatch': {
    ja: '機器の鍵が登録した鍵と異なるため、接続しませんでした。機器を入れ替えていなければ、通信の途中で別の機器がなりすましているおそれがあります。',
    en: 'The machine’s key is not the pinned one, so nothing was sent. Unless the machine was replaced, something in between may be posing as it.',
  },
  'sign-in-refused': {
    ja: '機器がこの鍵でのログインを認めませんでした。ユーザー名とauthorized_keysを確かめてください。',
    en: 'The machine refused this key. Check the user name and its authorized_keys.',
  },
  'identity-file-unreadable': {
    ja: '秘密鍵のファイルを使えません。場所、所有者、権限(600)、パスフレーズがないことを確かめてください。',
    en: 'The identity file cannot be used. Check its place, owner, mode (600), and that it has no passphrase.',
  },
  'shell-refused': {
    ja: 'ログインはできましたが、観測の手順を実行できませんでした。アカウントのシェルとforced commandを確かめてください。',
    en: 'Sign-in worked, but the probe was not run. Check the account’s shell and any forced command.',
  },
  'connection-lost': {
    ja: '観測の途中で接続が切れました。次の予定でもう一度試みます。',
    en: 'The connection broke off during the observation. It is tried again on schedule.',
  },
  'timed-out': {
    ja: '制限時間内に終わりませんでした。機器の負荷を確かめてください。',
    en: 'It did not finish in time. Check the load of the machine.',
  },
  'output-too-large': {
    ja: '機器の答えが上限を超えたため、打ち切りました。',
    en: 'The machine’s answer passed the limit and was cut off.',
  },
  'output-malformed': {
    ja: '機器の答えの形式が壊れているため、何も記録しませんでした。元の出力は保存してあります。',
    en: 'The machine’s answer is damaged, so no facts were taken from it. The output itself is kept.',
  },
  'host-unidentified': {
    ja: '機器を見分ける番号(/etc/machine-id)を読み取れません。systemd-machine-id-setupで作成してください。',
    en: 'The machine has no readable /etc/machine-id to tell it by. Create one with systemd-machine-id-setup.',
  },
  'host-claimed': {
    ja: '別の観測元と同じ番号の機器です。複製した仮想機械か、なりすましです。複製なら、機器の/etc/machine-idを作り直してください。',
    en: 'It says it is a machine that another source already shows: a cloned virtual machine, or an impostor. Give a clone its own /etc/machine-id.',
  },
  'system-unsupported': {
    ja: 'Linux以外のシステムの観測には、まだ対応していません。',
    en: 'Systems other than Linux cannot be observed yet.',
  },
}
