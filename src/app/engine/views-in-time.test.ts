import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { connect } from '../../store/connections.ts'
import { defineProjection, reads } from '../projection.ts'
import { expectRebuildEqual, openTestEngine, rowsOf } from '../testing.ts'
import { accountProjections, accountRoom, openAccounts } from './testing/accounts.ts'
import type { AccountCommand } from './testing/accounts.ts'
import { by, deposit, erase, open, openAccountEngine } from './testing/scenes.ts'

test('whatever is done in whatever order: live views equal rebuilt ones, past ones equal what was seen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(command, { maxLength: 12 }), { maxLength: 8 }),
      async (commandsByDay) => {
        const { engine, accounts, clock, ...test } = await openAccountEngine()
        const seen = new Map<string, unknown>()
        let erased = false
        for (const commands of commandsByDay) {
          const day = engine.now().slice(0, 10)
          await Promise.all(commands.map((one) => accounts.handle(one, by)))
          erased ||= commands.some(({ type }) => type === 'erase')
          seen.set(day, await everything(engine))
          clock.advance({ days: 1 })
        }
        await expectRebuildEqual(engine)
        // After an erasure past days show less than was seen then; that has tests of its own.
        const days = erased ? [] : [...seen.keys()].sort(atRandom)
        const past = new Map<string, unknown>()
        for (const day of days) past.set(day, await everything(engine, day))
        expect(past).toEqual(new Map(days.map((day) => [day, seen.get(day)])))
        await test.close()
      },
    ),
    { numRuns: 12 },
  )
}, 120_000)

test('a past day ends at midnight in the organisation’s zone, and as_of() says so', async () => {
  const { engine, accounts, clock } = await openOrganisation('Asia/Tokyo', '2026-04-01T14:59:59Z')
  await accounts.handle(deposit('a', 1), by)
  clock.set('2026-04-01T15:00:00Z')
  await accounts.handle(deposit('a', 2), by)
  clock.set('2026-04-20T00:00:00Z')
  const query = 'select balance, as_of() as at, as_of_day() as day from balances'
  expect(await rowsOf(engine, query, [], '2026-04-01')).toEqual([
    { balance: 1, at: '2026-04-01T14:59:59.999Z', day: '2026-04-01' },
  ])
  expect(await rowsOf(engine, query, [], '2026-04-02')).toEqual([
    { balance: 2, at: '2026-04-02T14:59:59.999Z', day: '2026-04-02' },
  ])
  expect(await rowsOf(engine, query)).toEqual([
    { balance: 2, at: '2026-04-20T00:00:00.000Z', day: '2026-04-20' },
  ])
})

test('today is shown as it is now; a day that has not come is refused', async () => {
  const { engine, accounts } = await openOrganisation('Asia/Tokyo', '2026-04-01T14:00:00Z')
  await accounts.handle(deposit('a', 1), by)
  expect((await engine.views('2026-04-01')).asOf.toISOString()).toBe('2026-04-01T14:00:00.000Z')
  await expect(engine.views('2026-04-02')).rejects.toMatchObject({ code: 'day-not-yet' })
})

test('before the first entry there was nothing', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const views = await engine.views('2025-06-30')
  expect(views.size).toBe(0)
  expect(await views.rows(z.unknown(), 'select * from balances')).toEqual([])
  expect(await views.rows(z.unknown(), 'select * from entries')).toEqual([])
})

test('a size is a prefix: its views show exactly the entries before it', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  for (let i = 1; i <= 9; i++) await accounts.handle(deposit('a', i), by)
  for (const size of [5, 2, 10, 7, 0, 1, 3, 4]) {
    const views = await engine.viewsAtSize(size)
    expect(views.size).toBe(size)
    const query = `select (select max(balance) from balances) as balance,
                          (select count(*) from entries) as entries`
    const balance = size === 0 ? null : size - 1
    expect(await views.rows(z.unknown(), query)).toEqual([{ balance, entries: size }])
  }
  await expect(engine.viewsAtSize(11)).rejects.toMatchObject({ code: 'size-invalid' })
})

