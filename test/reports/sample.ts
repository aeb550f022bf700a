import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type {
  ControlResult,
  CriterionResult,
  DescriptionBlock,
  EvidenceRecord,
  ProvableStatus,
  TestResult,
  Type1Report,
} from '../../src/reports/type1/model.ts'
import type { Language } from '../../src/domain/audit/events.ts'
import { combine } from '../../src/domain/check.ts'
import type { Status } from '../../src/domain/check.ts'
import { category } from '../../src/domain/criteria/catalogue.ts'
import { exceptionsOf, owners, sha256 } from './sample-exceptions.ts'
import { sampleChecks } from './sample-checks.ts'
import type { SampleCheck } from './sample-checks.ts'
import { assertionText, descriptionTexts, otherText } from './sample-texts.ts'

/**
 * A fictional managed-service provider, good and bad: the library's own criteria and controls, and
 * 40 exceptions. The same arguments give the same model.
 */
const date = '2026-03-31'
const prefix = 104_702
const size = 104_729

const Text = z.object({ ja: z.string(), en: z.string() })
const Criteria = z.object({
  criteria: z.array(z.object({ id: z.string(), category, title: Text })),
})
const Controls = z.object({
  controls: z.array(
    z.object({
      id: z.string(),
      title: Text,
      statement: Text,
      ownerRole: z.string(),
      cadence: z.enum([
        'continuous',
        'daily',
        'weekly',
        'monthly',
        'quarterly',
        'semiannual',
        'annual',
        'on-occurrence',
      ]),
      evidence: z.boolean(),
      checks: z.array(z.string()),
      mappings: z.array(z.object({ framework: z.string(), id: z.string() })),
    }),
  ),
})
type LibraryControl = z.infer<typeof Controls>['controls'][number]

const content = new URL('../../content/', import.meta.url)
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, content), 'utf8'))
const controlFiles = readdirSync(new URL('controls/', content)).sort()
const library = {
  criteria: Criteria.parse(read('criteria/soc2-2017.json')).criteria,
  controls: controlFiles.flatMap((file) => Controls.parse(read(`controls/${file}`)).controls),
}

export function sampleReport(language: Language, assertion: 'signed' | 'unsigned'): Type1Report {
  const controls = library.controls.map((control, index) => controlOf(control, index, language))
  const used = new Set(controls.flatMap((control) => control.tests.map((test) => test.check)))
  const exceptions = sampleChecks
    .filter((check) => used.has(check.id))
    .flatMap((check) => exceptionsOf(check, language))
  const markdown = assertionText[language]
  const root = Buffer.from(sha256('root'), 'hex').toString('base64')
  const origin = 'ledger.hikari-managed.example/arinomama'
  const signature = Buffer.from(sha256('a') + sha256('b') + sha256('c'), 'hex').toString('base64')
  return {
    language,
    organisation: {
      name: { ja: '株式会社ひかりマネージド', en: 'Hikari Managed K.K.' },
      zone: 'Asia/Tokyo',
      demonstration: false,
    },
    asOf: { date, instant: '2026-03-31T15:00:00.000Z' },
    prefix,
    checkpoint: {
      origin,
      size,
      rootBase64: root,
      signedAt: '2026-03-31T15:00:01.204Z',
      text: `${origin}\n${size}\n${root}\n\n— ${origin} ${signature}\n— witness.example/w1 ${signature}\n`,
      vkey: `${origin}+7d0b3a1c+AQ${root.slice(2)}`,
      witnesses: [
        { name: 'witness.example/w1', at: '2026-03-31T15:00:01.000Z' },
        { name: 'tohoku-audit.example/witness', at: '2026-03-31T15:00:02.000Z' },
      ],
    },
    categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'],
    sectionI: 'not-issued',
    assertion: {
      markdown,
      digest: sha256(markdown),
      ...(assertion === 'unsigned'
        ? { status: 'unsigned' }
        : {
            status: 'signed',
            signer: {
              name: language === 'ja' ? '光 一郎' : 'Ichiro Hikari',
              title: language === 'ja' ? '代表取締役' : 'Chief executive',
            },
            signedAt: '2026-03-31T11:42:10.000Z',
            credential: { id: 'q8Zr1hM2c0Vw5kT7xYb3Ng', fingerprint: sha256('key') },
            entry: 104_511,
          }),
    },
    figures: {
      'people.count': 58,
      'customers.count': 12,
      'hosts.count': 41,
      'report.date': date,
      'exceptions.standing': exceptions.filter((one) => one.fixedOn === null).length,
    },
    description: descriptionOf(language),
    summaries: summariesOf(language),
    criteria: criteriaOf(controls, language),
    controls,
    otherTests: [],
    exceptions,
    unproven: unprovenOf(language),
    otherInformation: otherText[language],
  }
}

