import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, processesIn, signal, waitUntilGone } from '../processes.ts'
import { StoreError } from '../store-error.ts'

/**
 * Stops a PostgreSQL that outlived its program (the program was killed with SIGKILL). The caller
 * holds the data folder's lock, so whoever still works in this cluster belongs to nobody.
 *
 * All of them must be gone, not only the first: a session that still writes to the files while the
 * next server recovers them would destroy the cluster.
 */
export async function stopOrphans(cluster: string): Promise<void> {
  const folder = realpathSync(cluster)
  const orphans = () => {
    const postmaster = postmasterOf(folder)
    return [...new Set([...processesIn(folder), ...(postmaster === null ? [] : [postmaster])])]
  }
  const escalation = [
    { name: 'SIGINT', waitMs: 10_000 },
    { name: 'SIGQUIT', waitMs: 5_000 },
    { name: 'SIGKILL', waitMs: 5_000 },
  ] as const
  for (const { name, waitMs } of escalation) {
    const left = orphans()
    if (left.length === 0) break
    left.forEach((pid) => signal(pid, name))
    await waitUntilGone(left, waitMs)
  }
  if (orphans().length > 0) {
    throw new StoreError(
      'data-folder-in-use',
      `A PostgreSQL from an earlier start still works in ${folder} and cannot be stopped ` +
        `(processes ${orphans().join(', ')}). End it, then start again.`,
    )
  }
  // Nobody is left, so the file is stale; its number may be another program's by now, and
  // PostgreSQL would take that one for a server and refuse to start.
  rmSync(join(folder, 'postmaster.pid'), { force: true })
}

/** The server that the cluster's own lock names, if it lives and really is this cluster's. */
function postmasterOf(folder: string): number | null {
  let lines: string[]
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null
  // On Linux the working folder tells, and `processesIn` has looked already.
  if (process.platform === 'linux') return null
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes(folder) ? pid : null
  } catch {
    return null
  }
}
