import * as fc from 'fast-check'
import { marked } from 'marked'
import { afterAll, expect, test } from 'vitest'
import { createReportCompiler } from '../../src/reports/report-compiler.ts'
import { type1Json } from '../../src/reports/type1/json.ts'
import { type1Markdown } from '../../src/reports/type1/markdown.ts'
import type { Type1Report } from '../../src/reports/type1/model.ts'
import { renderType1 } from '../../src/reports/type1/render.ts'
import { readPdf } from './read-pdf.ts'
import { smallReport } from './small-report.ts'

const compiler = createReportCompiler()
afterAll(compiler.close)

/** The report with the words in every field that a person or a machine could have filled. */
function saying(words: string): Type1Report {
  const report = smallReport()
  const [control, ...controls] = report.controls
  const [test, ...tests] = report.otherTests
  if (control === undefined || test === undefined) throw new Error('the small report is empty')
  return {
    ...report,
    organisation: { ...report.organisation, name: { ja: words, en: words } },
    figures: { ...report.figures, 'people.count': words },
    criteria: report.criteria.map((one) => ({ ...one, title: words, reason: words })),
    controls: [{ ...control, title: words, statement: words, owner: words }, ...controls],
    otherTests: [
      {
        ...test,
        title: words,
        rule: words,
        sql: { population: words, exceptions: words, unread: words, freshness: words },
      },
      ...tests,
    ],
    summaries: report.summaries.map((one) => ({ ...one, title: words, rows: [[words, 1]] })),
    exceptions: report.exceptions.map((one) => ({
      ...one,
      subject: words,
      reason: words,
      cause: words,
      response: { plan: words, owner: words, due: '2026-04-20' },
      acceptance: { by: words, until: '2026-12-31', reason: words },
    })),
    unproven: [{ subject: words, code: 'source-failing', text: words }],
  }
}

/** The report with the words as Markdown that somebody wrote. */
function writing(markdown: string): Type1Report {
  const report = smallReport()
  const description = report.description.map((block) => ({ ...block, markdown }))
  return { ...report, description, otherInformation: markdown }
}

const typst =
  '#panic("run") #read("/etc/passwd") $x$ `raw` @ref <label> *b* _i_ = head \\ // /* */ #{1}'
const html = '<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; <!-- -->'
const markdown =
  '](javascript:alert(1)) **b** `c` | cell | # head > quote ![x](http://x/y) {{people.count}}'

test.each([typst, html, markdown])('%s is printed as the words that it is', async (words) => {
  const { text } = readPdf(await renderType1(saying(words), 'pdf', compiler))
  const seen = text.replace(/\s+/g, '')
  const [first = '', last = ''] = [words.split(' ')[0], words.split(' ').at(-1)]
  expect(seen).toContain(first)
  expect(seen).toContain(last)
})

test('whoever renders the Markdown gets no markup that the words have made', async () => {
  for (const words of [
    html,
    markdown,
    typst,
    '[x](javascript:alert(1))',
    '<javascript:alert(1)>',
  ]) {
    for (const report of [saying(words), writing(words)]) {
      const page = await marked.parse(type1Markdown(report))
      expect(page).not.toMatch(/<script|<img|onerror=(?!alert)|href="javascript|<b>/i)
    }
  }
})

test('no text whatever keeps a report from being made, and each has one form', () => {
  const words = fc.string({ unit: 'binary', maxLength: 60 })
  fc.assert(
    fc.property(words, (any) => {
      const said = any.isWellFormed() ? any : any.toWellFormed()
      for (const report of [saying(said), writing(said)]) {
        const json = type1Json(report)
        expect(JSON.parse(json)).toMatchObject({ report: { prefix: 900 } })
        expect(type1Markdown(report)).toBe(type1Markdown(report))
      }
    }),
    { numRuns: 60 },
  )
})

const hostile = [
  'nul\u0000bell\u0007escape\u001b',
  'right\u202eleft\u2066isolate',
  'שלום עולם مرحبا بالعالم',
  '👩‍👩‍👧‍👦🇯🇵 ￿ 𠮷野家 ﷽ é',
  'w'.repeat(5_000),
  '漢'.repeat(3_000),
  'a b\n'.repeat(2_000),
  `${'> '.repeat(200)}deep`,
  '['.repeat(2_000),
  `${'- '.repeat(500)}list`,
  `|${'a|'.repeat(60)}\n|${'-|'.repeat(60)}\n|${'b|'.repeat(60)}\n`,
]

test('controls, marks that turn the writing, emoji and words without end are typeset, and seen', async () => {
  const report = smallReport()
  const odd: Type1Report = {
    ...report,
    description: hostile.map((words, index) => ({
      id: `block-${index}`,
      criterion: 'DC1',
      title: words.slice(0, 500),
      markdown: words,
    })),
    summaries: report.summaries.map((one) => ({
      ...one,
      rows: hostile.map((words, index) => [words, index]),
    })),
    unproven: hostile.map((words) => ({ subject: words, code: 'gap', text: words })),
    otherInformation: hostile.join('\n\n'),
  }
  const { text } = readPdf(await renderType1(odd, 'pdf', compiler))
  for (const seen of ['‹U+202E›', '‹U+0000›', '‹U+2066›', '𠮷野家', 'deep', '[[[', 'Section V']) {
    expect(text).toContain(seen)
  }
  const wordy = saying('w'.repeat(3_000))
  expect(readPdf(await renderType1(wordy, 'pdf', compiler)).pages).toBeGreaterThan(10)
})

test('missing values are printed as missing, and never as nothing or as a pass', () => {
  const printed = type1Markdown(smallReport())
  for (const gap of [
    '⚠ no figure “nothing.count”',
    '⚠ To be written',
    '⚠ nobody assigned',
    '⚠ no cause given',
    '⚠ no response given',
    '⚠ missing',
    '⚠ never',
    '⚠ no control',
  ]) {
    expect(printed).toContain(gap)
  }
})
