import { createHash } from 'node:crypto'
import type { Sighting } from '../app/devices/connector.ts'
import type { FactsOf, Reading, Readings } from '../domain/devices/facts.ts'
import { flawsOn, type Flaw, type Machine } from './machines.ts'

type At = {
  readonly machine: Machine
  /** Day of the story. */
  readonly day: number
  readonly instant: string
  /** Login names on the machine. */
  readonly logins: readonly string[]
}

const dayMs = 86_400_000
const observedSeconds = 4

/** What a look at a machine of the story shows on a day. */
export function sightingOf(at: At): Sighting {
  const { machine, day, instant } = at
  const flaws = flawsOn(machine, day)
  const readings = readingsOf(at, flaws)
  const raw = new TextEncoder().encode(
    `# fictional reply of ${machine.name} at ${instant}\n${JSON.stringify(readings, null, 1)}\n`,
  )
  return {
    outcome: 'observed',
    host: createHash('sha256').update(machine.name).digest('hex').slice(0, 32),
    readings,
    facts: Object.values(readings).reduce((sum, one) => sum + factsIn(one), 0),
    startedAt: instant,
    endedAt: before(instant, -observedSeconds / 86_400),
    raw,
  }
}

function readingsOf(at: At, flaws: ReadonlySet<Flaw>): Readings {
  return {
    system: read(system(at, flaws)),
    packages: read(packages(flaws)),
    updates: read(updates(at, flaws)),
    sockets: read(sockets(at, flaws)),
    ssh: read(ssh(flaws)),
    accounts: flaws.has('shadow-unreadable')
      ? { ...read(accounts(at, flaws)), gaps: [{ what: 'shadow', ...needsRoot }] }
      : read(accounts(at, flaws)),
    sudo: read(sudo(flaws)),
    passwords: read(passwords(flaws)),
    time: read(time(flaws)),
    disks: read(disks(flaws)),
    antivirus: read(antivirus(at, flaws)),
    audit: read({
      running: !flaws.has('audit-stopped'),
      enabled: flaws.has('audit-stopped') ? 0 : 1,
      rules: 42,
      lost: 0,
      fromBoot: true,
    }),
    firewall: read({
      tool: 'nftables',
      ipv4: !flaws.has('no-firewall'),
      ipv6: !flaws.has('no-firewall'),
      ipv6InUse: false,
      rules: flaws.has('no-firewall') ? 0 : 18,
    }),
  }
}

const needsRoot = { reason: 'needs-root', detail: '' } as const

function read<F>(facts: F) {
  return { state: 'read' as const, gaps: [], facts }
}

function factsIn(reading: Reading): number {
  return reading.state === 'read' ? Object.keys(reading.facts).length : 0
}

/** So many days before an instant. */
function before(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * dayMs).toISOString()
}

function system({ machine, instant, day }: At, flaws: ReadonlySet<Flaw>): FactsOf<'system'> {
  const old = flaws.has('old-system')
  return {
    hostname: machine.name,
    os: old
      ? { id: 'debian', version: '10', name: 'Debian GNU/Linux 10 (buster)' }
      : { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)' },
    supportEnds: old ? '2024-06-30' : '2028-06-30',
    kernel: old ? '4.19.0-27-amd64' : '6.1.0-40-amd64',
    architecture: 'x86_64',
    virtualisation: 'kvm',
    container: false,
    bootedAt: `${before(instant, day % 30).slice(0, 10)}T18:05:00.000Z`,
    rebootPending: false,
    observer: { account: 'arinomama', root: !flaws.has('shadow-unreadable') },
  }
}

function packages(flaws: ReadonlySet<Flaw>): FactsOf<'packages'> {
  const version = flaws.has('old-updates') ? '3.0.15-1~deb12u1' : '3.0.17-1~deb12u3'
  return {
    manager: 'dpkg',
    list: [
      ['auditd', '1:3.0.9-1', 'amd64'],
      ['clamav', '1.4.3+dfsg-1~deb12u1', 'amd64'],
      ['nftables', '1.0.6-2+deb12u2', 'amd64'],
      ['openssh-server', '1:9.2p1-2+deb12u7', 'amd64'],
      ['openssl', version, 'amd64'],
    ],
    unsignedSources: [],
  }
}

function updates({ instant, machine, day }: At, flaws: ReadonlySet<Flaw>): FactsOf<'updates'> {
  const spell = machine.flaws.find(({ flaw, from }) => flaw === 'old-updates' && from <= day)
  const since = before(instant, day - (spell?.from ?? day))
  const pending = {
    package: 'openssl',
    installed: '3.0.15-1~deb12u1',
    candidate: '3.0.17-1~deb12u3',
    security: true,
    since,
    sinceKnown: true,
  }
  return {
    listsAgeDays: 0,
    securitySource: true,
    pending: flaws.has('old-updates') ? [pending] : [],
  }
}

