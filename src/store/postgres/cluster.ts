import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { syncFolder, writeDurably } from '../durable-file.ts'
import { StoreError } from '../store-error.ts'
import { findBinaries } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { runAs } from './run-as.ts'
import type { RunAs } from './run-as.ts'

/** A PostgreSQL cluster of our own on disk, ready to be started. */
export type Cluster = {
  readonly binaries: Binaries
  readonly as: RunAs
  /** PGDATA. */
  readonly folder: string
  readonly user: string
  readonly password: string
}

const user = 'arinomama'

/** Opens the cluster in `<data>/postgres`, or creates it there. */
export function openCluster(dataFolder: string): Cluster {
  const home = join(dataFolder, 'postgres')
  const folder = join(home, 'cluster')
  const binaries = findBinaries()
  const as = runAs({ cluster: folder, reached: [folder, binaries.postgres] })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  own(home, as)
  if (!existsSync(folder)) create(home, folder, binaries, as)
  return { binaries, as, folder, user, password: readFileSync(join(home, 'password'), 'utf8') }
}

/**
 * Made aside and renamed when it is whole, so that a kill in between leaves nothing that looks like
 * a cluster. `initdb` fsyncs everything it has written.
 */
function create(home: string, folder: string, binaries: Binaries, as: RunAs): void {
  const unfinished = join(home, 'cluster.new')
  const passwordFile = join(home, 'password.new')
  rmSync(unfinished, { recursive: true, force: true })
  const password = randomBytes(24).toString('base64url')
  writeDurably(join(home, 'password'), password)
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  own(passwordFile, as)
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--data-checksums',
    '--encoding=UTF8',
    // Code points decide the order of texts, the same on every machine.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const [program = '', ...rest] = [...as.prefix, binaries.initdb, ...args]
  const done = spawnSync(program, rest, { ...ids(as), encoding: 'utf8', env: environment() })
  rmSync(passwordFile, { force: true })
  if (done.status !== 0) {
    throw new StoreError(
      'postgres-stopped',
      `PostgreSQL's files could not be created in ${home}: ` +
        `${done.stderr?.trim() || (done.error?.message ?? 'initdb failed')}. ` +
        'Mend what it names and start again.',
    )
  }
  renameSync(unfinished, folder)
  syncFolder(home)
}

/** What `spawn` is told of the user. */
export function ids(as: RunAs): { uid?: number; gid?: number } {
  return as.owner === null || as.prefix.length > 0 ? {} : as.owner
}

/** PostgreSQL's own variables (PGDATA, PGOPTIONS…) and the locale must not leak in. */
export function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

/** Gives a path to PostgreSQL's user; only root can and must. */
export function own(path: string, as: RunAs): void {
  if (as.owner !== null) chownSync(path, as.owner.uid, as.owner.gid)
}
