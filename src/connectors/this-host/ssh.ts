import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostKey } from '../../app/devices/connector.ts'
import type { FailureCode } from '../../domain/devices/failures.ts'
import { isHost, parseHostKey, type SshTarget } from '../../domain/devices/target.ts'
import { runChild, type ChildEnd } from './child.ts'

const CONNECT_TIMEOUT_SECONDS = 15
const KEY_SCAN_TIMEOUT_MS = 20_000
/** The pinned key is filed under this name, whatever the address is. */
const ALIAS = 'arinomama-target'

/**
 * Options of `ssh`: one key, one known host, no agent, no forwarding, no terminal, no configuration
 * of anybody's, no question. Every address and name comes after `--` or as an option's own argument,
 * and was parsed by `parseTarget`.
 */
function optionsOf(target: SshTarget, knownHosts: string): string[] {
  const options = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: `"${knownHosts}"`,
    GlobalKnownHostsFile: '/dev/null',
    HostKeyAlias: ALIAS,
    CheckHostIP: 'no',
    UpdateHostKeys: 'no',
    VerifyHostKeyDNS: 'no',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    ForwardAgent: 'no',
    ForwardX11: 'no',
    ClearAllForwardings: 'yes',
    PermitLocalCommand: 'no',
    ProxyCommand: 'none',
    ControlMaster: 'no',
    ControlPath: 'none',
    EscapeChar: 'none',
    RequestTTY: 'no',
    ConnectTimeout: String(CONNECT_TIMEOUT_SECONDS),
    ConnectionAttempts: '1',
    ServerAliveInterval: '10',
    ServerAliveCountMax: '3',
    LogLevel: 'ERROR',
  }
  const named = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const where = ['-i', target.identityFile, '-p', String(target.port), '-l', target.user]
  return ['-F', 'none', '-T', ...named, ...where, '--', target.host, 'sh -s']
}

export type SshRun = {
  readonly script: string
  readonly timeoutMs: number
  readonly outputBytesMax: number
  readonly onOutput: (chunk: Buffer) => void
  readonly signal?: AbortSignal | undefined
}

export type SshEnd = { readonly end: ChildEnd; readonly failed: FailureCode | null }

/** Runs a script on the target by `sh` on standard input, with the pinned host key only. */
export async function runOverSsh(target: SshTarget, run: SshRun): Promise<SshEnd> {
  try {
    await access(target.identityFile, constants.R_OK)
  } catch {
    const end = { how: 'exited', status: 255, output: Buffer.alloc(0), complaint: '' } as const
    return { end, failed: 'identity-file-unreadable' }
  }
  const folder = await mkdtemp(join(tmpdir(), 'arinomama-ssh-'))
  try {
    const knownHosts = join(folder, 'known_hosts')
    await writeFile(knownHosts, `${ALIAS} ${target.hostKey}\n`, { mode: 0o600 })
    const end = await runChild({
      command: 'ssh',
      args: optionsOf(target, knownHosts),
      input: run.script,
      env: environment(),
      timeoutMs: run.timeoutMs,
      outputBytesMax: run.outputBytesMax,
      onOutput: run.onOutput,
      signal: run.signal,
    })
    return { end, failed: failureOf(end) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the machine shows to anybody who asks for its keys, by ssh-keyscan. */
export async function scanHostKeys(host: string, port: number): Promise<HostKey[]> {
  if (!isHost(host)) return []
  const seconds = String(CONNECT_TIMEOUT_SECONDS)
  const end = await runChild({
    command: 'ssh-keyscan',
    args: ['-T', seconds, '-p', String(port), '-t', 'ed25519,ecdsa,rsa', '--', host],
    input: '',
    env: environment(),
    timeoutMs: KEY_SCAN_TIMEOUT_MS,
    outputBytesMax: 65_536,
    onOutput: () => undefined,
  })
  const keys = end.output.toString('utf8').split('\n').flatMap(hostKeyOf)
  return [...new Map(keys.map((key) => [key.type, key])).values()]
}

function hostKeyOf(line: string): HostKey[] {
  const hostKey = line.startsWith('#') ? null : parseHostKey(line)
  if (hostKey === null) return []
  const [type = '', base64 = ''] = hostKey.split(' ')
  const digest = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64')
  return [{ type, hostKey, fingerprint: `SHA256:${digest.replace(/=+$/, '')}` }]
}

/** Nothing of the server's own environment reaches the client: no agent, no askpass, no locale. */
function environment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' }
}

const failurePatterns: readonly (readonly [RegExp, FailureCode])[] = [
  [
    /host key verification failed|host identification has changed|no matching host key/i,
    'host-key-mismatch',
  ],
  [/could not resolve hostname|name or service not known/i, 'host-unknown-name'],
  [/load key|unprotected private key|invalid format|passphrase/i, 'identity-file-unreadable'],
  [/permission denied|too many authentication failures|no mutual signature/i, 'sign-in-refused'],
  [
    /connection (refused|timed out|reset|closed)|no route to host|unreachable|banner exchange|kex_exchange|unable to negotiate/i,
    'host-unreachable',
  ],
]

/** Why `ssh` itself failed, by its own words; null when it ran the script, however that ended. */
function failureOf(end: ChildEnd): FailureCode | null {
  if (end.how === 'missing') return 'ssh-missing'
  if (end.how === 'timed-out') return 'timed-out'
  if (end.how === 'too-large') return 'output-too-large'
  if (end.status !== 255) return null
  if (end.output.length > 0) return 'connection-lost'
  const found = failurePatterns.find(([pattern]) => pattern.test(end.complaint))
  return found?.[1] ?? 'host-unreachable'
}
