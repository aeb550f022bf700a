import { expect, test } from 'vitest'
import { gunzipSync } from 'node:zlib'
import { expectRebuildEqual, rowsOf } from '../testing.ts'
import {
  admin,
  failure,
  goodFacts,
  hostA,
  hostB,
  openTestDevices,
  readingsOf,
  scripted,
  sighting,
} from './testing.ts'

const at = '2026-04-01T00:00:00.000Z'
const local = { name: 'This machine', target: { kind: 'local' }, everyHours: 24 } as const
const hostKey = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64')}`
const overSsh = (host: string) => ({
  name: host,
  target: {
    kind: 'ssh',
    host,
    port: 22,
    user: 'arinomama',
    identityFile: '/etc/arinomama/id_ed25519',
    hostKey,
  } as const,
  everyHours: 24,
})

type Opened = Awaited<ReturnType<typeof openTestDevices>>

async function add({ devices }: Opened, source: Parameters<Opened['devices']['addSource']>[0]) {
  const done = await devices.addSource(source, admin)
  if ('refused' in done) throw new Error(done.refused)
  return done.id
}

test('an observation becomes one entry, and its machine a row with every area', async () => {
  const { connector } = scripted(sighting(at, readingsOf(goodFacts(at))))
  const opened = await openTestDevices(connector)
  const { devices, engine, blobs } = opened
  const source = await add(opened, local)
  const started = await devices.observe(source, admin)
  await devices.idle()
  if ('refused' in started) throw new Error(started.refused)
  expect(devices.runShown(started.run)).toMatchObject({
    state: 'succeeded',
    source,
    failure: null,
    host: hostA,
  })
  const [host] = await devices.hosts()
  expect(host).toMatchObject({
    id: hostA,
    hostname: 'db1',
    state: 'active',
    os: 'Debian GNU/Linux 12 (bookworm)',
    supportEnds: '2028-06-30',
    securityUpdates: 0,
    openPorts: 0,
    unreadable: 0,
    exceptions: 0,
  })
  const one = await devices.host(hostA)
  if ('refused' in one) throw new Error(one.refused)
  expect(one.areas.map(({ area }) => area)).toHaveLength(13)
  const [seen] = await rowsOf(engine, 'select raw_sha256 from observations')
  const raw = gunzipSync(await blobs.get(String(seen?.['raw_sha256'])))
  expect(raw.toString()).toBe(`raw output of ${hostA} at ${at}`)
  await expectRebuildEqual(engine)
})

test('an observation that shows nothing new says so, and rewrites nothing', async () => {
  const later = '2026-04-02T00:00:00.000Z'
  const changed = { ...goodFacts(at), time: { ...goodFacts(at).time, synchronised: false } }
  const { connector } = scripted(
    sighting(at, readingsOf(goodFacts(at))),
    sighting(later, readingsOf(goodFacts(at))),
    sighting(later, readingsOf(changed)),
  )
  const opened = await openTestDevices(connector)
  const { devices, engine, clock } = opened
  const source = await add(opened, local)
  for (let time = 0; time < 3; time += 1) {
    await devices.observe(source, admin)
    await devices.idle()
    clock.advance({ days: 1 })
  }
  const history = await devices.observations(source)
  if ('refused' in history) throw new Error(history.refused)
  expect(history.map(({ changed: areas }) => areas.length)).toEqual([1, 0, 13])
  expect(history[0]?.changed).toEqual([{ ja: '時刻同期', en: 'Time synchronisation' }])
  const rows = await rowsOf(engine, 'select synchronised, seq from host_time')
  expect(rows).toEqual([{ synchronised: false, seq: history[0]?.seq }])
  const ssh = await rowsOf(engine, 'select seq from host_ssh')
  expect(ssh).toEqual([{ seq: history[2]?.seq }])
  await expectRebuildEqual(engine)
})

