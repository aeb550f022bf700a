import type { Check } from '../check.ts'
import { hostCheck, itemCheck } from './host-check.ts'

export const systemChecks: readonly Check[] = [
  hostCheck({
    id: 'host-supported-os',
    title: { ja: 'サポート中のOS', en: 'Supported operating systems' },
    rule: {
      ja: '全サーバのOSが、供給元のセキュリティ更新の期間内にある。',
      en: 'The operating system of every server still gets security updates from its vendor.',
    },
    remedy: {
      ja: '後継の版へ移行します。有償の延長を使っている場合は、契約を証拠として例外を受容します。',
      en: 'Move to a later release; where an extension is paid for, accept the exception with proof.',
    },
    table: 'hosts',
    fails: [
      {
        when: 'h.support_ends < as_of_day()',
        reason: 'ended',
        text: { ja: 'サポートが終了しています。', en: 'Its support has ended.' },
      },
    ],
    unknown: [
      {
        when: 'h.support_ends is null',
        reason: 'release-unknown',
        text: {
          ja: 'このOSの版のサポート期限を知りません。',
          en: 'When the support of this release ends is not known here.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-security-updates',
    title: { ja: 'セキュリティ更新の期限内適用', en: 'Security updates in time' },
    rule: {
      ja: '全サーバで、公開から30日を超えて適用されていないセキュリティ更新がない。',
      en: 'No server has security updates pending for more than thirty days.',
    },
    remedy: {
      ja: '更新を適用します。apt upgradeやdnf upgradeを定期的に行うか、自動更新を有効にします。',
      en: 'Install the updates; run apt or dnf regularly or turn on automatic updates.',
    },
    table: 'host_updates',
    fails: [
      {
        when: `exists (select from host_pending p
                  where p.host = h.host and p.security
                    and p.since < as_of() - interval '30 days')`,
        reason: 'overdue',
        text: {
          ja: '30日を超えて適用されていない更新があります。',
          en: 'Updates have been pending for more than thirty days.',
        },
      },
    ],
    unknown: [
      {
        when: 's.security_source is not true',
        reason: 'no-source',
        text: {
          ja: 'セキュリティ更新の入手元が設定されていないか、確かめられません。',
          en: 'No source of security updates is set up, or it could not be told.',
        },
      },
      {
        when: 'coalesce(s.lists_age_days, 8) > 7',
        reason: 'lists-stale',
        text: {
          ja: '更新の一覧が7日より古く、何が未適用か分かりません。',
          en: 'The lists of updates are older than seven days, so what is pending is not known.',
        },
      },
      {
        when: 's.security is null',
        reason: 'not-classified',
        text: {
          ja: 'どの更新がセキュリティに関わるか分かりません。',
          en: 'Which of the updates are about security is not known.',
        },
      },
      {
        when: `exists (select from host_pending p
                  where p.host = h.host and p.security and not p.since_known)`,
        reason: 'age-unknown',
        text: {
          ja: '観測を始める前から未適用の更新があり、公開からの日数が分かりません。',
          en: 'Updates were pending when observation began; how long already is not known.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-reboot-pending',
    title: { ja: '更新後の再起動', en: 'Restarted after updates' },
    rule: {
      ja: '更新の反映に必要な再起動が、7日以内に行われている。',
      en: 'A restart that updates need happens within seven days.',
    },
    remedy: {
      ja: '計画して再起動します。再起動までは、古いカーネルが動き続けます。',
      en: 'Plan the restart; until then the old kernel keeps running.',
    },
    table: "(select host, seq from host_areas where area = 'system')",
    fails: [
      {
        when: `(h.reboot_pending
            and exists (select from observations o
                         where o.source = h.source and o.seq = s.seq
                           and o.ended_at < as_of() - interval '7 days'))`,
        reason: 'waiting',
        text: {
          ja: '7日より長く再起動を待っています。',
          en: 'It has waited for a restart for more than seven days.',
        },
      },
    ],
    unknown: [
      {
        when: 'h.reboot_pending is null',
        reason: 'state-unknown',
        text: {
          ja: '再起動が必要か分かりません。',
          en: 'Whether it waits for a restart is not known.',
        },
      },
    ],
  }),
  hostCheck({
    id: 'host-package-sources',
    title: { ja: '署名されたパッケージの入手元', en: 'Packages come signed' },
    rule: {
      ja: '全サーバで、署名を確かめない入手元からパッケージを取り込んでいない。',
      en: 'No server takes packages from a source whose signatures it does not check.',
    },
    remedy: {
      ja: 'aptの「trusted=yes」やdnfの「gpgcheck=0」を取り除き、入手元の鍵を登録します。',
      en: 'Remove “trusted=yes” (apt) or “gpgcheck=0” (dnf) and add the source’s key.',
    },
    table: 'host_packages',
    fails: [
      {
        when: 'cardinality(s.unsigned_sources) > 0',
        reason: 'unsigned',
        text: {
          ja: '署名を確かめない入手元があります。',
          en: 'A source is used whose signatures are not checked.',
        },
      },
    ],
    unknown: [
      {
        when: 's.unsigned_sources is null',
        reason: 'sources-unreadable',
        text: {
          ja: '入手元の設定を読めません。',
          en: 'The settings of its sources could not be read.',
        },
      },
    ],
  }),
  itemCheck({
    id: 'host-open-ports',
    title: { ja: '理由のある待受けポート', en: 'Open ports have a reason' },
    rule: {
      ja: 'ネットワークに開いているポートは、すべて理由とともに登録されている。',
      en: 'Every port that is open to the network is on record with its reason.',
    },
    remedy: {
      ja: '要らないサービスを止めるか、機器のページでポートを理由とともに登録します。',
      en: 'Stop the service, or declare the port with its reason on the machine’s page.',
    },
    area: 'sockets',
    items: `
select s.host, s.protocol || '/' || s.port as item, s.protocol || '/' || s.port as label,
       min(s.seq) as seq, coalesce(bool_or(d.allowed), false) as allowed
  from host_sockets s
  left join host_ports d
    on d.host = s.host and d.protocol = s.protocol and d.port = s.port
 where s.open
 group by s.host, s.protocol, s.port`,
    fails: [
      {
        when: 'not i.allowed',
        reason: 'undeclared',
        text: {
          ja: '理由の登録がないまま開いています。',
          en: 'It is open, and no reason is on record.',
        },
      },
    ],
  }),
]
