import { expect, test } from 'vitest'
import { ReportError } from '../../src/reports/report-error.ts'
import { type1Document } from '../../src/reports/type1/document.ts'
import { type1Json } from '../../src/reports/type1/json.ts'
import { type1Markdown } from '../../src/reports/type1/markdown.ts'
import type { Type1Report } from '../../src/reports/type1/model.ts'
import { smallReport } from './small-report.ts'

test('the report in Markdown and JSON is what the golden files hold', async () => {
  for (const language of ['ja', 'en'] as const) {
    const report = smallReport(language)
    await expect(type1Markdown(report)).toMatchFileSnapshot(`golden/type1-${language}.md`)
    await expect(`${type1Json(report)}\n`).toMatchFileSnapshot(`golden/type1-${language}.json`)
  }
})

test('section I is never written here: it says that nothing was issued, in every report', () => {
  for (const language of ['ja', 'en'] as const) {
    const [, section = ''] = type1Markdown(smallReport(language)).split(/\n## (?:第I部|Section I) /)
    const own = section.slice(0, section.indexOf('\n## '))
    expect(own).toMatch(/未発行|Not issued/)
    expect(own.length).toBeLessThan(500)
  }
})

test('until management has signed, the draft says so on its front', () => {
  const { markdown, digest } = smallReport().assertion
  const unsigned = {
    ...smallReport(),
    assertion: { markdown, digest, status: 'unsigned' },
  } as const
  expect(type1Markdown(unsigned)).toContain(
    'Draft for the service auditor, not signed by management',
  )
  expect(type1Markdown(smallReport())).not.toContain('not signed by management')
})

test('a report on made-up data says so on its front and on every page', () => {
  const { organisation, ...rest } = smallReport()
  const demonstration = { ...rest, organisation: { ...organisation, demonstration: true } }
  expect(type1Document(demonstration).draft.mark).toMatch(/^Demonstration, all data made up/)
  expect(type1Markdown(demonstration)).toContain('Demonstration, all data made up')
})

const contradictions: readonly (readonly [string, (report: Type1Report) => Type1Report])[] = [
  ['an exception is left out', (report) => ({ ...report, exceptions: report.exceptions.slice(1) })],
  ['a check finds more than is listed', (report) => changedTest(report, { found: 3 })],
  ['a check counts less than is listed', (report) => changedTest(report, { exceptions: 1 })],
  [
    'a check is met on an empty population',
    (report) => changedTest(report, { status: 'met', population: 0 }),
  ],
  ['a check is met in spite of its exceptions', (report) => changedTest(report, { status: 'met' })],
  ['a check finds more than there is', (report) => changedTest(report, { population: 1 })],
  [
    'the assertion names another number than is listed',
    (report) => ({ ...report, figures: { ...report.figures, 'exceptions.standing': 2 } }),
  ],
  [
    'the text of the assertion is another than was signed',
    (report) => ({ ...report, assertion: { ...report.assertion, markdown: 'All is well.' } }),
  ],
  [
    'a control does not name an exception of its check',
    (report) => changedControl(report, { exceptions: ['exc_1'] }),
  ],
  ['an exception names a check that is not there', (report) => ({ ...report, otherTests: [] })],
  [
    'a criterion is not applicable without a reason',
    (report) => ({
      ...report,
      criteria: report.criteria.map((criterion) => ({ ...criterion, reason: null })),
    }),
  ],
  [
    'a criterion is of a category out of scope',
    (report) => ({ ...report, categories: ['security'] }),
  ],
  ['a fact stands on an entry behind the prefix', (report) => ({ ...report, prefix: 880 })],
  [
    'the checkpoint does not cover the signature',
    (report) => ({ ...report, checkpoint: checkpointAt(report, 1_000) }),
  ],
  [
    'the checkpoint differs from its own text',
    (report) => ({ ...report, checkpoint: { ...report.checkpoint, size: 1_025 } }),
  ],
  [
    'an exception occurs twice',
    (report) => ({ ...report, exceptions: report.exceptions.flatMap((one) => [one, one]) }),
  ],
]

test.each(contradictions)('no report is made when %s', (_, contradict) => {
  const report = contradict(smallReport())
  for (const make of [type1Json, type1Markdown]) {
    expect(() => make(report)).toThrow(ReportError)
    expect(() => make(report)).toThrow(/contradicts itself/)
  }
})

function changedControl(report: Type1Report, changes: object): Type1Report {
  const [first, ...rest] = report.controls
  return first === undefined ? report : { ...report, controls: [{ ...first, ...changes }, ...rest] }
}

function changedTest(report: Type1Report, changes: object): Type1Report {
  const tests = report.controls[0]?.tests.map((one) => ({ ...one, ...changes }))
  return changedControl(report, { tests })
}

function checkpointAt({ checkpoint }: Type1Report, size: number): Type1Report['checkpoint'] {
  return { ...checkpoint, size, text: checkpoint.text.replace('\n1024\n', `\n${size}\n`) }
}
