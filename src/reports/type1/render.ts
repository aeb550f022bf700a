import type { ReportFormat } from '../../domain/audit/events.ts'
import { createReportCompiler } from '../report-compiler.ts'
import type { ReportCompiler } from '../report-compiler.ts'
import { type1Document } from './document.ts'
import { type1Json } from './json.ts'
import { type1Markdown } from './markdown.ts'
import type { Type1Report } from './model.ts'

const template = new URL('./typst/', import.meta.url)

/**
 * The report as a file: PDF, Markdown (UTF-8) or `arinomama-type1.v1` (canonical JSON). The same
 * model gives the same bytes. Without a compiler, a PDF is typeset by one that lives only for it,
 * which costs a process start. Throws `ReportError`.
 */
export async function renderType1(
  report: Type1Report,
  format: ReportFormat,
  compiler?: ReportCompiler,
): Promise<Uint8Array> {
  if (format === 'markdown') return new TextEncoder().encode(type1Markdown(report))
  if (format === 'json') return new TextEncoder().encode(type1Json(report))
  const document = type1Document(report)
  if (compiler !== undefined) return compiler.typeset(template, document)
  const own = createReportCompiler()
  try {
    return await own.typeset(template, document)
  } finally {
    await own.close()
  }
}
