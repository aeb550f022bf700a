import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { NodeError } from '@myriaddreamin/typst-ts-node-compiler'
import { z } from 'zod'
import { Job } from './report-press-messages.ts'
import type { Answer } from './report-press-messages.ts'

/**
 * The process that typesets; `report-compiler.ts` starts, feeds and replaces it. The template is
 * read from its folder, which is all of the disk that Typst sees; the document is put beside it in
 * memory as `document.json`. Fonts come from npm packages: folders named here are searched before
 * the machine's own, and the templates allow no fallback.
 */
const fontFolders = {
  '@expo-google-fonts/biz-udpgothic': ['400Regular', '700Bold'],
  '@expo-google-fonts/noto-sans-jp': ['400Regular', '700Bold'],
}

const locate = createRequire(import.meta.url)
const fontPaths = Object.entries(fontFolders).flatMap(([name, folders]) => {
  const packageFolder = dirname(locate.resolve(`${name}/package.json`))
  return folders.map((folder) => join(packageFolder, folder))
})

const compilers = new Map<string, NodeCompiler>()

process.on('message', (message) => {
  process.send?.(print(Job.parse(message)))
})

process.on('disconnect', () => process.exit(0))

function print({ folder, document }: Job): Answer {
  const compiler =
    compilers.get(folder) ?? NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths }] })
  compilers.set(folder, compiler)
  compiler.mapShadow(join(folder, 'document.json'), Buffer.from(document))
  const compiled = compiler.compile({ mainFilePath: join(folder, 'report.typ') })
  const error = compiled.takeError()
  if (error !== null) return { refused: described(compiler, error) }
  const warnings = compiled.takeWarnings()
  const warned = warnings === null ? '' : described(compiler, warnings)
  // Typst would go on with another font, and the same prefix would print other bytes elsewhere.
  if (warned.includes('unknown font')) return { refused: warned }
  const { result } = compiled
  if (result === null) return { refused: warned }
  const pdf = new Uint8Array(compiler.pdf(result))
  compiler.evictCache(0)
  return { pdf, residentMiB: process.memoryUsage.rss() / 1024 / 1024 }
}

const Diagnostics = z.array(
  z.object({
    message: z.string(),
    path: z.string().default(''),
    range: z.object({ start: z.object({ line: z.number() }) }).nullish(),
  }),
)

function described(compiler: NodeCompiler, error: NodeError): string {
  return Diagnostics.parse(compiler.fetchDiagnostics(error))
    .map(({ message, path, range }) => `${path}:${(range?.start.line ?? 0) + 1}: ${message}`)
    .join('; ')
}
