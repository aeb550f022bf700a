import { expect, test } from 'vitest'
import { directoryChecks } from '../../domain/directory/checks.ts'
import { accountKey } from '../../domain/directory/events.ts'
import { importList, judged, list, numbered } from '../people/testing.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'
import { account, addDomain, addList, group, openTestDirectory, seen } from './testing.ts'

const admin = 'per_00000000000000000000000001'
const by = { by: 'system:observer' }
const utf8 = (text: string) => new TextEncoder().encode(text)

async function opened(startAt?: string) {
  const house = await openTestDirectory(startAt)
  await importList(
    house,
    list(
      'E1,青木 一,aoki@example.jp,営業部,部長,,2020-04-01,',
      'E2,石田 二,ishida@example.jp,運用部,主任,E1,2021-04-01,',
      'E3,上田 三,ueda@example.jp,開発部,,E1,2022-04-01,',
    ),
  )
  const people = await numbered(house.engine)
  const person = (number: string) => people.get(number) ?? ''
  const check = (id: string, asOf?: string) => judged(house.engine, directoryChecks, id, asOf)
  return { ...house, person, check }
}

test('accounts are linked by number, by address, and by login with name; the rest waits in the queue', async () => {
  const house = await opened()
  const { directory, engine, person } = house
  const source = await addDomain(house)
  const accounts = [
    account('a.aoki', { employeeNumber: 'e1', email: null }),
    account('x', { email: 'ISHIDA@example.jp' }),
    account('ueda', { email: null, name: '三 上田' }),
    account('unknown', { email: null }),
    account('twice1', { employeeNumber: 'E3', email: 'ueda@example.jp' }),
    account('twice2', { employeeNumber: 'E3', email: null }),
  ]
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts }), by)
  const links = await rowsOf(engine, 'select person, rule from directory_links order by rule')
  expect(links).toEqual([
    { person: person('E2'), rule: 'email' },
    { person: person('E1'), rule: 'employee-number' },
    { person: person('E3'), rule: 'login' },
  ])
  const queue = await directory.accounts({ queue: 'yes' })
  expect(queue.rows.map(({ login }) => login)).toEqual(['twice1', 'twice2', 'unknown'])
  const twice = await directory.account(accountKey(source, 'id-twice1'))
  expect(twice).toMatchObject({ suggestions: [{ id: person('E3'), name: '上田 三' }] })
  expect(await directory.link()).toBe(0)
  await expectRebuildEqual(engine)
})

test('what somebody decided stands against the rules, and can be taken back', async () => {
  const house = await opened()
  const { directory, person, check } = house
  const source = await addDomain(house)
  const accounts = [account('aoki'), account('batch', { email: null })]
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts }), by)
  const batch = accountKey(source, 'id-batch')
  expect((await check('account-owner')).exceptions).toEqual([`${batch} orphan`])
  const service = {
    account: batch,
    use: 'service',
    person: person('E2'),
    reason: '夜間処理',
  } as const
  await directory.assign(service, admin)
  expect((await check('account-owner')).exceptions).toEqual([])
  expect((await check('account-service-owner')).population).toEqual([batch])
  const aoki = accountKey(source, 'id-aoki')
  await directory.assign({ account: aoki, use: 'person', person: null, reason: '別人' }, admin)
  expect(await directory.link()).toBe(0)
  expect((await check('account-owner')).exceptions).toEqual([`${aoki} orphan`])
})

test('one leaver, end to end: left on Friday, enabled on Monday, disabled on Tuesday', async () => {
  const house = await opened('2026-04-03T00:00:00.000Z') // a Friday
  const { directory, clock, check, engine } = house
  const source = await addDomain(house)
  const ishida = accountKey(source, 'id-ishida')
  const open = [account('aoki'), account('ishida')]
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts: open }), by)
  await importList(
    house,
    list(
      'E1,青木 一,aoki@example.jp,営業部,部長,,2020-04-01,',
      'E2,石田 二,ishida@example.jp,運用部,主任,E1,2021-04-01,2026-04-03',
      'E3,上田 三,ueda@example.jp,開発部,,E1,2022-04-01,',
    ),
  )
  expect((await check('account-leaver-enabled')).exceptions).toEqual([])
  clock.set('2026-04-06T00:00:00.000Z')
  await directory.record(source, seen('2026-04-06T00:00:00.000Z', { accounts: open }), by)
  expect((await check('account-leaver-enabled')).exceptions).toEqual([`${ishida} enabled`])
  expect(await directory.leavers()).toMatchObject([{ open: 1, days: 3, closedAt: null }])
  clock.set('2026-04-07T00:00:00.000Z')
  const closed = [account('aoki'), account('ishida', { enabled: false })]
  await directory.record(source, seen('2026-04-07T00:00:00.000Z', { accounts: closed }), by)
  expect((await check('account-leaver-enabled')).exceptions).toEqual([])
  expect((await check('account-leaver-timely')).exceptions).toEqual([`${ishida} disabled-late`])
  expect(await directory.leavers()).toMatchObject([
    { open: 0, days: 4, closedAt: '2026-04-07T00:00:00.000Z' },
  ])
  clock.set('2026-04-08T00:00:00.000Z')
  expect((await check('account-leaver-enabled', '2026-04-06')).exceptions).toEqual([
    `${ishida} enabled`,
  ])
  expect((await check('account-leaver-enabled', '2026-04-07')).exceptions).toEqual([])
  await expectRebuildEqual(engine)
})

