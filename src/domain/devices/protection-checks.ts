import type { Check } from '../check.ts'
import { hostCheck, itemCheck } from './host-check.ts'

export const protectionChecks: readonly Check[] = [
  hostCheck({
    id: 'host-antivirus-fresh',
    title: { ja: 'ウイルス対策の稼働と更新', en: 'Antivirus runs and is current' },
    rule: {
      ja: '全サーバでウイルス対策が動き、定義が3日以内のものである。',
      en: 'On every server antivirus runs with a database no older than three days.',
    },
    remedy: {
      ja: 'ClamAVならclamav-daemonとclamav-freshclamを入れて起動します。対象外の機器は、例外を理由とともに受容します。',
      en: 'For ClamAV install and start clamav-daemon and clamav-freshclam; accept the exception where a machine needs none.',
    },
    table: 'host_antivirus',
    fails: [
      {
        when: '(not s.installed and cardinality(s.others) = 0)',
        reason: 'absent',
        text: { ja: 'ウイルス対策がありません。', en: 'There is no antivirus.' },
      },
      {
        when: '(s.installed and cardinality(s.others) = 0 and not s.running)',
        reason: 'not-running',
        text: { ja: '常駐(clamd)していません。', en: 'It does not run (clamd).' },
      },
      {
        when: "(s.installed and s.database_at < h.observed_at - interval '3 days')",
        reason: 'outdated',
        text: { ja: '定義が3日より古くなっています。', en: 'Its database is older than 3 days.' },
      },
    ],
    unknown: [
      {
        when: '(not s.installed and cardinality(s.others) > 0)',
        reason: 'other-product',
        text: {
          ja: '動いている製品の定義の新しさは、ここからは分かりません。',
          en: 'How current the product is that runs there cannot be seen from here.',
        },
      },
      {
        when: '(s.installed and s.database_at is null)',
        reason: 'age-unknown',
        text: { ja: '定義の日時を読めません。', en: 'The age of its database is not known.' },
      },
    ],
  }),
  itemCheck({
    id: 'host-disk-encrypted',
    title: { ja: 'ディスクの暗号化', en: 'Disks are encrypted' },
    rule: {
      ja: 'サーバのディスクは、起動用の領域を除いて暗号化されている。',
      en: 'The disks of servers are encrypted, except for what they start from.',
    },
    remedy: {
      ja: 'LUKSで暗号化します。クラウドの仮想ディスクは、事業者の暗号化の設定を証拠として残します。',
      en: 'Encrypt with LUKS; for a cloud’s disks keep the provider’s encryption setting as evidence.',
    },
    area: 'disks',
    items: `
select host, mount as item, mount as label, encrypted, seq
  from host_volumes`,
    fails: [
      {
        when: 'not i.encrypted',
        reason: 'plain',
        text: { ja: '暗号化されていません。', en: 'It is not encrypted.' },
      },
    ],
    unknown: [
      {
        when: 'i.encrypted is null',
        reason: 'virtual-disk',
        text: {
          ja: '仮想ディスクのため、事業者側で暗号化されているかは機器からは分かりません。',
          en: 'It is a virtual disk: whether the provider encrypts it cannot be seen from the machine.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-firewall-active',
    title: { ja: 'サーバのファイアウォール', en: 'Host firewall is active' },
    rule: {
      ja: '全サーバで自身のファイアウォールが有効で、許可していない通信を拒否する。',
      en: 'On every server its own firewall is on and refuses what it does not allow.',
    },
    remedy: {
      ja: 'ufw、firewalld、nftablesのいずれかで、受信の既定を拒否にします。IPv6も忘れずに設定します。',
      en: 'Have ufw, firewalld or nftables deny incoming traffic by default, IPv6 included.',
    },
    table: 'host_firewall',
    fails: [
      {
        when: 'not s.ipv4',
        reason: 'open',
        text: { ja: '受信を既定で拒否していません。', en: 'Incoming traffic is not denied.' },
      },
      {
        when: '(s.ipv6_in_use and not s.ipv6)',
        reason: 'ipv6-open',
        text: {
          ja: 'IPv6の受信を既定で拒否していません。',
          en: 'Incoming IPv6 traffic is not denied.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-audit-running',
    title: { ja: '監査ログの稼働', en: 'Auditing runs' },
    rule: {
      ja: '全サーバでauditdが有効で、監査ルールが読み込まれている。',
      en: 'On every server auditd is on, with rules loaded.',
    },
    remedy: {
      ja: 'auditdを入れて起動し、/etc/audit/rules.d/にルールを置いて「augenrules --load」を実行します。',
      en: 'Install and start auditd, put rules into /etc/audit/rules.d/ and run “augenrules --load”.',
    },
    table: 'host_audit',
    fails: [
      {
        when: 'not s.running',
        reason: 'not-running',
        text: { ja: 'auditdが動いていません。', en: 'auditd does not run.' },
      },
      {
        when: 's.enabled = 0',
        reason: 'disabled',
        text: { ja: '監査が無効になっています。', en: 'Auditing is turned off.' },
      },
      {
        when: 's.rules = 0',
        reason: 'no-rules',
        text: { ja: '監査ルールがありません。', en: 'No rules are loaded.' },
      },
    ],
    unknown: [
      {
        when: '(s.running and (s.enabled is null or s.rules is null))',
        reason: 'state-unreadable',
        text: {
          ja: '監査の状態とルールを読めません。管理者権限が要ります。',
          en: 'Its state and rules could not be read; that takes root.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-audit-complete',
    title: { ja: '監査ログの取りこぼしがない', en: 'Auditing loses nothing' },
    rule: {
      ja: '監査が動く全サーバで、起動時から有効であり(audit=1)、取りこぼした記録がない。',
      en: 'Wherever auditing runs it is on from boot (audit=1) and has lost no record.',
    },
    remedy: {
      ja: 'カーネルの起動引数に「audit=1 audit_backlog_limit=8192」を加えます。取りこぼしの原因を調べます。',
      en: 'Add “audit=1 audit_backlog_limit=8192” to the kernel’s arguments; find what caused the loss.',
    },
    table: 'host_audit',
    fails: [
      {
        when: '(s.running and s.lost > 0)',
        reason: 'records-lost',
        text: {
          ja: '起動してから、監査の記録を取りこぼしています。',
          en: 'Records have been lost since the machine started.',
        },
      },
      {
        when: '(s.running and not s.from_boot)',
        reason: 'not-from-boot',
        text: {
          ja: '起動時からは有効でなく、それより前に始まったプロセスは記録されません。',
          en: 'It is not on from boot: what starts before it goes unrecorded.',
        },
      },
    ],
    unknown: [
      {
        when: '(s.running and (s.lost is null or s.from_boot is null))',
        reason: 'state-unreadable',
        text: {
          ja: '取りこぼしの数を読めません。管理者権限が要ります。',
          en: 'The number of lost records could not be read; that takes root.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-time-synchronised',
    title: { ja: '時刻の同期', en: 'Clocks are in step' },
    rule: {
      ja: '全サーバの時計が時刻源に同期し、ずれが1秒以内である。',
      en: 'The clock of every server follows a time source and is off by no more than a second.',
    },
    remedy: {
      ja: 'chronyかsystemd-timesyncdを有効にし、時刻源へ通信できることを確かめます。',
      en: 'Turn on chrony or systemd-timesyncd and check that it reaches its sources.',
    },
    table: 'host_time',
    fails: [
      {
        when: 'not s.synchronised',
        reason: 'not-synchronised',
        text: { ja: '同期していません。', en: 'It does not follow any source.' },
      },
      {
        when: 'abs(s.off_by_seconds) > 1',
        reason: 'clock-off',
        text: {
          ja: 'このサーバーの時計と1秒より大きくずれています。',
          en: 'Its clock differs from ours by more than a second.',
        },
      },
    ],
    unknown: [
      {
        when: 's.synchronised is null',
        reason: 'state-unknown',
        text: {
          ja: '同期しているかを判断できる手段が機器にありません。',
          en: 'The machine has nothing that tells whether it is synchronised.',
        },
      },
    ],
  }),
]
