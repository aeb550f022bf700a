import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DirectoryTarget } from '../../src/domain/directory/target.ts'

const isThere =
  existsSync('/usr/sbin/samba') &&
  existsSync('/usr/bin/ldbadd') &&
  existsSync('/usr/share/samba/setup/provision.ldif')

/** Why no real domain can be started here; null when it can. */
export const noDomain: string | null = !isThere
  ? 'Samba is not installed (Debian: apt-get install samba samba-ad-provision ldb-tools)'
  : process.getuid?.() === 0
    ? null
    : 'only root can start a domain controller on the ports of LDAP'

export const base = 'DC=corp,DC=example,DC=test'
const adminPassword = 'Adm1n-Passw0rd!'
const settleMs = 60_000
/** Thousands of users are added at once in the benchmark. */
const runMsMax = 600_000

export type Domain = {
  readonly target: DirectoryTarget
  readonly password: string
  /** `samba-tool …` on the domain's own database. */
  readonly tool: (...args: string[]) => string
  /** Adds or changes entries, fast. */
  readonly ldif: (program: 'ldbadd' | 'ldbmodify', text: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * A real Samba 4 domain controller in a folder and on a loopback address of its own, with a
 * certificate of its own. `fill` adds to the database before it starts.
 */
export async function startDomain(fill?: (domain: Omit<Domain, 'stop'>) => Promise<void>) {
  if (noDomain !== null) throw new Error(noDomain)
  const folder = await mkdtemp(join(tmpdir(), 'arinomama-domain-'))
  const address = await freeAddress()
  provision(folder, address)
  makeCertificate(folder, address)
  const config = join(folder, 'etc', 'smb.conf')
  const database = join(folder, 'private', 'sam.ldb')
  const domain = {
    target: {
      kind: 'active-directory',
      host: address,
      port: 636,
      encryption: 'ldaps',
      baseDn: base,
      bindName: 'administrator@corp.example.test',
      authority: await readFile(join(folder, 'cert.pem'), 'utf8'),
      serverName: null,
    } as const,
    password: adminPassword,
    tool: (...args: string[]) =>
      run('samba-tool', [...args, `--configfile=${config}`, '-H', database]),
    async ldif(program: 'ldbadd' | 'ldbmodify', text: string) {
      const file = join(folder, `${program}.ldif`)
      await writeFile(file, text)
      run(program, ['-H', database, file])
    },
  }
  await fill?.(domain)
  const child = await start(folder, config, address)
  const stop = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  return { ...domain, stop }
}

function provision(folder: string, address: string): void {
  run('samba-tool', [
    'domain',
    'provision',
    `--targetdir=${folder}`,
    '--use-rfc2307',
    '--realm=CORP.EXAMPLE.TEST',
    '--domain=CORP',
    '--server-role=dc',
    '--dns-backend=NONE',
    `--adminpass=${adminPassword}`,
    '--host-name=dc1',
    `--host-ip=${address}`,
    `--option=interfaces=${address}/8`,
    '--option=bind interfaces only=yes',
  ])
}

function makeCertificate(folder: string, address: string): void {
  run('openssl', [
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30'.split(' '),
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'cert.pem'),
    '-subj',
    '/CN=dc1.corp.example.test',
    '-addext',
    `subjectAltName=DNS:dc1.corp.example.test,IP:${address}`,
  ])
  run('chmod', ['600', join(folder, 'key.pem')])
}

async function start(folder: string, config: string, address: string): Promise<ChildProcess> {
  for (const name of ['run', 'ncalrpc']) await mkdir(join(folder, name), { recursive: true })
  const child = spawn(
    'samba',
    `-i -M single --configfile=${config} --debug-stdout`
      .split(' ')
      .concat(
        [
          'server services=ldap',
          `pid directory=${folder}/run`,
          `ncalrpc dir=${folder}/ncalrpc`,
          `tls keyfile=${folder}/key.pem`,
          `tls certfile=${folder}/cert.pem`,
          'tls cafile=',
        ].map((option) => `--option=${option}`),
      ),
    { stdio: ['ignore', 'ignore', 'ignore'] },
  )
  const endsMs = performance.now() + settleMs
  while (!(await answers(address, 636))) {
    if (performance.now() > endsMs || child.exitCode !== null) {
      await ended(child)
      throw new Error('the domain controller does not answer')
    }
    await new Promise((go) => setTimeout(go, 100))
  }
  return child
}

/** Ports of LDAP are fixed, so that each domain takes an address of its own. */
async function freeAddress(): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const part = () => 2 + Math.floor(Math.random() * 250)
    const address = `127.${part()}.${part()}.${part()}`
    if (!(await answers(address, 636)) && !(await answers(address, 389))) return address
  }
  throw new Error('no free loopback address')
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
}

function run(program: string, args: readonly string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: runMsMax })
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr}${done.stdout}`)
  return done.stdout
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await exit
  clearTimeout(hard)
}

/** An enabled user as LDIF; what is given replaces what would be. */
export function userLdif(login: string, extra: readonly string[] = [], control = 512): string {
  return [
    `dn: CN=${login},CN=Users,${base}`,
    'objectClass: user',
    `sAMAccountName: ${login}`,
    `userPrincipalName: ${login}@corp.example.test`,
    `userAccountControl: ${control | 32}`,
    ...extra,
    '',
    '',
  ].join('\n')
}
