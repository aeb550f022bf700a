import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify, stripVTControlCharacters } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { StartRefusal } from './start-refusal.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** Where what the pages are made of lies. */
const sources = ['src/web', 'src/contract', 'src/domain', 'package-lock.json']
/** Builds are kept here, each in a folder named for the digest of its sources. */
const buildsFolder = join(root, 'dist/web')
/** The newest few stay: a program that runs may still serve one of them. */
const buildsKeptMax = 4

/**
 * The folder of the built pages, built now when their sources are not those of an earlier build.
 * Only contents are compared, so that a fresh copy of the repository, or a changed clock, builds no
 * more than once. A build is made aside and renamed when it is whole, so that several programs may
 * start at once and none ever serves half of one.
 */
export async function ensureWeb(say: (line: string) => void): Promise<string> {
  const folder = join(buildsFolder, digestOfSources())
  if (existsSync(folder)) return folder
  say('Building the pages (the first time takes a few seconds)…')
  const startedMs = performance.now()
  const aside = join(buildsFolder, `.${process.pid}`)
  try {
    const { build } = await import('vite')
    await build({
      configFile: join(root, 'src/web/vite.config.ts'),
      logLevel: 'silent',
      build: { outDir: aside, emptyOutDir: true },
    })
    await pack(aside)
    renameIfAbsent(aside, folder)
    removeOldBuilds(folder)
  } catch (error) {
    const why = stripVTControlCharacters(error instanceof Error ? error.message : String(error))
    throw new StartRefusal('pages-unbuilt', firstLines(why), { cause: error })
  }
  say(`Built the pages in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`)
  return folder
}

/** Another program may have finished the same build first: then that one is as good. */
function renameIfAbsent(aside: string, folder: string): void {
  try {
    renameSync(aside, folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

function removeOldBuilds(current: string): void {
  const builds = readdirSync(buildsFolder)
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .map((name) => join(buildsFolder, name))
    .filter((path) => path !== current)
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((x, y) => y.at - x.at)
  for (const { path } of builds.slice(buildsKeptMax - 1)) {
    rmSync(path, { recursive: true, force: true })
  }
}

function firstLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .slice(0, 2)
    .join(' ')
}

function digestOfSources(): string {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const path of filesBelow(source)) {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (/\.[a-z]+$/.test(path)) return [path]
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
}

/** Packs every text file once, here, so that no request has to wait for it. */
async function pack(folder: string): Promise<void> {
  const texts = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(js|css|svg|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  await Promise.all(
    texts.map(async (path) => {
      const bytes = await readFile(path)
      const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality }
      const [br, gz] = await Promise.all([brotli(bytes, { params }), gzipped(bytes)])
      // A small file gets no smaller; then only itself is served.
      if (br.byteLength < bytes.byteLength) await writeFile(`${path}.br`, br)
      if (gz.byteLength < bytes.byteLength) await writeFile(`${path}.gz`, gz)
    }),
  )
}

/** One below the best, at a tenth of its time. */
const brotliQuality = 9
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
