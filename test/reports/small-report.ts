import { createHash } from 'node:crypto'
import type { Language } from '../../src/domain/audit/events.ts'
import type { ControlResult, ExceptionRecord, Type1Report } from '../../src/reports/type1/model.ts'

/** A report with one of everything that a report can say; it changes only when a test must. */
export function smallReport(language: Language = 'en'): Type1Report {
  const markdown =
    'Management states that the description is right. **{{exceptions.standing}}** stand.'
  return {
    language,
    organisation: {
      name: { ja: '株式会社ひかり', en: 'Hikari K.K.' },
      zone: 'Asia/Tokyo',
      demonstration: false,
    },
    asOf: { date: '2026-03-31', instant: '2026-03-31T14:59:59.999Z' },
    prefix: 900,
    checkpoint: {
      origin: 'ledger.hikari.example/arinomama',
      size: 1_024,
      rootBase64: 'bWFkZSB1cCByb290IG9mIGEgbWFkZSB1cCBsb2cuLi4=',
      signedAt: '2026-04-10T03:00:01.204Z',
      text: 'ledger.hikari.example/arinomama\n1024\nbWFkZSB1cCByb290IG9mIGEgbWFkZSB1cCBsb2cuLi4=\n\n— ledger.hikari.example/arinomama c2lnbmF0dXJl\n',
      vkey: 'ledger.hikari.example/arinomama+7d0b3a1c+AQIDBAUG',
      witnesses: [{ name: 'witness.example/w1', at: '2026-04-10T03:00:02.000Z' }],
    },
    categories: ['security', 'availability'],
    sectionI: 'not-issued',
    assertion: {
      markdown,
      digest: createHash('sha256').update(markdown).digest('hex'),
      status: 'signed',
      signer: { name: 'Ichiro Hikari', title: 'Chief executive' },
      signedAt: '2026-04-10T02:59:00.000Z',
      credential: { id: 'q8Zr1hM2c0Vw5kT7xYb3Ng', fingerprint: 'ab'.repeat(32) },
      entry: 1_000,
    },
    figures: { 'people.count': 1_234, 'exceptions.standing': 3, 'report.date': '31 March 2026' },
    description: [
      {
        id: 'services',
        criterion: 'DC1',
        title: 'Services',
        markdown:
          'There are {{people.count}} people, and {{nothing.count}} of nothing.\n\n' +
          '> [!FILL]\n> Say what you do.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n',
      },
    ],
    summaries: [
      {
        id: 'hosts',
        title: 'Hosts',
        columns: [
          { label: 'System', kind: 'text' },
          { label: 'Hosts', kind: 'number' },
        ],
        rows: [
          ['Debian GNU/Linux 12', 41],
          [null, null],
        ],
      },
    ],
    criteria: [
      {
        id: 'CC6.1',
        title: 'Access is kept to those who may',
        category: 'security',
        status: 'not-met',
        reason: null,
        controls: ['AC-01', 'AC-02'],
      },
      {
        id: 'CC6.4',
        title: 'Buildings are guarded',
        category: 'security',
        status: 'not-applicable',
        reason: 'There are no premises.',
        controls: [],
      },
      {
        id: 'A1.1',
        title: 'There is enough of everything',
        category: 'availability',
        status: 'not-proven',
        reason: 'No control in place answers it.',
        controls: [],
      },
    ],
    controls: controls(),
    otherTests: [
      {
        check: 'host-gone',
        title: 'A check that no control names',
        rule: 'Something holds.',
        procedure: 'observation',
        population: 4,
        found: 1,
        exceptions: 1,
        status: 'not-met',
        unproven: null,
        sql: { population: 'select 1', exceptions: 'select 2', unread: null, freshness: null },
        observedAt: null,
        entry: null,
      },
    ],
    exceptions: exceptions(),
    unproven: [{ subject: 'web-03', code: 'source-failing', text: 'Connections are refused.' }],
    otherInformation: '## Management adds\n\nNothing more.',
  }
}

function controls(): readonly ControlResult[] {
  return [
    {
      id: 'AC-01',
      title: 'Leavers lose access',
      statement: 'IT closes every account of somebody who leaves on the last day.',
      owner: 'Misaki Sato',
      cadence: 'continuous',
      status: 'not-met',
      unproven: null,
      criteria: ['CC6.1'],
      iso27001: ['A.5.18'],
      pcidss: [],
      tests: [
        {
          check: 'people-leaver-access',
          title: 'Accounts of leavers',
          rule: 'No account of somebody who left can be used.',
          procedure: 'reperformance',
          population: 73,
          found: 2,
          exceptions: 2,
          status: 'not-met',
          unproven: null,
          sql: {
            population: 'select person as subject, name as label\n  from accounts',
            exceptions:
              "select person as subject, name as label, 'still-open' as reason\n  from accounts",
            unread: 'select 3',
            freshness: 'select max(at) as at from sightings',
          },
          observedAt: '2026-03-31T12:00:04.000Z',
          entry: 880,
        },
      ],
      evidence: [],
      turns: [],
      exceptions: ['exc_1', 'exc_2'],
    },
    {
      id: 'AC-02',
      title: 'Accounts are reviewed',
      statement: 'The security lead reviews every account once a quarter.',
      owner: null,
      cadence: 'quarterly',
      status: 'not-proven',
      unproven: { code: 'no-data', text: 'Nothing was observed that could show it.' },
      criteria: ['CC6.1'],
      iso27001: [],
      pcidss: ['7.2.4'],
      tests: [],
      evidence: [
        {
          title: 'Review of accounts',
          period: { from: '2026-01-01', to: '2026-03-31' },
          inspectedBy: null,
          conclusion: 'none',
          digest: 'cd'.repeat(32),
          entry: 700,
        },
      ],
      turns: [
        { from: '2025-10-01', to: '2025-12-31', state: 'missed' },
        { from: '2026-01-01', to: '2026-03-31', state: 'awaiting-inspection' },
      ],
      exceptions: [],
    },
  ]
}

function exceptions(): readonly ExceptionRecord[] {
  const one: ExceptionRecord = {
    id: 'exc_1',
    check: 'people-leaver-access',
    subject: 'svc-deploy@db-07',
    reason: 'Still enabled after the last day.',
    openedOn: '2026-02-01',
    fixedOn: null,
    cause: null,
    response: null,
    acceptance: null,
    entry: 850,
  }
  return [
    one,
    {
      ...one,
      id: 'exc_2',
      subject: 'backup@db-07',
      cause: 'Nobody knew of it.',
      response: { plan: 'Close it.', owner: 'Kenta Suzuki', due: '2026-04-20' },
      acceptance: { by: null, until: '2026-03-30', reason: 'It was needed once more.' },
      entry: null,
    },
    { ...one, id: 'exc_3', check: 'host-gone', subject: 'web-03', entry: 10 },
    { ...one, id: 'exc_4', subject: 'old@db-01', fixedOn: '2026-03-01', entry: 20 },
  ]
}
