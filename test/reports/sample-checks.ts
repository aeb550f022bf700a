import type { Text } from '../../src/domain/decider.ts'
import type { Procedure } from '../../src/reports/type1/model.ts'

/** A check of the sample company: what it says, and how it came out. */
export type SampleCheck = {
  readonly id: string
  readonly title: Text
  readonly rule: Text
  readonly procedure: Procedure
  readonly view: string
  readonly where: string
  readonly population: number
  /** Exceptions to invent, and what is wrong with each. */
  readonly exceptions: number
  readonly reason: Text
  readonly subject: 'host' | 'account' | 'person' | 'policy' | 'control'
  readonly outcome: 'judged' | 'stale' | 'no-data' | 'empty-population'
}

const judged = 'judged' as const

const row = (
  id: string,
  subject: SampleCheck['subject'],
  procedure: Procedure,
  numbers: readonly [population: number, exceptions: number],
  texts: readonly [title: Text, rule: Text, reason: Text],
  outcome: SampleCheck['outcome'] = judged,
): SampleCheck => ({
  id,
  title: texts[0],
  rule: texts[1],
  reason: texts[2],
  procedure,
  subject,
  view: `${subject}s`,
  where: `${id.replaceAll('-', '_')} is distinct from true`,
  population: numbers[0],
  exceptions: numbers[1],
  outcome,
})

const t = (ja: string, en: string): Text => ({ ja, en })