test('a failed run deletes nothing, and a run that lacks a tenth is taken for a failed one', async () => {
  const house = await opened()
  const { directory, clock, check, engine } = house
  const source = await addDomain(house)
  const accounts = Array.from({ length: 30 }, (_, at) => account(`user${at}`))
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts }), by)
  const count = `select count(*) as n from directory_accounts where state <> 'gone'`
  clock.advance({ days: 1 })
  const at = '2026-04-04T00:00:00.000Z'
  const code = 'directory-broken-off'
  const broken = { outcome: 'failed', startedAt: at, endedAt: at, code, detail: 'reset' } as const
  await directory.record(source, broken, by)
  expect(await rowsOf(engine, count)).toEqual([{ n: 30 }])
  const some = { accounts: accounts.slice(0, 20) }
  const shrunk = await directory.record(source, seen(at, some), by)
  expect(shrunk).toMatchObject({ failure: { code: 'directory-shrunk', message: '30 → 20' } })
  expect(await rowsOf(engine, count)).toEqual([{ n: 30 }])
  expect((await check('directory-observed')).exceptions).toEqual([`${source} failing`])
  const fewer = { accounts: accounts.slice(0, 27) }
  await directory.record(source, seen('2026-04-04T01:00:00.000Z', fewer), by)
  expect(await rowsOf(engine, count)).toEqual([{ n: 27 }])
  const [first] = await directory.sources()
  expect(first).toMatchObject({ accounts: 27, failuresInARow: 0 })
  await expectRebuildEqual(engine)
})

test('a re-created account is another one: its name inherits nobody, and says so', async () => {
  const house = await opened()
  const { directory, person } = house
  const source = await addDomain(house)
  const old = account('aoki', { id: 'old' })
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts: [old] }), by)
  const anew = account('aoki', { id: 'new' })
  await directory.record(source, seen('2026-04-03T01:00:00.000Z', { accounts: [anew] }), by)
  const shown = await directory.account(accountKey(source, 'new'))
  expect(shown).toMatchObject({
    owner: null,
    formerly: { id: accountKey(source, 'old') },
    suggestions: [{ id: person('E1') }],
  })
  const renamed = { ...anew, login: 'aoki.hajime' }
  await directory.record(source, seen('2026-04-03T02:00:00.000Z', { accounts: [renamed] }), by)
  const after = await directory.accounts({})
  expect(after.rows.map(({ login, id }) => [login, id])).toEqual([
    ['aoki.hajime', accountKey(source, 'new')],
  ])
})

test('power is found through groups within groups that go round in circles', async () => {
  const house = await opened()
  const { directory, check } = house
  const source = await addDomain(house)
  const accounts = [account('aoki'), account('ghost', { email: null }), account('ueda')]
  const groups = [
    group('Domain Admins', ['grp-inner'], true),
    group('inner', ['grp-outer', 'id-ghost']),
    group('outer', ['grp-inner', 'id-aoki']),
    group('everybody', ['id-ueda']),
  ]
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts, groups }), by)
  const ghost = accountKey(source, 'id-ghost')
  const aoki = accountKey(source, 'id-aoki')
  const privileged = await check('account-privileged')
  expect(privileged.population).toEqual([aoki, ghost].sort())
  expect(privileged.exceptions).toEqual([`${ghost} no-person`])
  expect(await directory.account(aoki)).toMatchObject({
    privileged: true,
    groups: [
      { name: 'Domain Admins', direct: false },
      { name: 'outer', direct: true },
      { name: 'inner', direct: false },
    ],
  })
})

