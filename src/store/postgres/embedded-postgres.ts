import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { StoreError } from '../store-error.ts'
import { environment, ids, openCluster, own } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { stopOrphans } from './orphans.ts'

/** A PostgreSQL server that runs as our child, for as long as we do. */
export type EmbeddedPostgres = {
  readonly connection: Connection
  /** The server's process. Another one after a crash of the server, which is started again. */
  readonly pid: () => number | undefined
  /** Finishes what runs, writes a checkpoint, ends. */
  readonly stop: () => Promise<void>
}

export type Connection = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

const startTimeoutMs = 60_000
const stopTimeoutMs = 20_000
/** A server that ends this often by itself within a minute is not started again. */
const restartsMax = 5
/** What a socket's path may take, less the file's own name. */
const socketPathBytesMax = 85
const logBytesMax = 10 * 1024 * 1024

/**
 * Starts PostgreSQL on `<data>/postgres`, which is created when it is not there. The caller holds
 * the folder's lock. `settings` go to the server's command line (tests turn fsync off there).
 */
export async function startEmbeddedPostgres(options: {
  readonly dataFolder: string
  readonly settings?: Readonly<Record<string, string>>
}): Promise<EmbeddedPostgres> {
  const cluster = openCluster(options.dataFolder)
  const socket = socketFolder(options.dataFolder, cluster)
  const connection = {
    host: socket.path,
    port: 5432,
    user: cluster.user,
    password: cluster.password,
    database: 'postgres',
  }
  const start = async () => {
    await stopOrphans(cluster.folder)
    socket.empty()
    return await startServer(cluster, connection, options.settings ?? {})
  }
  return supervise(await start(), start, connection, socket.cleanUp)
}

/** Starts the server again when it ends unasked, and ends it with this process. */
function supervise(
  first: ChildProcess,
  start: () => Promise<ChildProcess>,
  connection: Connection,
  cleanUp: () => void,
): EmbeddedPostgres {
  const state = { server: first, stopping: false, restarted: Promise.resolve() }
  const restarts: number[] = []
  const watch = () => state.server.once('exit', () => (state.restarted = restart()))
  const restart = async () => {
    while (!state.stopping) {
      const minuteAgo = performance.now() - 60_000
      while (restarts[0] !== undefined && restarts[0] < minuteAgo) restarts.shift()
      if (restarts.push(performance.now()) > restartsMax) return
      try {
        state.server = await start()
        watch()
        return
      } catch {
        // Its log says why; whoever needs the database is told that it cannot be reached.
        await delay(200)
      }
    }
  }
  watch()
  const stop = async () => {
    state.stopping = true
    await state.restarted
    await stopServer(state.server)
    cleanUp()
    guard.release()
  }
  const guard = guardExit(() => void state.server.kill('SIGINT'), stop)
  return { connection, pid: () => state.server.pid, stop }
}

/**
 * The server is ended with this process, whichever way it ends; against SIGKILL nothing helps but
 * the next start. Signals are left to the program when it listens to them itself.
 */
function guardExit(kill: () => void, stop: () => Promise<void>): { release(): void } {
  const onExit = kill
  const onSignal = (name: NodeJS.Signals) => {
    if (process.listenerCount(name) > 1) return
    void stop().finally(() => process.kill(process.pid, name))
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const release = () => {
    process.off('exit', onExit)
    signals.forEach((name) => process.off(name, onSignal))
  }
  process.on('exit', onExit)
  signals.forEach((name) => process.on(name, onSignal))
  return { release }
}

/** `SIGINT` is PostgreSQL's fast shutdown: sessions are ended, everything is written. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  const timer = setTimeout(() => server.kill('SIGQUIT'), stopTimeoutMs)
  await ended
  clearTimeout(timer)
}

async function startServer(
  cluster: Cluster,
  connection: Connection,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const all: Record<string, string> = { ...defaults, ...where(connection), ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const args = [...cluster.as.prefix, cluster.binaries.postgres, '-D', cluster.folder, ...flags]
  const [program = '', ...rest] = args
  const logPath = join(cluster.folder, '..', 'log')
  const log = openLog(logPath)
  // Its own session: Ctrl-C in the terminal reaches us alone, and we stop it when we are done.
  const stdio: ['ignore', number, number] = ['ignore', log, log]
  const server = spawn(program, rest, {
    ...ids(cluster.as),
    env: environment(),
    stdio,
    detached: true,
  })
  server.on('error', () => {})
  closeSync(log)
  try {
    await untilReady(server, connection)
    return server
  } catch (error) {
    server.kill('SIGQUIT')
    throw new StoreError(
      'postgres-stopped',
      `PostgreSQL did not start: ${lastLine(logPath) || String(error)}. Its log is ${logPath}.`,
      { cause: error },
    )
  }
}

/** Durable first. Little memory: the machine is shared with the program itself. */
const defaults = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  max_connections: '50',
  max_wal_size: '1GB',
  wal_compression: 'pglz',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
}

/** Reachable from this machine only, and where there are Unix sockets, by files only. */
function where({ host, port }: Connection): Record<string, string> {
  const local = process.platform === 'win32' ? { listen_addresses: '127.0.0.1' } : {}
  return {
    port: String(port),
    ...(host.startsWith('/') ? { listen_addresses: '', unix_socket_directories: host } : local),
  }
}

async function untilReady(server: ChildProcess, connection: Connection): Promise<void> {
  const until = performance.now() + startTimeoutMs
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error('it ended')
    if (server.pid === undefined) throw new Error('it could not be run')
    const client = new Client(connection)
    client.on('error', () => {})
    try {
      await client.connect()
      return
    } catch (error) {
      if (performance.now() > until) throw error
    } finally {
      await client.end().catch(() => {})
    }
    await delay(10)
  }
}

type SocketFolder = {
  readonly path: string
  /** Removes what a killed server left: its lock may name a process number that is in use again. */
  readonly empty: () => void
  readonly cleanUp: () => void
}

/** Only we may pass through it. A path too long for a socket (107 bytes) makes way for a short one. */
function socketFolder(dataFolder: string, cluster: Cluster): SocketFolder {
  if (process.platform === 'win32') return { path: '127.0.0.1', empty() {}, cleanUp() {} }
  const near = join(dataFolder, 'postgres', 'socket')
  const fits = Buffer.byteLength(near) <= socketPathBytesMax
  const path = fits ? near : mkdtempSync(join(tmpdir(), 'arinomama-'))
  mkdirSync(path, { recursive: true, mode: 0o700 })
  own(path, cluster.as)
  return {
    path,
    empty: () => readdirSync(path).forEach((name) => rmSync(join(path, name), { force: true })),
    cleanUp: () => rmSync(path, { recursive: true, force: true }),
  }
}

function openLog(path: string): number {
  try {
    if (statSync(path).size > logBytesMax) rmSync(path)
  } catch {
    // There is none yet.
  }
  return openSync(path, 'a', 0o600)
}

function lastLine(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)?.trim() ?? ''
}