function descriptionOf(language: Language): readonly DescriptionBlock[] {
  const criterion = z.enum(['DC1', 'DC2', 'DC3', 'DC4', 'DC5', 'DC6', 'DC7', 'DC8'])
  return descriptionTexts[language].map(([id, dc, title, markdown]) => ({
    id,
    criterion: criterion.parse(dc),
    title,
    markdown,
  }))
}

function summariesOf(language: Language): Type1Report['summaries'] {
  const t = (ja: string, en: string) => (language === 'ja' ? ja : en)
  const text = (label: string) => ({ label, kind: 'text' as const })
  const number = (label: string) => ({ label, kind: 'number' as const })
  return [
    {
      id: 'people',
      title: t('部門ごとの人数', 'People by department'),
      columns: [
        text(t('部門', 'Department')),
        number(t('在籍', 'Employed')),
        number(t('研修済み', 'Trained')),
        number(t('12か月の退職', 'Left in 12 months')),
      ],
      rows: [
        [t('経営・管理', 'Management and administration'), 9, 9, 1],
        [t('運用', 'Operations'), 31, 30, 4],
        [t('開発', 'Development'), 12, 12, 2],
        [t('営業', 'Sales'), 6, 6, 0],
      ],
    },
    {
      id: 'hosts',
      title: t('サーバー', 'Servers'),
      columns: [
        text('OS'),
        number(t('台数', 'Hosts')),
        number(t('更新待ち', 'Updates pending')),
        text(t('サポート期限', 'Supported until')),
      ],
      rows: [
        ['Debian GNU/Linux 12', 24, 6, '2028-06-30'],
        ['Ubuntu 24.04 LTS', 15, 3, '2029-05-31'],
        ['CentOS Linux 7', 2, 0, null],
      ],
    },
    {
      id: 'policies',
      title: t('規程', 'Policies'),
      columns: [
        text(t('規程', 'Policy')),
        number(t('版', 'Version')),
        text(t('承認日', 'Approved on')),
        number(t('未確認', 'Not acknowledged')),
      ],
      rows: [
        [t('情報セキュリティ基本規程', 'Information security policy'), 3, '2026-02-10', 6],
        [t('アクセス管理規程', 'Access policy'), 2, '2025-09-01', 0],
        [t('インシデント対応手順', 'Incident procedure'), 4, null, 0],
      ],
    },
  ]
}

function controlOf(control: LibraryControl, index: number, language: Language): ControlResult {
  const tests = sampleChecks
    .filter((check) => control.checks.includes(check.id))
    .map((check) => testOf(check, language))
  const evidence = control.evidence && index % 7 !== 3 ? [evidenceOf(control, index, language)] : []
  const statuses: Status[] = [
    ...tests.map((test) => test.status),
    ...evidence.map(({ conclusion }): Status =>
      conclusion === 'accepted' ? 'met' : conclusion === 'rejected' ? 'not-met' : 'not-proven',
    ),
  ]
  const ids = (framework: string) =>
    control.mappings.filter((to) => to.framework === framework).map((to) => to.id)
  return {
    id: control.id,
    title: control.title[language],
    statement: control.statement[language],
    owner: index % 23 === 11 ? null : (owners[language][index % 6] ?? null),
    cadence: control.cadence,
    status: provable(combine(statuses)),
    unproven: tests.length + evidence.length > 0 ? null : whyNot[language]['no-test'],
    criteria: ids('soc2'),
    iso27001: ids('iso27001'),
    pcidss: ids('pcidss'),
    tests,
    evidence,
    turns: control.evidence && control.cadence === 'quarterly' ? turnsOf(index) : [],
    exceptions: tests
      .flatMap(({ check }) => sampleChecks.filter((one) => one.id === check))
      .flatMap((check) => exceptionsOf(check, language).map(({ id }) => id)),
  }
}

