import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreError } from '../store-error.ts'

/** How PostgreSQL's programs are started. */
export type RunAs = {
  /** Whose files they write; null when that is simply us. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
  /** Program and arguments that stand before PostgreSQL's own and change the user instead of us. */
  readonly prefix: readonly string[]
}

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the user `postgres`, or else
 * `nobody`, or as whoever owns a cluster that is there already.
 */
export function runAs(options: {
  /** The cluster's folder; it may not exist yet. */
  readonly cluster: string
  /** Every path that PostgreSQL must be able to reach. */
  readonly reached: readonly string[]
}): RunAs {
  if (process.getuid?.() !== 0) return { owner: null, prefix: [] }
  const { uid, gid } = existsSync(options.cluster) ? statSync(options.cluster) : unprivileged()
  const open = options.reached.every((path) => isReachable(path, uid, gid))
  const prefix = open ? [] : throughClosedFolders(uid, gid, options.reached)
  return { owner: { uid, gid }, prefix }
}

function unprivileged(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user; the next one.
    }
  }
  throw new StoreError(
    'postgres-missing',
    'PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody. Start ' +
      'this program as another user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

/** Every folder above the path lets this user through. */
function isReachable(path: string, uid: number, gid: number): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder)
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (folder === dirname(folder)) return true
  }
}

/**
 * Below a closed folder, such as root's home, the other user keeps one right of root: to pass
 * through folders (CAP_DAC_READ_SEARCH; where containers lack that one, CAP_DAC_OVERRIDE).
 */
function throughClosedFolders(uid: number, gid: number, reached: readonly string[]): string[] {
  const right = [
    { bit: 2n, name: 'dac_read_search' },
    { bit: 1n, name: 'dac_override' },
  ].find(({ bit }) => ((capabilities() >> bit) & 1n) === 1n)
  if (right === undefined || !existsSync('/usr/bin/setpriv')) {
    throw new StoreError(
      'data-folder-unwritable',
      `PostgreSQL refuses to run as root, and its user ${uid} cannot reach ${reached.join(', ')}. ` +
        'Open the folders above for others to pass (chmod o+x), move the program and its data ' +
        'elsewhere, or start it as another user.',
    )
  }
  const rights = `-all,+${right.name}`
  return [
    '/usr/bin/setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${rights}`,
    `--ambient-caps=${rights}`,
    `--bounding-set=${rights}`,
  ]
}

function capabilities(): bigint {
  try {
    const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    return BigInt(`0x${line?.[1] ?? '0'}`)
  } catch {
    return 0n
  }
}
