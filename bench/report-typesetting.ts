import { createReportCompiler } from '../src/reports/report-compiler.ts'
import type { ExceptionRecord, Type1Report } from '../src/reports/type1/model.ts'
import { renderType1 } from '../src/reports/type1/render.ts'
import { sampleReport } from '../test/reports/sample.ts'

export type ReportMeasure = {
  readonly pages: number
  readonly bytes: number
  /** With the start of the typesetting process and the first look at its fonts. */
  readonly firstMs: number
  /** The next one, by the same process. */
  readonly nextMs: number
  readonly markdownMs: number
  readonly jsonMs: number
}

/** The check whose exceptions are multiplied until the report has about a hundred pages. */
const check = 'host-security-updates'
const exceptionsOfCheck = 260

/** A report of about a hundred Japanese pages, from its model to its bytes. */
export async function measureReport(): Promise<ReportMeasure> {
  const report = hundredPages()
  const compiler = createReportCompiler()
  const timed = async (format: 'pdf' | 'markdown' | 'json') => {
    const startedAt = performance.now()
    const bytes = await renderType1(report, format, compiler)
    return { ms: performance.now() - startedAt, bytes }
  }
  try {
    const first = await timed('pdf')
    const next = await timed('pdf')
    return {
      pages: pagesOf(first.bytes),
      bytes: first.bytes.length,
      firstMs: first.ms,
      nextMs: next.ms,
      markdownMs: (await timed('markdown')).ms,
      jsonMs: (await timed('json')).ms,
    }
  } finally {
    await compiler.close()
  }
}

function hundredPages(): Type1Report {
  const report = sampleReport('ja', 'signed')
  const model = report.exceptions.filter((one) => one.check === check)
  const many = Array.from({ length: exceptionsOfCheck }, (_, index): ExceptionRecord => {
    const like = model[index % model.length]
    if (like === undefined) throw new Error(`the sample has no exception of ${check}`)
    return { ...like, id: `exc_${String(index).padStart(26, '0')}` }
  })
  const ids = many.map(({ id }) => id)
  const others = report.exceptions.filter((one) => one.check !== check)
  const other = new Set(others.map(({ id }) => id))
  const exceptions = [...others, ...many]
  const standing = exceptions.filter((one) => one.fixedOn === null).length
  return {
    ...report,
    figures: { ...report.figures, 'exceptions.standing': standing },
    exceptions,
    controls: report.controls.map((control) => {
      const tests = control.tests.map((one) =>
        one.check === check
          ? { ...one, population: ids.length, found: ids.length, exceptions: ids.length }
          : one,
      )
      const own = control.exceptions.filter((id) => other.has(id))
      const isTested = tests.some((one) => one.check === check)
      return { ...control, tests, exceptions: isTested ? [...own, ...ids] : own }
    }),
  }
}

/** Page objects stand unpacked in what Typst writes. */
function pagesOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\n/g)?.length ?? 0
  )
}
