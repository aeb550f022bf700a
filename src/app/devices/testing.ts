import type { Readings } from '../../domain/devices/facts.ts'
import type { Target } from '../../domain/devices/target.ts'
import { accessRoom } from '../access/room.ts'
import { accessProjections } from '../access/views.ts'
import { exceptionsRoom } from '../exceptions/room.ts'
import { exceptionsProjections } from '../exceptions/views.ts'
import { organisationRoom } from '../organisation/room.ts'
import { organisationProjections } from '../organisation/views.ts'
import { peopleRoom } from '../people/room.ts'
import { peopleProjections } from '../people/views.ts'
import { openTestEngine } from '../testing.ts'
import type { HostConnector, Sighting, Watch } from './connector.ts'
import { openDevices } from './open.ts'
import { devicesProjections } from './views.ts'

export const admin = 'per_00000000000000000000000001'
export const lead = 'per_00000000000000000000000002'

/** For tests: machines on a real engine, seen by whatever connector the test gives. */
export async function openTestDevices(
  connector: HostConnector = blindConnector,
  startAt = '2026-04-01T00:00:00.000Z',
) {
  const test = await openTestEngine({
    startAt,
    projections: [
      ...organisationProjections,
      ...accessProjections,
      ...peopleProjections,
      ...exceptionsProjections,
      ...devicesProjections,
    ],
  })
  const { engine, blobs, clock } = test
  const organisation = engine.open(organisationRoom)
  engine.open(accessRoom)
  const people = engine.open(peopleRoom)
  engine.open(exceptionsRoom)
  const errors: unknown[] = []
  const onError = (_: string, error: unknown) => void errors.push(error)
  const devices = openDevices(engine, { blobs, clock, connector, onError })
  await organisation.handle(
    {
      type: 'set-up',
      name: { ja: '例', en: 'Example' },
      timeZone: 'Asia/Tokyo',
      categories: ['security'],
      demonstration: false,
    },
    { by: 'system:set-up' },
  )
  return { ...test, people, devices, errors }
}

/** Sees what the test hands it, one sighting after the other. */
export function scripted(...sightings: (Sighting | ((watch: Watch) => Promise<Sighting>))[]) {
  const seen: Target[] = []
  const connector: HostConnector = {
    async observe(target, watch) {
      seen.push(target)
      const next = sightings.shift()
      if (next === undefined) throw new Error('the script has ended')
      return typeof next === 'function' ? await next(watch) : next
    },
    hostKeys: () => Promise.resolve([]),
  }
  return { connector, seen }
}

const blindConnector: HostConnector = {
  observe: () => Promise.reject(new Error('nobody looks')),
  hostKeys: () => Promise.resolve([]),
}

export const hostA = 'a'.repeat(32)
export const hostB = 'b'.repeat(32)

export function sighting(
  at: string,
  readings: Readings,
  host = hostA,
): Extract<Sighting, { outcome: 'observed' }> {
  const startedAt = new Date(at).toISOString()
  const endedAt = new Date(Date.parse(at) + 5_000).toISOString()
  const raw = new TextEncoder().encode(`raw output of ${host} at ${at}`)
  return { outcome: 'observed', startedAt, endedAt, host, readings, facts: 42, raw }
}

export function failure(
  at: string,
  code: Extract<Sighting, { outcome: 'failed' }>['code'] = 'host-unreachable',
): Sighting {
  const startedAt = new Date(at).toISOString()
  return { outcome: 'failed', startedAt, endedAt: startedAt, code, detail: 'refused', raw: null }
}

type Facts = { [A in keyof Readings]: Extract<Readings[A], { state: 'read' }>['facts'] }

/** A machine on which nothing is wrong. */
export function goodFacts(at: string): Facts {
  const account = { uid: 0, shell: '/bin/bash', interactive: true, scheme: null, changedOn: null }
  return {
    system: {
      hostname: 'db1',
      os: { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)' },
      supportEnds: '2028-06-30',
      kernel: '6.1.0-31-amd64',
      architecture: 'x86_64',
      virtualisation: 'none',
      container: false,
      bootedAt: '2026-03-01T00:00:00.000Z',
      rebootPending: false,
      observer: { account: 'root', root: true },
    },
    packages: { manager: 'dpkg', list: [['bash', '5.2.15-2+b8', 'amd64']], unsignedSources: [] },
    updates: { listsAgeDays: 0, securitySource: true, pending: [] },
    sockets: {
      list: [
        { protocol: 'tcp', address: '127.0.0.1', port: 5432, process: 'postgres', open: false },
      ],
    },
    ssh: {
      installed: true,
      effective: true,
      settings: {
        permitrootlogin: 'no',
        passwordauthentication: 'no',
        kbdinteractiveauthentication: 'no',
        authenticationmethods: 'any',
        permitemptypasswords: 'no',
        maxauthtries: '4',
        x11forwarding: 'no',
      },
      matches: [],
    },
    accounts: {
      list: [
        {
          ...account,
          name: 'root',
          shell: '/usr/sbin/nologin',
          interactive: false,
          password: 'locked',
          maxDays: null,
        },
      ],
      groups: [],
    },
    sudo: { installed: true, rules: [] },
    passwords: { minLength: { value: 12, from: 'pwquality.conf' }, lockAfter: 5, settings: {} },
    time: { synchronised: true, by: 'ntp.example.jp', zone: 'Asia/Tokyo', offBySeconds: 0 },
    disks: { volumes: [{ mount: '/', device: 'root', type: 'ext4', encrypted: true }] },
    antivirus: {
      clamav: {
        version: '1.4.3',
        database: 27_800,
        updatedAt: new Date(at).toISOString(),
        running: true,
        updating: true,
      },
      others: [],
    },
    audit: { running: true, enabled: 1, rules: 40, lost: 0, fromBoot: true },
    firewall: { tool: 'nftables', ipv4: true, ipv6: true, ipv6InUse: true, rules: 12 },
  }
}

export function readingsOf(facts: Facts): Readings {
  const read = <F>(one: F) => ({ state: 'read' as const, gaps: [], facts: one })
  return {
    system: read(facts.system),
    packages: read(facts.packages),
    updates: read(facts.updates),
    sockets: read(facts.sockets),
    ssh: read(facts.ssh),
    accounts: read(facts.accounts),
    sudo: read(facts.sudo),
    passwords: read(facts.passwords),
    time: read(facts.time),
    disks: read(facts.disks),
    antivirus: read(facts.antivirus),
    audit: read(facts.audit),
    firewall: read(facts.firewall),
  }
}