export const sampleChecks: readonly SampleCheck[] = [
  row(
    'policy-approved',
    'policy',
    'inspection',
    [12, 1],
    [
      t('規程の承認', 'Policies are approved'),
      t(
        '有効な規程は、その版のハッシュに対する承認を受けている。',
        'Every policy in force is approved, bound to the hash of that version.',
      ),
      t('現行の版に対する承認がない。', 'The version in force has no approval.'),
    ],
  ),
  row(
    'policy-acknowledged',
    'person',
    'inspection',
    [58, 6],
    [
      t('規程の確認', 'Policies are acknowledged'),
      t(
        '在籍者は、対象となる規程の現行版を30日以内に確認している。',
        'Everybody employed has acknowledged the current version of each policy meant for them within 30 days.',
      ),
      t(
        '情報セキュリティ基本規程 第3版を確認していない。',
        'Has not acknowledged version 3 of the information security policy.',
      ),
    ],
  ),
  row(
    'people-roster-fresh',
    'person',
    'reperformance',
    [58, 0],
    [
      t('従業員名簿の新しさ', 'The roster of people is fresh'),
      t(
        '従業員名簿は31日以内に取り込まれている。',
        'The roster of people was imported within 31 days.',
      ),
      t('名簿が古い。', 'The roster is stale.'),
    ],
  ),
  row(
    'people-leaver-access',
    'account',
    'reperformance',
    [73, 3],
    [
      t('退職者のアカウント', 'Accounts of leavers'),
      t('退職日を過ぎた人のアカウントは使えない。', 'No account of somebody who left can be used.'),
      t('退職日の翌日以降も有効なままである。', 'Still enabled after the last day of employment.'),
    ],
  ),
  row(
    'access-administrators',
    'account',
    'inspection',
    [4, 0],
    [
      t('管理者の数', 'Number of administrators'),
      t(
        '管理者は2名以上4名以下である。',
        'There are at least two and at most four administrators.',
      ),
      t('管理者が多すぎる。', 'Too many administrators.'),
    ],
  ),
  row(
    'host-security-updates',
    'host',
    'observation',
    [41, 9],
    [
      t('セキュリティ更新の適用', 'Security updates are applied'),
      t(
        '公開から14日を過ぎたセキュリティ更新が残っていない。',
        'No security update is pending for more than 14 days.',
      ),
      t(
        '公開から14日を過ぎた更新が残っている: openssl 3.0.11-1~deb12u2、linux-image-6.1.0-18-amd64。',
        'Updates pending for more than 14 days: openssl 3.0.11-1~deb12u2, linux-image-6.1.0-18-amd64.',
      ),
    ],
  ),
  row(
    'host-supported-os',
    'host',
    'observation',
    [41, 2],
    [
      t('サポート中のOS', 'Supported operating systems'),
      t('OSは提供元のサポート期間内にある。', 'Every operating system is supported by its maker.'),
      t('提供元のサポートが終了している。', 'Support by the maker has ended.'),
    ],
  ),
  row(
    'host-ssh-root-login',
    'host',
    'observation',
    [41, 4],
    [
      t('SSHでの管理者ログイン', 'Root login over SSH'),
      t(
        'sshdの有効な設定で、rootの直接ログインを認めていない。',
        'The effective configuration of sshd does not let root log in.',
      ),
      t('PermitRootLoginがyesになっている。', 'PermitRootLogin is yes.'),
    ],
  ),
  row(
    'host-ssh-password-authentication',
    'host',
    'observation',
    [41, 5],
    [
      t('SSHのパスワード認証', 'Password authentication over SSH'),
      t(
        'sshdの有効な設定で、パスワード認証を認めていない。',
        'The effective configuration of sshd does not accept passwords.',
      ),
      t('PasswordAuthenticationがyesになっている。', 'PasswordAuthentication is yes.'),
    ],
  ),
  row(
    'host-time-synchronised',
    'host',
    'observation',
    [41, 0],
    [
      t('時刻の同期', 'Time is synchronised'),
      t(
        '時刻同期が動いており、ずれが1秒未満である。',
        'Time synchronisation runs and is off by less than a second.',
      ),
      t('同期していない。', 'Not synchronised.'),
    ],
  ),
  row(
    'host-disk-encrypted',
    'host',
    'observation',
    [41, 5],
    [
      t('ディスクの暗号化', 'Disks are encrypted'),
      t(
        '顧客情報を置くボリュームは暗号化されている。',
        'Every volume that may hold customer data is encrypted.',
      ),
      t(
        '/var/lib/postgresqlを含むボリュームが暗号化されていない。',
        'The volume that holds /var/lib/postgresql is not encrypted.',
      ),
    ],
  ),
  row(
    'host-antivirus-fresh',
    'host',
    'observation',
    [0, 0],
    [
      t('ウイルス定義の新しさ', 'Virus definitions are fresh'),
      t(
        'ウイルス定義は3日以内に更新されている。',
        'Virus definitions were updated within three days.',
      ),
      t('定義が古い。', 'Definitions are stale.'),
    ],
    'empty-population',
  ),
  row(
    'host-audit-running',
    'host',
    'observation',
    [41, 0],
    [
      t('監査ログの取得', 'Audit logging runs'),
      t('auditdが動いており、記録を捨てていない。', 'auditd runs and has dropped no record.'),
      t('停止している。', 'Not running.'),
    ],
    'stale',
  ),
  row(
    'host-open-ports',
    'host',
    'observation',
    [41, 2],
    [
      t('開いているポート', 'Open ports'),
      t(
        '外部から届くポートは、承認済みの一覧にある。',
        'Every port that can be reached is on the approved list.',
      ),
      t(
        '一覧にないポート 0.0.0.0:5432/tcp(postgres)が開いている。',
        'Port 0.0.0.0:5432/tcp (postgres) is open and not on the list.',
      ),
    ],
  ),
  row(
    'host-account-owner',
    'account',
    'reperformance',
    [112, 2],
    [
      t('アカウントの持ち主', 'Every account has an owner'),
      t(
        '対話ログインできるアカウントは、在籍者に対応している。',
        'Every account that can log in belongs to somebody employed.',
      ),
      t('対応する在籍者がいない。', 'Nobody employed owns it.'),
    ],
  ),
  row(
    'training-current',
    'person',
    'inspection',
    [58, 1],
    [
      t('研修の受講', 'Training is current'),
      t(
        '在籍者は、対象となる研修を期限内に終えている。',
        'Everybody employed has finished the courses they must, in time.',
      ),
      t(
        '情報セキュリティ基礎研修の期限を過ぎている。',
        'The course on information security is overdue.',
      ),
    ],
  ),
  row(
    'training-quiz-passed',
    'person',
    'reperformance',
    [57, 0],
    [
      t('理解度テストの合格', 'Quizzes are passed'),
      t(
        '受講者は理解度テストに80%以上で合格している。',
        'Whoever took a course passed its quiz with 80% or more.',
      ),
      t('不合格。', 'Failed.'),
    ],
  ),
  row(
    'evidence-inspected',
    'control',
    'inspection',
    [36, 0],
    [
      t('証拠の検証', 'Evidence is inspected'),
      t(
        '提出された証拠は、提出者以外が検証している。',
        'Every document was inspected by somebody other than its uploader.',
      ),
      t('未検証。', 'Not inspected.'),
    ],
    'no-data',
  ),
]
