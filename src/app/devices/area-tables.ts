import type { Text } from '../../domain/decider.ts'
import type { Area } from '../../domain/devices/areas.ts'
import type { FactsOf } from '../../domain/devices/facts.ts'

type Cell = string | Text
/** An area as a table for people, in both languages. */
export type AreaTable = { readonly columns: readonly Text[]; readonly rows: readonly Cell[][] }

const t = (ja: string, en: string): Text => ({ ja, en })

const yes = t('はい', 'Yes')
const no = t('いいえ', 'No')
const unknown = t('不明', 'Not known')
const never = t('なし', 'None')

const item = [t('項目', 'Item'), t('値', 'Value')]
const flag = (value: boolean | null): Cell => (value === null ? unknown : value ? yes : no)
const text = (value: string | null): Cell => (value === null || value === '' ? unknown : value)
const number = (value: number | null): Cell => (value === null ? unknown : String(value))
const settings = (values: Readonly<Record<string, string>>): Cell[][] =>
  Object.entries(values).map(([name, value]) => [name, value])

type TableOf = { readonly [A in Area]: (facts: FactsOf<A>) => AreaTable }

export const areaTable: TableOf = {
  system: (facts) => ({
    columns: item,
    rows: [
      [t('ホスト名', 'Host name'), text(facts.hostname)],
      [t('OS', 'Operating system'), text(facts.os.name)],
      [t('サポート終了日', 'Support ends'), text(facts.supportEnds)],
      [t('カーネル', 'Kernel'), text(facts.kernel)],
      [t('アーキテクチャ', 'Architecture'), text(facts.architecture)],
      [t('仮想化', 'Virtualisation'), text(facts.virtualisation)],
      [t('コンテナ', 'Container'), flag(facts.container)],
      [t('起動日時(UTC)', 'Started (UTC)'), text(facts.bootedAt)],
      [t('更新後の再起動待ち', 'Restart pending after updates'), flag(facts.rebootPending)],
      [t('観測したアカウント', 'Account that looked'), text(facts.observer.account)],
    ],
  }),
  packages: (facts) => ({
    columns: [t('パッケージ', 'Package'), t('版', 'Version'), t('アーキテクチャ', 'Architecture')],
    rows: facts.list.map((row) => [...row]),
  }),
  updates: (facts) => ({
    columns: [
      t('パッケージ', 'Package'),
      t('導入済み', 'Installed'),
      t('更新後', 'Available'),
      t('セキュリティ', 'Security'),
      t('未適用になった日(UTC)', 'Pending since (UTC)'),
    ],
    rows: facts.pending.map((update) => [
      update.package,
      update.installed,
      update.candidate,
      flag(update.security),
      sinceCell(update),
    ]),
  }),
  sockets: (facts) => ({
    columns: [
      t('プロトコル', 'Protocol'),
      t('アドレス', 'Address'),
      t('ポート', 'Port'),
      t('プロセス', 'Process'),
      t('ネットワークに公開', 'Open to the network'),
    ],
    rows: facts.list.map((socket) => [
      socket.protocol,
      socket.address,
      String(socket.port),
      text(socket.process),
      flag(socket.open),
    ]),
  }),
  ssh: (facts) => ({
    columns: item,
    rows: facts.installed
      ? [
          [t('有効な設定(sshd -T)', 'Effective settings (sshd -T)'), flag(facts.effective)],
          ...settings(facts.settings),
          ...facts.matches.map(({ match, keyword, value }): Cell[] => [
            `Match ${match}: ${keyword}`,
            value,
          ]),
        ]
      : [[t('SSHサーバー', 'SSH server'), never]],
  }),
  accounts: (facts) => ({
    columns: [
      t('アカウント', 'Account'),
      'UID',
      t('シェル', 'Shell'),
      t('ログイン可', 'Can log in'),
      t('パスワード', 'Password'),
      t('最終変更日', 'Changed on'),
      t('有効日数', 'Valid for (days)'),
      t('強い権限のグループ', 'Powerful groups'),
    ].map(heading),
    rows: facts.list.map((account) => [
      account.name,
      String(account.uid),
      account.shell,
      flag(account.interactive),
      passwordCell(account.password),
      text(account.changedOn),
      account.password === null ? unknown : account.maxDays === null ? never : `${account.maxDays}`,
      facts.groups
        .filter(({ members }) => members.includes(account.name))
        .map(({ group }) => group)
        .join(', '),
    ]),
  }),
  sudo: (facts) => ({
    columns: [
      t('誰が', 'Who'),
      t('誰として', 'As whom'),
      t('コマンド', 'Commands'),
      t('パスワードなし', 'Without a password'),
      t('ファイル', 'File'),
    ],
    rows: facts.rules.map((rule) => [
      rule.principal,
      rule.runAs,
      rule.commands,
      flag(rule.withoutPassword),
      rule.file,
    ]),
  }),
  passwords: (facts) => ({
    columns: item,
    rows: [
      [t('最小の長さ', 'Least length'), number(facts.minLength?.value ?? null)],
      [t('その設定場所', 'Set by'), text(facts.minLength?.from ?? null)],
      [
        t('ロックまでの失敗回数', 'Locked after failures'),
        facts.lockAfter === 0 ? never : number(facts.lockAfter),
      ],
      ...settings(facts.settings),
    ],
  }),
  time: (facts) => ({
    columns: item,
    rows: [
      [t('同期している', 'In step'), flag(facts.synchronised)],
      [t('同期の手段', 'By'), text(facts.by)],
      [t('タイムゾーン', 'Time zone'), text(facts.zone)],
      [t('ずれ(秒、少なくとも)', 'Off by (seconds, at least)'), String(facts.offBySeconds)],
    ],
  }),
  disks: (facts) => ({
    columns: [
      t('マウント先', 'Mounted on'),
      t('デバイス', 'Device'),
      t('種類', 'Type'),
      t('暗号化', 'Encrypted'),
    ],
    rows: facts.volumes.map((volume) => [
      volume.mount,
      volume.device,
      volume.type,
      flag(volume.encrypted),
    ]),
  }),
  antivirus: (facts) => ({
    columns: item,
    rows: [
      ['ClamAV', facts.clamav === null ? never : text(facts.clamav.version)],
      ...(facts.clamav === null
        ? []
        : [
            [t('定義の番号', 'Database'), number(facts.clamav.database)],
            [t('定義の日時(UTC)', 'Database of (UTC)'), text(facts.clamav.updatedAt)],
            [t('常駐(clamd)', 'Running (clamd)'), flag(facts.clamav.running)],
            [t('自動更新(freshclam)', 'Updating itself (freshclam)'), flag(facts.clamav.updating)],
          ]),
      [
        t('ほかの製品', 'Other products'),
        facts.others.length === 0 ? never : facts.others.join(', '),
      ],
    ],
  }),
  audit: (facts) => ({
    columns: item,
    rows: [
      [t('auditdが動作中', 'auditd running'), flag(facts.running)],
      [t('有効(1: 有効、2: 変更不可)', 'Enabled (1: on, 2: locked)'), number(facts.enabled)],
      [t('ルール数', 'Rules'), number(facts.rules)],
      [t('取りこぼした記録', 'Records lost'), number(facts.lost)],
      [t('起動時から有効(audit=1)', 'On from boot (audit=1)'), flag(facts.fromBoot)],
    ],
  }),
  firewall: (facts) => ({
    columns: item,
    rows: [
      [t('手段', 'By'), facts.tool ?? never],
      [t('IPv4の既定で拒否', 'Refuses by default, IPv4'), flag(facts.ipv4)],
      [t('IPv6の既定で拒否', 'Refuses by default, IPv6'), flag(facts.ipv6)],
      [t('IPv6を使用中', 'IPv6 in use'), flag(facts.ipv6InUse)],
      [t('規則の数', 'Rules'), String(facts.rules)],
    ],
  }),
}

function heading(column: Cell): Text {
  return typeof column === 'string' ? t(column, column) : column
}

function sinceCell(update: FactsOf<'updates'>['pending'][number]): Cell {
  if (update.since === null) return unknown
  const day = update.since.slice(0, 10)
  return update.sinceKnown ? day : t(`${day} 以前`, `${day} or before`)
}

function passwordCell(password: 'set' | 'locked' | 'empty' | null): Cell {
  switch (password) {
    case 'set':
      return t('あり', 'Set')
    case 'locked':
      return t('ロック', 'Locked')
    case 'empty':
      return t('空', 'Empty')
    case null:
      return unknown
  }
}
