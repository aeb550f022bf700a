import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SshTarget } from '../../src/domain/devices/target.ts'

const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path))

/** Why no real SSH server can be started here; null when it can. */
export const noServer: string | null = whyNot()

function whyNot(): string | null {
  if (sshd === undefined) {
    return 'OpenSSH server is not installed (Debian: apt-get install openssh-server)'
  }
  const mounts = spawnSync('unshare', ['--mount', 'true'])
  return mounts.status === 0 ? null : 'only root, with its own mounts, can start the SSH server'
}

/** The read-only account; it exists for the server alone. */
export const account = 'arinomama'

export type SshServer = {
  readonly target: SshTarget
  readonly folder: string
  readonly otherKey: string
  readonly ecdsaKey: string
  /** What the server says of its own settings. */
  readonly settings: () => string
  readonly stop: () => Promise<void>
}

/**
 * A real sshd on loopback with its own configuration and keys, which lets a read-only account in by
 * key, with a forced command as one would set it up. The account is added to an /etc/passwd that
 * only this server sees, in mounts of its own: nothing on the machine is changed.
 */
export async function startSshServer(
  options: { readonly command?: string; readonly settings?: readonly string[] } = {},
): Promise<SshServer> {
  if (sshd === undefined) throw new Error(noServer ?? '')
  const folder = await mkdtemp(join(tmpdir(), 'arinomama-sshd-'))
  await chmod(folder, 0o755)
  for (const name of ['host', 'user', 'other']) makeKey(join(folder, name))
  makeKey(join(folder, 'host-ecdsa'), 'ecdsa')
  const userKey = (await readFile(join(folder, 'user.pub'), 'utf8')).trim()
  const command = options.command ?? '/bin/sh -s'
  const authorized = `restrict,command="${command}" ${userKey}\n`
  await writeFile(join(folder, 'authorized_keys'), authorized, { mode: 0o644 })
  const port = await freePort()
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `HostKey ${folder}/host-ecdsa`,
    `PidFile ${folder}/pid`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    `AllowUsers ${account}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    ...(options.settings ?? []),
  ]
  await writeFile(join(folder, 'sshd_config'), `${config.join('\n')}\n`)
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const passwd = await readFile('/etc/passwd', 'utf8')
  await writeFile(
    join(folder, 'passwd'),
    `${passwd}${account}:x:61001:61001:Secret Name:/:/bin/sh\n`,
  )
  const start = 'mount --bind "$0/passwd" /etc/passwd && exec "$1" -D -e -f "$0/sshd_config"'
  const child = spawn('unshare', ['--mount', 'sh', '-c', start, folder, sshd], { stdio: 'ignore' })
  const stop = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  onTestFinished(stop)
  await listening(port)
  const publicKey = async (name: string) => {
    const [type, key] = (await readFile(join(folder, `${name}.pub`), 'utf8')).split(' ')
    return `${type} ${key}`
  }
  return {
    folder,
    otherKey: await publicKey('other'),
    ecdsaKey: await publicKey('host-ecdsa'),
    settings: () => spawnSync(sshd, ['-T', '-f', join(folder, 'sshd_config')]).stdout.toString(),
    stop,
    target: {
      kind: 'ssh',
      host: '127.0.0.1',
      port,
      user: account,
      identityFile: join(folder, 'user'),
      hostKey: await publicKey('host'),
    },
  }
}

function makeKey(path: string, type = 'ed25519'): void {
  const done = spawnSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', path])
  if (done.status !== 0) throw new Error(`ssh-keygen failed: ${done.stderr.toString()}`)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** A port on which nobody listens. */
export const closedPort = freePort

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`sshd does not listen on ${port}`)
}