function turnsOf(index: number): ControlResult['turns'] {
  const done = index % 4 === 0 ? 'missed' : 'done'
  return [
    { from: '2025-10-01', to: '2025-12-31', state: done },
    { from: '2026-01-01', to: '2026-03-31', state: index % 7 === 2 ? 'due' : 'done' },
  ]
}

function provable(status: Status): ProvableStatus {
  return status === 'not-applicable' ? 'not-proven' : status
}

function testOf(check: SampleCheck, language: Language): TestResult {
  const proven = check.outcome === 'judged'
  return {
    check: check.id,
    title: check.title[language],
    rule: check.rule[language],
    procedure: check.procedure,
    population: check.population,
    found: check.exceptions,
    exceptions: check.exceptions,
    status: proven ? (check.exceptions === 0 ? 'met' : 'not-met') : 'not-proven',
    unproven: check.outcome === 'judged' ? null : whyNot[language][check.outcome],
    sql: {
      population: `select ${check.subject}_id as subject, label\n  from ${check.view}\n where seen_at <= as_of()\n order by subject`,
      exceptions: `select ${check.subject}_id as subject, label, '${check.id}' as reason, observation\n  from ${check.view}\n where seen_at <= as_of()\n   and ${check.where}\n order by subject`,
      unread: null,
      freshness: `select max(seen_at) as at from ${check.view}`,
    },
    observedAt: check.outcome === 'no-data' ? null : '2026-03-31T12:00:04.000Z',
    entry: check.outcome === 'no-data' ? null : 104_002 + check.id.length,
  }
}

const why = (code: string, text: string) => ({ code, text })
const whyNot = {
  ja: {
    stale: why('stale', '最後の観測が8日前で、期限の3日を過ぎています。'),
    'no-data': why('no-data', 'データがありません。'),
    'empty-population': why('empty-population', '調べる対象がありませんでした。'),
    'no-test': why('no-test', '確かめる検査も文書もありません。'),
  },
  en: {
    stale: why('stale', 'Last seen 8 days ago; 3 days are allowed.'),
    'no-data': why('no-data', 'There is no data.'),
    'empty-population': why('empty-population', 'There was nothing to look at.'),
    'no-test': why('no-test', 'No check or document tests it.'),
  },
}

function evidenceOf(control: LibraryControl, index: number, language: Language): EvidenceRecord {
  const title = language === 'ja' ? `${control.title.ja}の記録` : `Record: ${control.title.en}`
  const conclusion = index % 17 === 5 ? 'none' : index % 29 === 8 ? 'rejected' : 'accepted'
  return {
    title,
    period: { from: '2026-01-01', to: '2026-03-31' },
    inspectedBy: conclusion === 'none' ? null : (owners[language][(index + 2) % 6] ?? null),
    conclusion,
    digest: sha256(control.id),
    entry: 90_000 + index * 11,
  }
}

function criteriaOf(
  controls: readonly ControlResult[],
  language: Language,
): readonly CriterionResult[] {
  return library.criteria.map(({ id, category: group, title }): CriterionResult => {
    const own = controls.filter((control) => control.criteria.includes(id))
    const excluded = id === 'P5.2' || id === 'PI1.5'
    const status = excluded ? 'not-applicable' : combine(own.map((control) => control.status))
    return {
      id,
      title: title[language],
      category: group,
      status,
      reason: excluded
        ? { ja: '当社はこの処理を行わないため。', en: 'The company does no such processing.' }[
            language
          ]
        : null,
      controls: own.map((control) => control.id),
    }
  })
}

function unprovenOf(language: Language): Type1Report['unproven'] {
  return language === 'ja'
    ? [
        {
          subject: 'this-host:db-07',
          code: 'source-failing',
          text: '3月28日以降、接続が拒否されています。',
        },
        {
          subject: 'auditd',
          code: 'gap',
          text: '3月12日02:10から02:41まで、記録の通し番号に欠番があります。',
        },
      ]
    : [
        {
          subject: 'this-host:db-07',
          code: 'source-failing',
          text: 'Connections are refused since 28 March.',
        },
        {
          subject: 'auditd',
          code: 'gap',
          text: 'Sequence numbers are missing from 02:10 to 02:41 on 12 March.',
        },
      ]
}