test('a failing source is a visible fact, with its reason and the other side’s own words', async () => {
  const { connector } = scripted(failure(at), failure(at, 'host-key-mismatch'))
  const opened = await openTestDevices(connector)
  const { devices, engine } = opened
  const source = await add(opened, overSsh('db1.example.jp'))
  await devices.observe(source, admin)
  await devices.idle()
  await devices.observe(source, admin)
  await devices.idle()
  const [row] = await devices.sources()
  expect(row).toMatchObject({
    id: source,
    kind: 'ssh',
    target: 'arinomama@db1.example.jp:22',
    failuresInARow: 2,
    lastSuccessAt: null,
    lastFailure: { code: 'host-key-mismatch', message: 'refused' },
  })
  expect(row?.lastFailure?.explanation.ja).toContain('なりすまし')
  const history = await devices.observations(source)
  expect(history).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed', facts: 0 }])
  await expectRebuildEqual(engine)
})

test('neither an address nor a user name of a machine stands in the ledger', async () => {
  const opened = await openTestDevices()
  const { engine } = opened
  await add(opened, overSsh('secret-db.example.jp'))
  const entries = await engine.log.entries(0, await engine.log.size())
  const text = entries.map((bytes) => new TextDecoder().decode(bytes)).join('\n')
  expect(text).toContain('devices.source-added.v1')
  expect(text).not.toMatch(/secret-db\.example\.jp"?,"port|"user"|id_ed25519|ssh-ed25519/)
})

test('a machine that says it is another source’s machine overwrites nothing', async () => {
  const bad = { ...goodFacts(at), system: { ...goodFacts(at).system, hostname: 'impostor' } }
  const { connector } = scripted(
    sighting(at, readingsOf(goodFacts(at))),
    sighting(at, readingsOf(bad)),
  )
  const opened = await openTestDevices(connector)
  const { devices, engine } = opened
  const first = await add(opened, overSsh('db1'))
  const second = await add(opened, overSsh('db2'))
  await devices.observe(first, admin)
  await devices.idle()
  await devices.observe(second, admin)
  await devices.idle()
  expect(await rowsOf(engine, 'select hostname, source from hosts')).toEqual([
    { hostname: 'db1', source: first },
  ])
  const rows = await devices.sources()
  expect(rows.find(({ id }) => id === second)?.lastFailure?.code).toBe('host-claimed')
})

test('when its source is removed a machine is retired, and another source may show it again', async () => {
  const { connector } = scripted(
    sighting(at, readingsOf(goodFacts(at))),
    sighting(at, readingsOf(goodFacts(at))),
  )
  const opened = await openTestDevices(connector)
  const { devices, engine } = opened
  const first = await add(opened, overSsh('db1'))
  await devices.observe(first, admin)
  await devices.idle()
  await devices.removeSource(first, 'The machine was sold', admin)
  expect(await rowsOf(engine, 'select state, retired_reason from hosts')).toEqual([
    { state: 'retired', retired_reason: 'The machine was sold' },
  ])
  expect(await devices.observe(first, admin)).toEqual({ refused: 'source-removed', about: first })
  const again = await add(opened, overSsh('db1'))
  await devices.observe(again, admin)
  await devices.idle()
  expect(await rowsOf(engine, 'select state, source from hosts')).toEqual([
    { state: 'active', source: again },
  ])
  await expectRebuildEqual(engine)
})

test('when a source shows another machine the one before is retired', async () => {
  const { connector } = scripted(
    sighting(at, readingsOf(goodFacts(at)), hostA),
    sighting(at, readingsOf(goodFacts(at)), hostB),
  )
  const opened = await openTestDevices(connector)
  const { devices, engine } = opened
  const source = await add(opened, overSsh('db1'))
  for (let time = 0; time < 2; time += 1) {
    await devices.observe(source, admin)
    await devices.idle()
  }
  expect(await rowsOf(engine, 'select host, state from hosts order by host')).toEqual([
    { host: hostA, state: 'retired' },
    { host: hostB, state: 'active' },
  ])
  await expectRebuildEqual(engine)
})

test('the same target is not observed by two sources', async () => {
  const opened = await openTestDevices()
  await add(opened, local)
  await add(opened, overSsh('db1'))
  const again = await opened.devices.addSource(local, admin)
  expect(again).toEqual({ refused: 'source-exists', about: 'This machine' })
  const other = await opened.devices.addSource(overSsh('DB1'), admin)
  expect(other).toEqual({ refused: 'source-exists', about: 'db1' })
})

