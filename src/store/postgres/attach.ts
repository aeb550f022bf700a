import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from './embedded-postgres.ts'

/**
 * How to reach the embedded server of a data folder that another process runs; null when none does.
 * For reading beside a running program: the server's own lock file says where it listens.
 */
export function runningPostgres(dataFolder: string): Connection | null {
  const home = join(dataFolder, 'postgres')
  try {
    const lines = readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')
    const [, , , port = '', socket = '', address = ''] = lines.map((line) => line.trim())
    const password = readFileSync(join(home, 'password'), 'utf8')
    const host = socket === '' ? address : socket
    if (host === '' || !/^[0-9]+$/.test(port)) return null
    return { host, port: Number(port), user: 'arinomama', password, database: 'postgres' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