test('many who ask for many past sizes at once all get theirs', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  for (let i = 1; i <= 11; i++) await accounts.handle(deposit('a', i), by)
  const sizes = Array.from({ length: 36 }, (_, i) => (i % 12) + 1)
  const balances = await Promise.all(
    sizes.map(async (size) => {
      const views = await engine.viewsAtSize(size)
      const rows = await views.rows(z.object({ balance: z.int() }), 'select balance from balances')
      return rows[0]?.balance
    }),
  )
  expect(balances).toEqual(sizes.map((size) => size - 1))
})

test('one look at the views sees one moment, whatever is appended meanwhile', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const views = await engine.views()
  const balance = z.object({ balance: z.int() })
  await accounts.handle(deposit('a', 3), by)
  expect(await views.rows(balance, 'select balance from balances')).toEqual([{ balance: 0 }])
  expect(views.size).toBe(1)
  const next = await engine.views()
  expect(await next.rows(balance, 'select balance from balances')).toEqual([{ balance: 3 }])
})

test('a query of the views can write nothing, and sees neither keys nor files nor the settings', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const forbidden = [
    'delete from balances returning *',
    'select * from ledger.person_keys',
    'select * from ledger.entries',
    "select pg_read_file('postgresql.conf')",
    'select rolpassword from pg_authid',
  ]
  for (const query of forbidden) {
    await expect(rowsOf(engine, query)).rejects.toThrow(/denied|read-only/)
  }
  expect(await rowsOf(engine, 'select count(*) as n from balances')).toEqual([{ n: 1 }])
})

test('a row that is not as the reader expects is an error, not an answer', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const views = await engine.views()
  const wrong = z.strictObject({ balance: z.string() })
  await expect(views.rows(wrong, 'select balance from balances')).rejects.toThrow('expected string')
})

test('values arrive as JSON would have them', async () => {
  const { engine } = await openAccountEngine()
  const query = `
    select 9007199254740991::bigint as big, 1.50::numeric as decimal, date '2026-02-03' as day,
           timestamptz '2026-02-03 04:05:06.789+09' as at, array[1,2]::bigint[] as bigs,
           array[date '2026-02-03', null] as days, '{"a":[1]}'::jsonb as json, true as yes,
           array['x, "y"', 'z'] as texts, array[timestamptz '2026-02-03 04:05:06+09'] as times,
           null::bigint as nothing, '{}'::bigint[] as none`
  expect(await rowsOf(engine, query)).toEqual([
    {
      big: 9007199254740991,
      decimal: 1.5,
      day: '2026-02-03',
      at: '2026-02-02T19:05:06.789Z',
      bigs: [1, 2],
      days: ['2026-02-03', null],
      json: { a: [1] },
      yes: true,
      texts: ['x, "y"', 'z'],
      times: ['2026-02-02T19:05:06.000Z'],
      nothing: null,
      none: [],
    },
  ])
})

test('every row of a view that somebody edited, deleted or added is found and named', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  for (const account of ['a', 'b', 'c']) {
    await accounts.handle(open(account), by)
    await accounts.handle(deposit(account, 5), by)
  }
  const insider = await connect(database, 'insider')
  await insider.query("update views.balances set balance = 500, name = 'x' where account = 'a'")
  await insider.query("delete from views.balances where account = 'b'")
  await insider.query("insert into views.movements values (99, 'c', 'in', 1)")
  await insider.end()
  const differences = await Array.fromAsync(engine.compareViews())
  expect(differences).toEqual([
    { table: 'balances', key: '["a"]', kind: 'differs', columns: ['name', 'balance'] },
    { table: 'balances', key: '["b"]', kind: 'missing', columns: [] },
    { table: 'movements', key: '[99]', kind: 'unexpected', columns: [] },
  ])
})