test('a source is never looked at twice at once: the second asks about the same run', async () => {
  const gate = Promise.withResolvers<void>()
  const { connector, seen } = scripted(async () => {
    await gate.promise
    return sighting(at, readingsOf(goodFacts(at)))
  })
  const opened = await openTestDevices(connector)
  const { devices } = opened
  const source = await add(opened, local)
  const first = await devices.observe(source, admin)
  const second = await devices.observe(source, admin)
  expect(second).toEqual(first)
  expect((await devices.sources())[0]?.running).toBe('run' in first ? first.run : '')
  gate.resolve()
  await devices.idle()
  expect(seen).toHaveLength(1)
  expect((await devices.sources())[0]?.running).toBe(null)
})

test('a bug while looking fails the run and is told to the operator; nothing is recorded', async () => {
  const { connector } = scripted(() => Promise.reject(new Error('bug')))
  const opened = await openTestDevices(connector)
  const { devices, engine, errors } = opened
  const source = await add(opened, local)
  const size = await engine.log.size()
  const run = await devices.observe(source, admin)
  await devices.idle()
  expect('run' in run && devices.runShown(run.run)).toMatchObject({
    state: 'failed',
    failure: { code: 'internal' },
  })
  expect(errors).toHaveLength(1)
  expect(await engine.log.size()).toBe(size)
})

test('sources are looked at when they are due, and on any day it shows how it was', async () => {
  const { connector, seen } = scripted(
    sighting(at, readingsOf(goodFacts(at))),
    sighting('2026-04-02T00:00:00.000Z', readingsOf(goodFacts(at))),
  )
  const opened = await openTestDevices(connector)
  const { devices, clock } = opened
  await add(opened, local)
  await devices.job.run()
  await devices.idle()
  expect(opened.errors).toEqual([])
  clock.advance({ hours: 1 })
  await devices.job.run()
  await devices.idle()
  expect(seen).toHaveLength(1)
  expect((await devices.sources())[0]?.nextAt).toBe('2026-04-02T00:00:05.000Z')
  clock.advance({ hours: 24 })
  await devices.job.run()
  await devices.idle()
  expect(seen).toHaveLength(2)
  expect(await devices.hosts('2026-03-31')).toEqual([])
  expect(await devices.hosts('2026-04-01')).toMatchObject([
    { observedAt: '2026-04-01T00:00:05.000Z' },
  ])
})

test('when the program ends, looking ends at once and records nothing', async () => {
  const { connector } = scripted(
    (watch) =>
      new Promise((_, reject) => {
        watch.signal?.addEventListener('abort', () => reject(watch.signal?.reason))
      }),
  )
  const opened = await openTestDevices(connector)
  const { devices, engine, errors } = opened
  await add(opened, local)
  await devices.job.run()
  const size = await engine.log.size()
  await devices.close()
  expect(errors).toEqual([])
  expect(await engine.log.size()).toBe(size)
})

test('an update that was not pending yesterday has been pending since, one from before for long', async () => {
  const pending = (...names: string[]) => ({
    ...goodFacts(at),
    updates: {
      ...goodFacts(at).updates,
      pending: names.map((name) => ({
        package: name,
        installed: '1',
        candidate: '2',
        security: true,
        since: null,
        sinceKnown: false,
      })),
    },
  })
  const days = ['2026-04-01', '2026-04-02', '2026-04-03'].map((day) => `${day}T00:00:00.000Z`)
  const [first = '', second = '', third = ''] = days
  const { connector } = scripted(
    sighting(first, readingsOf(pending('old'))),
    sighting(second, readingsOf(pending('old', 'new'))),
    sighting(third, readingsOf(pending('new', 'old'))),
  )
  const opened = await openTestDevices(connector)
  const { devices, engine, clock } = opened
  const source = await add(opened, local)
  for (const day of days) {
    clock.set(day)
    await devices.observe(source, admin)
    await devices.idle()
  }
  const rows = await rowsOf(
    engine,
    'select package, since, since_known from host_pending order by 1',
  )
  expect(rows).toEqual([
    { package: 'new', since: '2026-04-01T00:00:05.000Z', since_known: true },
    { package: 'old', since: first, since_known: false },
  ])
  await expectRebuildEqual(engine)
})
