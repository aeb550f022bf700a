/**
 * Makes sure that what the tests need of the system is there: finds it, or installs Debian's package
 * when it may (root on Debian), or says exactly what is missing and what to do.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

type Need = {
  readonly name: string
  readonly why: string
  /** Names of the program, the first that is found counts. */
  readonly programs: readonly string[]
  readonly debian: string
  readonly required: boolean
  /** Without it the tests run, yet where it may be installed it is. */
  readonly installed?: boolean
}

const needs: readonly Need[] = [
  {
    name: 'Chromium',
    why: 'the pages are tested in a real browser',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debian: 'chromium',
    required: true,
  },
  {
    name: 'OpenSSH server',
    why: 'machines are observed over a real SSH connection',
    programs: ['sshd'],
    debian: 'openssh-server',
    required: true,
  },
  {
    name: 'OpenSSH client',
    why: 'signatures are checked, and machines observed, with stock tools',
    programs: ['ssh-keygen', 'ssh'],
    debian: 'openssh-client',
    required: true,
  },
  {
    name: 'OpenSSL',
    why: "checkpoints are checked with a stranger's tool",
    programs: ['openssl'],
    debian: 'openssl',
    required: true,
  },
  {
    name: 'Poppler',
    why: "reports are read back with a stranger's PDF reader",
    programs: ['pdftotext'],
    debian: 'poppler-utils',
    required: true,
  },
  {
    name: 'Samba domain controller',
    why: 'directories are read from a real domain; without it those tests are skipped',
    programs: ['samba'],
    debian: [
      'samba samba-ad-provision samba-dsdb-modules samba-vfs-modules',
      'ldb-tools python3-markdown attr',
    ].join(' '),
    required: false,
    installed: true,
  },
  {
    name: 'Go',
    why: "ledgers are checked by Go's own implementation; without it that test is skipped",
    programs: ['go'],
    debian: 'golang-go',
    required: false,
  },
]

const folders = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  // Not in everybody's PATH.
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/go/bin',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
]
const isThere = ({ programs }: Need) =>
  programs.some((program) => folders.some((folder) => existsSync(join(folder, program))))

const installTimeoutMs = 10 * 60_000

prepare()

function prepare(): void {
  const missing = needs.filter(
    (need) => (need.required || need.installed === true) && !isThere(need),
  )
  if (missing.length > 0 && mayInstall())
    install(missing.flatMap(({ debian }) => debian.split(' ')))
  const still = needs.filter((need) => !isThere(need))
  for (const { name, why, debian, required } of still) {
    const word = required ? 'MISSING' : 'not there'
    console.error(`${word}: ${name} (${why}). On Debian: apt-get install ${debian}`)
  }
  if (still.some(({ required }) => required)) {
    console.error('Install what is missing, then run npm test again.')
    process.exitCode = 1
  }
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

function install(packages: readonly string[]): void {
  console.error(`Installing for the tests: ${packages.join(', ')}`)
  const run = (args: readonly string[]) =>
    spawnSync('apt-get', [...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: installTimeoutMs,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  run(['-q', 'update'])
  run(['-q', '-y', 'install', '--no-install-recommends', ...packages])
}
