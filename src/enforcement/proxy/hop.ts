import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HopTarget } from './authority.ts'

export type Terminal = { readonly cols: number; readonly rows: number }
export type Hop = {
  readonly child: ChildProcessWithoutNullStreams
  readonly resize: (terminal: Terminal) => void
  /** Ends it and everything that it started here. */
  readonly kill: () => void
}

export type HopKey = {
  readonly folder: string
  readonly line: string
  readonly discard: () => void
}

const ALIAS = 'arinomama-target'
const CONNECT_TIMEOUT_S = 15

/** A key for one session: made in a folder of its own, gone with it. Throws when it cannot be made. */
export function makeHopKey(): HopKey {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-hop-'))
  const path = join(folder, 'key')
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path])
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error('ssh-keygen could not make the key of the session')
  }
  return {
    folder,
    line: readFileSync(`${path}.pub`, 'utf8').trim(),
    discard: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * The inner hop: OpenSSH with the session's key and certificate, the pinned host key, and nothing of
 * anybody's configuration. With a terminal it runs under `script` (util-linux), which gives it one
 * without a native add-on, and whose size can be changed from outside.
 */
export function startHop(
  key: HopKey,
  hop: {
    readonly target: HopTarget
    readonly certificate: string
    readonly terminal: Terminal | null
    readonly command: string | null
  },
): Hop {
  writeFileSync(join(key.folder, 'key-cert.pub'), `${hop.certificate}\n`, { mode: 0o600 })
  const known = join(key.folder, 'known_hosts')
  writeFileSync(known, `${ALIAS} ${hop.target.hostKey}\n`, { mode: 0o600 })
  const ssh = [hop.terminal === null ? '-T' : '-tt', ...optionsOf(key, hop.target, known)]
  if (hop.command !== null) ssh.push(hop.command)
  const child =
    hop.terminal === null
      ? spawn('ssh', ssh, spawning())
      : spawn('script', ['-q', '-e', '-c', inTerminal(hop.terminal), '/dev/null'], {
          ...spawning(),
          // The words of the command line go through the environment: no shell reads them again.
          env: { ...environment(), ...wordsOf(ssh), TERM: 'xterm-256color' },
        })
  return {
    child,
    resize: ({ cols, rows }) => {
      const tty = terminalOf(child.pid)
      if (tty === null) return
      spawnSync('stty', ['-F', tty, 'cols', String(cols), 'rows', String(rows)])
    },
    kill: () => killTree(child.pid),
  }
}

function spawning() {
  return { stdio: 'pipe' as const, detached: true, env: environment(), cwd: '/' }
}

function environment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', SHELL: '/bin/sh' }
}

function wordsOf(words: readonly string[]): Record<string, string> {
  return Object.fromEntries([
    ...words.map((word, at) => [`HOP_${at}`, word]),
    ['HOP_N', String(words.length)],
  ])
}

/** Sets the size, then puts the words together as they were: each is one word, whatever is in it. */
function inTerminal({ cols, rows }: Terminal): string {
  const words =
    'set --; i=0; while [ "$i" -lt "$HOP_N" ]; do eval "set -- \\"\\$@\\" \\"\\$HOP_$i\\""; i=$((i+1)); done'
  return `stty raw -echo cols ${cols} rows ${rows}; ${words}; exec ssh "$@"`
}

function optionsOf(key: HopKey, target: HopTarget, known: string): string[] {
  const options = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: `"${known}"`,
    GlobalKnownHostsFile: '/dev/null',
    HostKeyAlias: ALIAS,
    CheckHostIP: 'no',
    UpdateHostKeys: 'no',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    CertificateFile: `"${join(key.folder, 'key-cert.pub')}"`,
    PreferredAuthentications: 'publickey',
    ForwardAgent: 'no',
    ForwardX11: 'no',
    ClearAllForwardings: 'yes',
    PermitLocalCommand: 'no',
    ProxyCommand: 'none',
    ControlMaster: 'no',
    ControlPath: 'none',
    EscapeChar: 'none',
    ConnectTimeout: String(CONNECT_TIMEOUT_S),
    ConnectionAttempts: '1',
    ServerAliveInterval: '10',
    ServerAliveCountMax: '3',
    LogLevel: 'ERROR',
  }
  const named = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const where = ['-i', join(key.folder, 'key'), '-p', String(target.port), '-l', target.user]
  return ['-F', 'none', ...named, ...where, '--', target.host]
}

/** The terminal of the `ssh` below `script`; null while there is none yet. */
function terminalOf(pid: number | undefined): string | null {
  for (const child of childrenOf(pid)) {
    try {
      const tty = readlinkSync(`/proc/${child}/fd/0`)
      if (tty.startsWith('/dev/pts/')) return tty
    } catch {
      // It has just ended.
    }
  }
  return null
}

function childrenOf(pid: number | undefined): number[] {
  if (pid === undefined) return []
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return text.split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** `script` puts what it runs into a session of its own: a group alone is not everything. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return
  for (const child of childrenOf(pid)) killTree(child)
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}
