import type { Text } from '../decider.ts'

/** What is looked at on a machine, in the order in which it is shown. */
export const areas = [
  'system',
  'packages',
  'updates',
  'sockets',
  'ssh',
  'accounts',
  'sudo',
  'passwords',
  'time',
  'disks',
  'antivirus',
  'audit',
  'firewall',
] as const
export type Area = (typeof areas)[number]

export const areaTitles: Readonly<Record<Area, Text>> = {
  system: { ja: 'OSとカーネル', en: 'Operating system and kernel' },
  packages: { ja: 'パッケージ', en: 'Packages' },
  updates: { ja: '未適用の更新', en: 'Pending updates' },
  sockets: { ja: '待受けポート', en: 'Listening ports' },
  ssh: { ja: 'SSHサーバーの設定', en: 'SSH server settings' },
  accounts: { ja: 'アカウント', en: 'Accounts' },
  sudo: { ja: '管理者権限(sudo)', en: 'Administrator rights (sudo)' },
  passwords: { ja: 'パスワードの規則', en: 'Password rules' },
  time: { ja: '時刻同期', en: 'Time synchronisation' },
  disks: { ja: 'ディスクの暗号化', en: 'Disk encryption' },
  antivirus: { ja: 'ウイルス対策', en: 'Antivirus' },
  audit: { ja: '監査ログ(auditd)', en: 'Audit log (auditd)' },
  firewall: { ja: 'ファイアウォール', en: 'Firewall' },
}