test('a mover’s groups from before the move are a finding until somebody has looked', async () => {
  const house = await opened()
  const { directory, clock, check, person } = house
  const source = await addDomain(house)
  const shown = { accounts: [account('ueda')], groups: [group('developers', ['id-ueda'])] }
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', shown), by)
  clock.set('2026-04-05T00:00:00.000Z')
  await importList(
    house,
    list(
      'E1,青木 一,aoki@example.jp,営業部,部長,,2020-04-01,',
      'E2,石田 二,ishida@example.jp,運用部,主任,E1,2021-04-01,',
      'E3,上田 三,ueda@example.jp,営業部,,E1,2022-04-01,',
    ),
  )
  const ueda = accountKey(source, 'id-ueda')
  expect(await check('account-mover-rights')).toEqual({ population: [ueda], exceptions: [] })
  clock.set('2026-04-25T00:00:00.000Z')
  expect((await check('account-mover-rights')).exceptions).toEqual([`${ueda} old-rights`])
  await directory.reviewRights(person('E3'), '引き継ぎ中', admin)
  expect((await check('account-mover-rights')).exceptions).toEqual([])
})

test('a list handed in names the columns that nobody understood, and refuses what it cannot read', async () => {
  const house = await opened()
  const { directory, check } = house
  const source = await addList(house, 'GitHub')
  const file = utf8(
    'login,email,status,last_active,two_factor,role,pronouns\n' +
      'aoki,aoki@example.jp,active,2026-04-01,true,owner,\n' +
      'ci-bot,,active,,false,member,\n' +
      'left,left@example.jp,suspended,never,false,member,x\n',
  )
  expect(await directory.importList(source, file, false, admin)).toMatchObject({
    accounts: 3,
    ignored: ['pronouns'],
    failure: null,
  })
  const aoki = accountKey(source, 'aoki')
  const bot = accountKey(source, 'ci-bot')
  expect((await check('account-mfa')).exceptions).toEqual([`${bot} no-mfa`])
  expect((await check('account-privileged')).population).toEqual([aoki])
  expect((await check('account-never-used')).exceptions).toEqual([])
  const bad = utf8('login,created\naoki,2026-02-30\n,2026-01-01\n')
  expect(await directory.importList(source, bad, false, admin)).toMatchObject({
    refused: 'file-has-problems',
    problems: [
      { row: 2, field: 'created' },
      { row: 3, field: 'login' },
    ],
  })
  const twice = utf8('login\naoki\nAoki\n')
  expect(await directory.importList(source, twice, false, admin)).toMatchObject({
    refused: 'list-account-twice',
  })
})

test('the password goes into the safe, and out of it with the source; nowhere else', async () => {
  const house = await opened()
  const { directory, secrets, sightings, engine } = house
  const source = await addDomain(house)
  expect([...secrets.kept.values()]).toEqual(['S3cret-Word'])
  sightings.push(seen('2026-04-03T00:00:00.000Z', { accounts: [account('aoki')] }))
  await directory.observe(source, { full: true, lossAccepted: false }, admin)
  await directory.idle()
  expect(await directory.observations(source)).toMatchObject([{ outcome: 'observed', added: 1 }])
  const everything = await rowsOf(engine, 'select * from directory_sources')
  expect(JSON.stringify(everything)).not.toContain('S3cret')
  await directory.replaceSecret(source, 'An0ther', admin)
  expect(secrets.kept.get(source)).toBe('An0ther')
  await directory.removeSource(source, '廃止', admin)
  expect(secrets.kept.size).toBe(0)
})

test('each rule of each password policy is judged by itself; what is hidden is not proven', async () => {
  const house = await opened()
  const { directory, check } = house
  const source = await addDomain(house)
  const domain = {
    id: 'domain',
    name: 'corp',
    precedence: null,
    minLength: 8,
    history: 24,
    complexity: true,
    reversible: false,
    maxAgeDays: 42,
    minAgeDays: 1,
    lockAfter: 0,
    lockMinutes: 30,
    windowMinutes: 30,
    appliesTo: [],
    readable: true,
  }
  await directory.record(
    source,
    seen('2026-04-03T00:00:00.000Z', { accounts: [account('aoki')], policies: [domain] }),
    by,
  )
  expect((await check('directory-password-policy')).exceptions).toEqual([
    `${source}:domain:lock-after lock-after`,
    `${source}:domain:lock-minutes lock-minutes`,
    `${source}:domain:min-length min-length`,
  ])
  const [policy] = await directory.passwordPolicies()
  expect(policy).toMatchObject({ accounts: 1 })
  expect(policy?.rules.find(({ rule }) => rule === 'min-length')).toMatchObject({
    found: '8',
    state: 'not-met',
    ids: ['PCI DSS 8.3.6', 'ISO 27001 A.5.17'],
  })
})