test('an answer to a command that somebody changed, and the key of an erased person, are found', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), { ...by, command: 'c0' })
  await accounts.handle(deposit('a', 5), { ...by, command: 'c1' })
  await accounts.handle(deposit('a', 5), { ...by, command: 'c2' })
  const insider = await connect(database, 'insider')
  const { rows } = await insider.query<{ key: Buffer }>('select key from ledger.person_keys')
  await accounts.handle(erase('per_1'), { ...by, command: 'c3' })
  await insider.query("delete from ledger.commands where id = 'c1'")
  await insider.query("update ledger.commands set last = 3 where id = 'c2'")
  await insider.query("insert into ledger.commands values ('c4', 1, 1)")
  await insider.query('update ledger.person_keys set key = $1', [rows[0]?.key])
  await insider.end()
  expect(await Array.fromAsync(engine.compareViews())).toEqual([
    { table: 'balances', key: '["a"]', kind: 'differs', columns: ['name'] },
    { table: 'ledger.commands', key: '["c1"]', kind: 'missing', columns: [] },
    { table: 'ledger.commands', key: '["c2"]', kind: 'differs', columns: ['first', 'last'] },
    { table: 'ledger.commands', key: '["c4"]', kind: 'unexpected', columns: [] },
    { table: 'ledger.person_keys', key: '["per_1"]', kind: 'differs', columns: ['key'] },
  ])
})

test('a projection of a higher version, or of other tables, is filled anew from entry 0 at start', async () => {
  const { accounts, engine, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await accounts.handle(deposit('a', 4), by)
  await engine.close()
  const doubled = defineProjection({
    name: 'balances',
    version: 2,
    tables: ['doubled'],
    ddl: 'create table doubled (seq bigint primary key, amount bigint not null);',
    readers: [
      reads(accountRoom, async (event, { seq }, view) => {
        if (event.type !== 'accounts.deposited.v1') return
        await view.put('doubled', { seq, amount: 2 * event.amount })
      }),
    ],
  })
  const next = await openTestEngine({ database, projections: [doubled] })
  openAccounts(next.engine)
  expect(await rowsOf(next.engine, 'select * from doubled')).toEqual([{ seq: 1, amount: 8 }])
  await expect(rowsOf(next.engine, 'select * from balances')).rejects.toThrow('does not exist')
})

test('a rebuild that fails half way leaves the views as they were', async () => {
  const { accounts, engine, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await engine.close()
  const broken = accountProjections.map((one) => ({
    ...one,
    version: 2,
    apply: () => Promise.reject(new Error('a bug')),
  }))
  const next = await openTestEngine({ database, projections: broken })
  openAccounts(next.engine)
  await expect(next.engine.ready()).rejects.toMatchObject({ code: 'event-invalid' })
  const client = await connect(database, 'test')
  const { rows } = await client.query('select account from views.balances')
  await client.end()
  expect(rows).toEqual([{ account: 'a' }])
})

const names = ['a', 'b', 'c']
const account = fc.constantFrom(...names)
const command: fc.Arbitrary<AccountCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('open' as const),
      account,
      holder: account,
      name: fc.string(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(account, fc.nat(9)).map(([name, amount]) => deposit(name, amount)),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('withdraw' as const), account, amount: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('close' as const), account }) },
  { weight: 1, arbitrary: account.map(erase) },
)

async function everything(engine: Parameters<typeof rowsOf>[0], day?: string) {
  const balances = await rowsOf(engine, 'select * from balances order by account', [], day)
  const movements = await rowsOf(engine, 'select * from movements order by seq', [], day)
  return { balances, movements }
}

/** An order of days that has nothing to do with time, the same in every run. */
function atRandom(one: string, other: string): number {
  const mixed = (day: string) => (Number(day.slice(-2)) * 7) % 11
  return mixed(one) - mixed(other)
}

/** With a table `organisation`, from which the engine learns the zone, and an account `a`. */
async function openOrganisation(zone: string, startAt: string) {
  const organisation = defineProjection({
    name: 'organisation',
    version: 1,
    tables: ['organisation'],
    ddl: 'create table organisation (id int primary key, time_zone text not null);',
    readers: [
      reads(accountRoom, (_, __, view) => view.put('organisation', { id: 1, time_zone: zone })),
    ],
  })
  const projections = [...accountProjections, organisation]
  const test = await openAccountEngine({ projections, startAt })
  await test.accounts.handle(open('a'), by)
  return test
}
