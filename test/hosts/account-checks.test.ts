import { expect, test } from 'vitest'
import { admin, hostA, lead, readingsOf, sighting } from '../../src/app/devices/testing.ts'
import { expectRebuildEqual } from '../../src/app/testing.ts'
import { good, judged, seenAs, statusesOf } from './judged-hosts.ts'

test('accounts: empty, old, weak, shared superuser, without an owner', async () => {
  const base = {
    shell: '/bin/bash',
    interactive: true,
    scheme: 'yescrypt',
    changedOn: '2026-03-01',
    maxDays: 90,
  }
  const list = [
    { ...base, name: 'root', uid: 0, password: 'locked' as const },
    { ...base, name: 'toor', uid: 0, password: 'set' as const },
    { ...base, name: 'guest', uid: 1001, password: 'empty' as const, scheme: null },
    { ...base, name: 'old', uid: 1002, password: 'set' as const, changedOn: '2020-01-01' },
    { ...base, name: 'eternal', uid: 1003, password: 'set' as const, maxDays: null },
    { ...base, name: 'weak', uid: 1004, password: 'set' as const, scheme: 'md5' },
  ]
  const results = await judged(
    await seenAs(readingsOf({ ...good(), accounts: { list, groups: [] } })),
  )
  const found = (id: string) =>
    results.get(id)?.found.map(({ subject, reason }) => [subject.split(':')[1], reason])
  expect(found('host-superuser-single')).toEqual([['toor', 'second-superuser']])
  expect(found('host-account-empty-password')).toEqual([['guest', 'empty']])
  expect(found('host-password-age')).toEqual([
    ['eternal', 'never-expires'],
    ['old', 'too-old'],
  ])
  expect(found('host-password-hash')).toEqual([['weak', 'weak']])
  expect(found('host-account-owner')).toHaveLength(6)
})

test('without root the state of passwords is unknown, and that is no pass', async () => {
  const list = [
    {
      name: 'taro',
      uid: 1000,
      shell: '/bin/bash',
      interactive: true,
      password: null,
      scheme: null,
      changedOn: null,
      maxDays: null,
    },
  ]
  const status = await statusesOf({ ...good(), accounts: { list, groups: [] } })
  for (const id of ['host-account-empty-password', 'host-password-age', 'host-password-hash']) {
    expect(status(id)).toMatchObject({ status: 'not-proven', reasons: [] })
  }
  expect(status('host-superuser-single').status).toBe('met')
})

test('an account has an owner once a person is assigned, until that person has left', async () => {
  const account = { uid: 1000, shell: '/bin/bash', interactive: true, password: 'locked' as const }
  const list = [{ ...account, name: 'taro', scheme: null, changedOn: null, maxDays: null }]
  const opened = await seenAs(readingsOf({ ...good(), accounts: { list, groups: [] } }))
  const { devices, people, clock, engine } = opened
  const result = async () => (await judged(opened)).get('host-account-owner')
  const assign = (name: string, person: string | null) =>
    devices.assignAccount({ host: hostA, account: name, person, reason: 'Operations' }, admin)
  expect((await result())?.found).toMatchObject([{ label: 'db1 taro', reason: 'no-owner' }])
  expect(await assign('taro', lead)).toEqual({ refused: 'owner-unknown', about: lead })
  expect(await assign('jiro', null)).toEqual({ refused: 'host-account-unknown', about: 'jiro' })
  const file = 'f'.repeat(64)
  const listing = {
    employeeNumber: '7',
    name: '佐藤 太郎',
    email: 'taro@example.jp',
    title: null,
    department: null,
    manager: null,
    groups: [],
    startDate: '2026-01-01',
    endDate: '2026-04-30',
  }
  await people.handle({ type: 'join', person: lead, file, row: 2, listing }, { by: admin })
  expect(await assign('taro', lead)).toMatchObject({ first: expect.any(Number) })
  expect(await result()).toMatchObject({ status: 'met', population: 2 })
  const host = await devices.host(hostA)
  expect('accounts' in host && host.accounts).toEqual([
    {
      account: 'taro',
      interactive: true,
      owner: { id: lead, name: '佐藤 太郎' },
      reason: 'Operations',
    },
  ])
  const text = new TextDecoder().decode(
    Buffer.concat(await engine.log.entries(0, await engine.log.size())),
  )
  expect(text).not.toContain('taro')
  clock.set('2026-05-01T00:00:00.000Z')
  const later = sighting(
    '2026-05-01T00:00:00.000Z',
    readingsOf({ ...good(), accounts: { list, groups: [] } }),
  )
  await devices.record(opened.source, later, { by: 'system:observer' })
  expect((await result())?.found).toMatchObject([{ reason: 'owner-left' }])
  await expectRebuildEqual(engine)
})

test('an open port without a reason on record is an exception until somebody declares it', async () => {
  const list = [
    { protocol: 'tcp' as const, address: '0.0.0.0', port: 22, process: 'sshd', open: true },
    { protocol: 'tcp' as const, address: '[::]', port: 22, process: 'sshd', open: true },
    { protocol: 'udp' as const, address: '0.0.0.0', port: 68, process: null, open: true },
    { protocol: 'tcp' as const, address: '127.0.0.1', port: 5432, process: null, open: false },
  ]
  const opened = await seenAs(readingsOf({ ...good(), sockets: { list } }))
  const { devices } = opened
  const check = async () => (await judged(opened)).get('host-open-ports')
  expect((await check())?.found.map(({ subject }) => subject)).toEqual([
    `${hostA}:tcp/22`,
    `${hostA}:udp/68`,
  ])
  const port = {
    host: hostA,
    protocol: 'tcp',
    port: 22,
    allowed: true,
    reason: 'Administration',
  } as const
  await devices.declarePort(port, admin)
  await devices.declarePort({ ...port, protocol: 'udp', port: 68 }, admin)
  expect(await check()).toMatchObject({ status: 'met', population: 3 })
  await devices.declarePort({ ...port, allowed: false, reason: 'No longer' }, admin)
  expect((await check())?.found.map(({ label }) => label)).toEqual(['db1 tcp/22'])
})

test('sudo without a password is one exception per rule', async () => {
  const rule = {
    principal: '%ops',
    runAs: 'ALL',
    commands: 'ALL',
    withoutPassword: false,
    file: '/etc/sudoers',
  }
  const rules = [
    rule,
    {
      ...rule,
      principal: 'deploy',
      commands: 'NOPASSWD: /usr/bin/systemctl',
      withoutPassword: true,
    },
  ]
  const results = await judged(
    await seenAs(readingsOf({ ...good(), sudo: { installed: true, rules } })),
  )
  expect(results.get('host-sudo-without-password')?.found).toMatchObject([
    { label: 'db1 sudo deploy', reason: 'without-password' },
  ])
  expect(results.get('host-sudo-without-password')?.population).toBe(3)
})
