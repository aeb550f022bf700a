import { afterAll, expect, test } from 'vitest'
import { createReportCompiler } from '../../src/reports/report-compiler.ts'
import { renderType1 } from '../../src/reports/type1/render.ts'
import type { Type1Report } from '../../src/reports/type1/model.ts'
import { readPdf } from './read-pdf.ts'
import { sampleReport } from './sample.ts'
import { smallReport } from './small-report.ts'

const compiler = createReportCompiler()
afterAll(compiler.close)

const pdfOf = (report: Type1Report) => renderType1(report, 'pdf', compiler)
/** Lines end where the page wanted it; a search must not mind. */
const unspaced = (words: string) => words.replace(/\s+/g, '')

test.each(['ja', 'en'] as const)(
  'the whole sample in %s: tagged, with every exception, every check and the checkpoint',
  async (language) => {
    const report = sampleReport(language, 'signed')
    const { text, pages, isTagged } = readPdf(await pdfOf(report))
    const words = unspaced(text)
    expect(isTagged).toBe(true)
    expect(pages).toBeGreaterThan(40)
    expect(report.exceptions.filter(({ id }) => !words.includes(id))).toEqual([])
    expect(report.criteria.filter(({ id }) => !words.includes(id))).toEqual([])
    expect(report.controls.filter(({ title }) => !words.includes(unspaced(title)))).toEqual([])
    for (const { origin, rootBase64, vkey, text: note } of [report.checkpoint]) {
      for (const one of [origin, rootBase64, vkey, note]) expect(words).toContain(unspaced(one))
    }
    expect(words).toContain(report.assertion.digest)
  },
)

test('the same report typeset by another process, with others before it, has the same bytes', async () => {
  const report = smallReport('ja')
  await pdfOf(smallReport('en'))
  const one = await pdfOf(report)
  const other = await renderType1(report, 'pdf')
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
})

test('a report says that it is a draft on every page, and differently until management has signed', async () => {
  const { markdown, digest } = smallReport().assertion
  const unsigned: Type1Report = {
    ...smallReport(),
    assertion: { markdown, digest, status: 'unsigned' },
  }
  const { text, pages } = readPdf(await pdfOf(unsigned))
  const mark = /Draft for the service auditor, not signed by management/g
  expect(text.match(mark)?.length).toBeGreaterThanOrEqual(pages)
  expect(text).toContain('Not issued')
})

test('a process that is killed or hangs is replaced, and the next report is made', async () => {
  const hasty = createReportCompiler({ timeoutMs: 1 })
  await expect(renderType1(smallReport(), 'pdf', hasty)).rejects.toMatchObject({
    code: 'report-timeout',
  })
  await hasty.close()
  const short = createReportCompiler({ documentsMax: 1, queueMax: 2 })
  const [one, other] = await Promise.all([
    renderType1(smallReport(), 'pdf', short),
    renderType1(smallReport(), 'pdf', short),
    expect(renderType1(smallReport(), 'pdf', short)).rejects.toMatchObject({
      code: 'report-queue-full',
    }),
  ])
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  await short.close()
  await expect(renderType1(smallReport(), 'pdf', short)).rejects.toMatchObject({
    code: 'report-compiler-closed',
  })
})