const processes: Readonly<Record<number, string>> = {
  22: 'sshd',
  443: 'nginx',
  500: 'charon',
  5432: 'postgres',
  6514: 'rsyslogd',
  8080: 'java',
}
const strayPort = 8080

function sockets({ machine }: At, flaws: ReadonlySet<Flaw>): FactsOf<'sockets'> {
  const ports = [...machine.ports, ...(flaws.has('stray-port') ? [strayPort] : [])]
  return {
    list: ports.map((port) => ({
      protocol: port === 500 ? 'udp' : 'tcp',
      address: '0.0.0.0',
      port,
      process: processes[port] ?? null,
      open: true,
    })),
  }
}

function ssh(flaws: ReadonlySet<Flaw>): FactsOf<'ssh'> {
  return {
    installed: true,
    effective: true,
    settings: {
      permitrootlogin: flaws.has('root-login') ? 'yes' : 'no',
      passwordauthentication: flaws.has('password-login') ? 'yes' : 'no',
      permitemptypasswords: 'no',
      kbdinteractiveauthentication: 'no',
      pubkeyauthentication: 'yes',
      hostbasedauthentication: 'no',
      ignorerhosts: 'yes',
      x11forwarding: 'no',
      maxauthtries: '4',
      logingracetime: '60',
      clientaliveinterval: '300',
      clientalivecountmax: '3',
      loglevel: 'VERBOSE',
      usepam: 'yes',
    },
    matches: [],
  }
}

function accounts({ logins, instant }: At, flaws: ReadonlySet<Flaw>): FactsOf<'accounts'> {
  const known = !flaws.has('shadow-unreadable')
  const names = [...logins, ...(flaws.has('shared-account') ? ['ope'] : [])]
  const people = names.map((name, at) => ({
    name,
    uid: 1001 + at,
    shell: '/bin/bash',
    interactive: true,
    password: known ? ('locked' as const) : null,
    scheme: null,
    changedOn: known ? before(instant, 40).slice(0, 8).concat('01') : null,
    maxDays: known ? 90 : null,
  }))
  const root = {
    name: 'root',
    uid: 0,
    shell: '/bin/bash',
    interactive: true,
    password: known ? ('locked' as const) : null,
    scheme: null,
    changedOn: null,
    maxDays: known ? 90 : null,
  }
  const groups = [{ group: 'sudo', members: logins.slice(0, 2) }]
  return { list: [root, ...people], groups }
}

function sudo(flaws: ReadonlySet<Flaw>): FactsOf<'sudo'> {
  const rule = {
    principal: '%sudo',
    runAs: 'ALL',
    commands: 'ALL',
    withoutPassword: false,
    file: '/etc/sudoers',
  }
  const build = { ...rule, principal: 'build', withoutPassword: true, file: '/etc/sudoers.d/build' }
  return { installed: true, rules: flaws.has('sudo-without-password') ? [rule, build] : [rule] }
}

function passwords(flaws: ReadonlySet<Flaw>): FactsOf<'passwords'> {
  const value = flaws.has('short-passwords') ? 8 : 14
  return {
    minLength: { value, from: '/etc/security/pwquality.conf' },
    lockAfter: 5,
    settings: { PASS_MAX_DAYS: '90', PASS_MIN_DAYS: '1', ENCRYPT_METHOD: 'YESCRYPT' },
  }
}

function time(flaws: ReadonlySet<Flaw>): FactsOf<'time'> {
  const good = !flaws.has('no-time-sync')
  return {
    synchronised: good,
    by: good ? 'chronyd' : null,
    zone: 'Asia/Tokyo',
    offBySeconds: good ? 0 : 94,
  }
}

function disks(flaws: ReadonlySet<Flaw>): FactsOf<'disks'> {
  const encrypted = !flaws.has('plain-disk')
  return {
    volumes: [
      { mount: '/', device: '/dev/mapper/root', type: 'ext4', encrypted: true },
      {
        mount: '/var/lib/data',
        device: encrypted ? '/dev/mapper/data' : '/dev/vdb1',
        type: 'xfs',
        encrypted,
      },
    ],
  }
}

function antivirus({ instant }: At, flaws: ReadonlySet<Flaw>): FactsOf<'antivirus'> {
  const stale = flaws.has('stale-antivirus')
  return {
    clamav: {
      version: '1.4.3',
      database: 27_000,
      updatedAt: before(instant, stale ? 21 : 0.3),
      running: true,
      updating: !stale,
    },
    others: [],
  }
}
