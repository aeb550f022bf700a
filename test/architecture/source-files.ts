import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

const folders = ['src', 'test', 'bench', 'build', 'content', 'spec', 'docs', 'bin', '.ci']
const skipped = new Set(['node_modules', 'dist', 'data'])

/** Paths of every file of ours, from the repository's folder, with `/`. */
export function ourFiles(): string[] {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'package-lock.json')
    .map((entry) => entry.name)
  return [...top, ...folders.flatMap(filesBelow)].sort()
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** What a module imports or re-exports, as written. */
export function importsOf(source: string): string[] {
  const statements = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]/g,
  )
  const bare = source.matchAll(/(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)
  const dynamic = source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)
  return [...statements, ...bare, ...dynamic].map((match) => match[1] ?? '')
}

function filesBelow(folder: string): string[] {
  let entries
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true })
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
