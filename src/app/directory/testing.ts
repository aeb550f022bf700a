import type { Account, Group } from '../../domain/directory/facts.ts'
import { isRefused } from '../../domain/decider.ts'
import { accessRoom } from '../access/room.ts'
import { accessProjections } from '../access/views.ts'
import { exceptionsRoom } from '../exceptions/room.ts'
import { exceptionsProjections } from '../exceptions/views.ts'
import { organisationRoom } from '../organisation/room.ts'
import { organisationProjections } from '../organisation/views.ts'
import { openPeople } from '../people/open.ts'
import { admin } from '../people/testing.ts'
import { peopleProjections } from '../people/views.ts'
import { trainingRoom } from '../training/room.ts'
import { policiesRoom } from '../policies/room.ts'
import { controlsRoom } from '../controls/room.ts'
import type { Projection } from '../projection.ts'
import { openTestEngine } from '../testing.ts'
import type { DirectoryConnector, DirectorySighting, Secrets, Shown } from './connector.ts'
import { openDirectory } from './open.ts'
import { directoryProjections } from './views.ts'

/** For tests: directories on a real engine, seen by whatever connector the test gives. */
export async function openTestDirectory(
  startAt = '2026-04-03T00:00:00.000Z',
  more: readonly Projection[] = [],
) {
  const sightings: DirectorySighting[] = []
  const connector: DirectoryConnector = {
    observe() {
      const next = sightings.shift()
      if (next === undefined) return Promise.reject(new Error('the script has ended'))
      return Promise.resolve(next)
    },
  }
  const test = await openTestEngine({
    startAt,
    projections: [
      ...organisationProjections,
      ...accessProjections,
      ...peopleProjections,
      ...exceptionsProjections,
      ...directoryProjections,
      ...more,
    ],
  })
  const { engine, blobs, clock } = test
  const organisation = engine.open(organisationRoom)
  engine.open(accessRoom)
  engine.open(trainingRoom)
  engine.open(policiesRoom)
  engine.open(controlsRoom)
  engine.open(exceptionsRoom)
  const people = openPeople(engine, { blobs })
  const secrets = memorySecrets()
  const directory = openDirectory(engine, { blobs, clock, secrets, connector })
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
  return { ...test, people, directory, secrets, sightings }
}

function memorySecrets(): Secrets & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    put: async (name, secret) => void kept.set(name, secret),
    get: async (name) => kept.get(name) ?? null,
    remove: async (name) => void kept.delete(name),
  }
}

const target = {
  kind: 'active-directory',
  host: 'dc1.corp.example.test',
  port: 636,
  encryption: 'ldaps',
  baseDn: 'DC=corp,DC=example,DC=test',
  bindName: 'reader@corp.example.test',
  authority: null,
  serverName: null,
} as const

type Opened = Awaited<ReturnType<typeof openTestDirectory>>

/** A directory, registered; its id. */
export async function addDomain({ directory }: Opened, name = 'corp'): Promise<string> {
  const source = { name, target: { ...target, password: 'S3cret-Word' }, everyHours: 24 }
  const done = await directory.addSource(source, admin)
  if (isRefused(done)) throw new Error(done.refused)
  return done.id
}

export async function addList({ directory }: Opened, name: string): Promise<string> {
  const source = { name, target: { kind: 'list' }, everyHours: 24 } as const
  const done = await directory.addSource(source, admin)
  if (isRefused(done)) throw new Error(done.refused)
  return done.id
}

export function account(login: string, extra: Partial<Account> = {}): Account {
  return {
    id: `id-${login}`,
    sid: null,
    login,
    name: null,
    email: `${login}@example.jp`,
    employeeNumber: null,
    kind: 'user',
    enabled: true,
    createdAt: '2025-01-01T00:00:00.000Z',
    expiresAt: null,
    lastUsedAt: '2026-04-01T00:00:00.000Z',
    neverUsed: false,
    passwordSetAt: '2026-03-01T00:00:00.000Z',
    flags: [],
    mfa: null,
    policy: null,
    dn: `CN=${login},DC=corp,DC=example,DC=test`,
    primaryGroup: null,
    ...extra,
  }
}

export function group(name: string, members: readonly string[], privileged = false): Group {
  const dn = `CN=${name},DC=corp,DC=example,DC=test`
  return { id: `grp-${name}`, sid: null, name, privileged, dn, members: [...members], foreign: 0 }
}

export function seen(at: string, shown: Partial<Shown>): DirectorySighting {
  const raw = new TextEncoder().encode(`answer at ${at}`)
  const whole: Shown = {
    reading: 'full',
    accounts: [],
    groups: [],
    policies: [],
    deleted: [],
    cursor: 'server:1',
    ...shown,
  }
  return { outcome: 'observed', startedAt: at, endedAt: at, shown: whole, raw }
}
