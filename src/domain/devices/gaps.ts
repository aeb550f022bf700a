import { z } from 'zod'
import type { Text } from '../decider.ts'

/**
 * Why something could not be read. Unknown is never false: what is in a gap is neither good nor bad,
 * and a check that needs it is not proven.
 */
const gapReasons = [
  'needs-root',
  'tool-missing',
  'timed-out',
  'failed',
  'malformed',
  'too-many',
  'not-supported',
  'inside-container',
  'another-ssh-server',
  'include-unread',
  'not-asked',
] as const
export type GapReason = (typeof gapReasons)[number]

export const gap = z.strictObject({
  /** What is missing: a word of ours, such as `shadow`. */
  what: z.string().min(1).max(60),
  reason: z.enum(gapReasons),
  /** The machine's own words, shortened; often empty. */
  detail: z.string().max(300),
})
export type Gap = z.infer<typeof gap>

const gapTexts: Readonly<Record<GapReason, Text>> = {
  'needs-root': {
    ja: '観測に使うアカウントでは読み取れません。管理者権限が必要です。',
    en: 'The account that looks may not read it; that takes root.',
  },
  'tool-missing': {
    ja: '調べるためのコマンドが機器にありません。',
    en: 'The machine has no command that tells.',
  },
  'timed-out': {
    ja: '時間内に答えがありませんでした。',
    en: 'The answer did not come in time.',
  },
  failed: { ja: 'コマンドが失敗しました。', en: 'The command failed.' },
  malformed: {
    ja: '答えの形式が想定と異なり、読み取れませんでした。',
    en: 'The answer does not have the form it should have.',
  },
  'too-many': {
    ja: '件数が上限を超えたため、読み取りませんでした。',
    en: 'There is more than the limit allows, so it was not read.',
  },
  'not-supported': {
    ja: 'この種類のシステムの読み取りには対応していません。',
    en: 'Reading this kind of system is not supported.',
  },
  'inside-container': {
    ja: 'コンテナの中からは、機器そのものの状態は分かりません。',
    en: 'From inside a container the machine itself cannot be seen.',
  },
  'another-ssh-server': {
    ja: 'OpenSSH以外のSSHサーバーが動いており、設定を読み取れません。',
    en: 'An SSH server other than OpenSSH is running; its settings cannot be read.',
  },
  'include-unread': {
    ja: '設定が取り込んでいる別のファイルを読み取れませんでした。',
    en: 'A further file that the settings include could not be read.',
  },
  'not-asked': {
    ja: '観測の途中で打ち切られ、この項目まで届きませんでした。',
    en: 'The observation did not get that far.',
  },
}

/** What is missing, for people; a name that stands here for itself needs no words. */
const subjects: Readonly<Record<string, Text>> = {
  accounts: { ja: 'アカウント', en: 'Accounts' },
  antivirus: { ja: 'ウイルス対策', en: 'Antivirus' },
  audit: { ja: '監査', en: 'Auditing' },
  'audit-rules': { ja: '監査ルール(auditctl -l)', en: 'Audit rules (auditctl -l)' },
  'audit-status': { ja: '監査の状態(auditctl -s)', en: 'Audit state (auditctl -s)' },
  'block-devices': { ja: 'ディスクの構成(lsblk)', en: 'Disks (lsblk)' },
  disks: { ja: 'ディスク', en: 'Disks' },
  firewall: { ja: 'ファイアウォールの規則', en: 'Firewall rules' },
  group: { ja: '/etc/group', en: '/etc/group' },
  'login-defs': { ja: '/etc/login.defs', en: '/etc/login.defs' },
  'os-release': { ja: 'OSの版(os-release)', en: 'Release (os-release)' },
  'package-manager': { ja: 'パッケージ管理', en: 'Package manager' },
  'package-sources': { ja: 'パッケージの入手元', en: 'Package sources' },
  packages: { ja: 'パッケージ一覧', en: 'List of packages' },
  pam: { ja: 'PAMの設定', en: 'PAM settings' },
  passwd: { ja: '/etc/passwd', en: '/etc/passwd' },
  processes: { ja: 'ポートを開いているプロセスの名前', en: 'Names of processes behind ports' },
  shadow: { ja: 'パスワードの状態(/etc/shadow)', en: 'State of passwords (/etc/shadow)' },
  sockets: { ja: '待受けポート', en: 'Listening ports' },
  sshd: { ja: '有効なSSH設定(sshd -T)', en: 'Effective SSH settings (sshd -T)' },
  'sshd-files': { ja: 'SSHの設定ファイル', en: 'SSH configuration files' },
  sudoers: { ja: 'sudoersファイル', en: 'The sudoers files' },
  time: { ja: '時刻同期', en: 'Time synchronisation' },
  timedatectl: { ja: '時刻同期の状態', en: 'State of time synchronisation' },
  'update-advisories': { ja: 'どの更新がセキュリティか', en: 'Which updates are about security' },
  'update-lists': { ja: '更新一覧の取得日時', en: 'When the lists were fetched' },
  updates: { ja: '未適用の更新', en: 'Pending updates' },
  virtualisation: { ja: '仮想化の種類', en: 'Kind of virtualisation' },
}

/** A gap in words: what is missing, why, and what the machine said. */
export function gapText({ what, reason, detail }: Gap): Text {
  const subject = subjects[what] ?? { ja: what, en: what }
  const said = detail === '' ? '' : ` (${detail})`
  const why = gapTexts[reason]
  return { ja: `${subject.ja}: ${why.ja}${said}`, en: `${subject.en}: ${why.en}${said}` }
}
