import { expect, test } from 'vitest'
import { connect } from '../../store/connections.ts'
import { createTestDatabase, expectRebuildEqual, openTestEngine, rowsOf } from '../testing.ts'
import { printEnvelope } from './envelope.ts'
import { accountProjections, openAccounts } from './testing/accounts.ts'
import { by, deposit, erase, open, openAccountEngine, withdraw } from './testing/scenes.ts'

test('a command is acknowledged with its entries, and the views show it at once', async () => {
  const { engine, accounts } = await openAccountEngine()
  expect(await accounts.handle(open('a'), by)).toEqual({ first: 0, last: 0 })
  expect(await accounts.handle(deposit('a', 5), by)).toEqual({ first: 1, last: 1 })
  expect(await rowsOf(engine, 'select * from balances')).toEqual([
    {
      account: 'a',
      holder: 'per_1',
      name: '佐藤 花子',
      balance: 5,
      changed_at: '2026-01-05T00:00:00.000Z',
      seq: 1,
    },
  ])
  await expectRebuildEqual(engine)
})

test('a refused command changes nothing and says why', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const refused = { refused: 'too-little', about: 'a' }
  expect(await accounts.handle(withdraw('a', 9), by)).toEqual(refused)
  expect(await engine.log.size()).toBe(1)
})

test('a command that changes nothing is acknowledged without an entry', async () => {
  const { accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const nothing = { first: null, last: null }
  expect(await accounts.handle({ type: 'touch', account: 'a' }, by)).toEqual(nothing)
})

test('the same command id again, at once or later or on another node, gets the first answer', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const again = { ...by, command: 'deposit-1' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => accounts.handle(deposit('a', 5), again)),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set(['{"first":1,"last":1}']),
  )
  const other = await openAccountEngine({ database })
  expect(await other.accounts.handle(deposit('a', 5), again)).toEqual({ first: 1, last: 1 })
  expect(await engine.log.size()).toBe(2)
})

test('a refused command may be said again under its id, and is decided anew', async () => {
  const { accounts } = await openAccountEngine()
  const meta = { ...by, command: 'once' }
  expect(await accounts.handle(deposit('a', 1), meta)).toMatchObject({ refused: 'account-unknown' })
  await accounts.handle(open('a'), by)
  expect(await accounts.handle(deposit('a', 1), meta)).toEqual({ first: 1, last: 1 })
})

test('of many at once the refused and the broken leave the others alone', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const answers = await Promise.allSettled([
    accounts.handle(deposit('a', 1), by),
    accounts.handle(withdraw('a', 100), by),
    accounts.handle({ type: 'break', account: 'a' }, by),
    accounts.handle(deposit('b', 1), by),
    accounts.handle(deposit('a', 2), by),
  ])
  expect(answers).toMatchObject([
    { value: { first: 1, last: 1 } },
    { value: { refused: 'too-little' } },
    { status: 'rejected', reason: { message: 'a bug' } },
    { value: { refused: 'account-unknown' } },
    { value: { first: 2, last: 2 } },
  ])
  expect(await rowsOf(engine, 'select balance from balances')).toEqual([{ balance: 2 }])
  await expectRebuildEqual(engine)
})

test('what the database itself refuses hits the command that caused it and no other', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  // The view's column is a bigint: only PostgreSQL finds out, for the whole transaction.
  const answers = await Promise.allSettled([
    accounts.handle(deposit('a', 1), by),
    accounts.handle(deposit('a', 0.5), by),
    accounts.handle(deposit('a', 2), by),
  ])
  expect(answers).toMatchObject([
    { value: { first: 1 } },
    { status: 'rejected' },
    { value: { first: 2 } },
  ])
  expect(await engine.log.size()).toBe(3)
  expect(await accounts.state('a')).toMatchObject({ balance: 3 })
  await expectRebuildEqual(engine)
})

test('several commands stand and fall together, each seeing those before it', async () => {
  const { engine, accounts } = await openAccountEngine()
  const move = [open('a'), deposit('a', 5), withdraw('a', 3)].map((command) =>
    accounts.ask(command),
  )
  expect(await engine.transact(move, by)).toEqual({ first: 0, last: 2 })
  const tooMuch = [deposit('a', 1), withdraw('a', 9)].map((command) => accounts.ask(command))
  expect(await engine.transact(tooMuch, by)).toEqual({ refused: 'too-little', about: 'a' })
  expect(await engine.log.size()).toBe(3)
  expect(await accounts.state('a')).toMatchObject({ balance: 2 })
})

test('nodes on one database never overdraw an account between them', async () => {
  const first = await openAccountEngine()
  const second = await openAccountEngine({ database: first.database })
  await first.accounts.handle(open('a'), by)
  await first.accounts.handle(deposit('a', 30), by)
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, i) =>
      (i % 2 === 0 ? first : second).accounts.handle(withdraw('a', 1), by),
    ),
  )
  expect(answers.filter((answer) => 'first' in answer)).toHaveLength(30)
  expect(await second.accounts.state('a')).toMatchObject({ balance: 0 })
  await expectRebuildEqual(second.engine)
})

test('a node that loses its connection finds out what became of its commands', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const client = await connect(database, 'assassin')
  let done = 0
  const work = Array.from({ length: 300 }, async (_, i) => {
    const answer = await accounts.handle(deposit('a', 1), { ...by, command: `c${i}` })
    if ('first' in answer) done++
    if (i % 50 === 0) {
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'arinomama append' and datname = current_database()`,
      )
    }
  })
  await Promise.all(work)
  await client.end()
  expect(done).toBe(300)
  expect(await engine.log.size()).toBe(301)
  await expectRebuildEqual(engine)
})

test('time never goes back: a little is bridged, more is refused until the clock is right', async () => {
  const { engine, accounts, clock } = await openAccountEngine({ startAt: '2026-03-01T00:00:00Z' })
  await accounts.handle(open('a'), by)
  clock.set('2026-02-28T23:59:58Z')
  expect(engine.now()).toBe('2026-03-01T00:00:00.000Z')
  expect(await accounts.handle(deposit('a', 1), by)).toEqual({ first: 1, last: 1 })
  clock.set('2026-02-28T23:00:00Z')
  expect(await accounts.handle(deposit('a', 1), by)).toEqual({ refused: 'clock-behind' })
  clock.set('2026-03-01T00:00:01Z')
  expect(await accounts.handle(deposit('a', 1), by)).toEqual({ first: 2, last: 2 })
  expect(await rowsOf(engine, 'select recorded_at from entries order by seq')).toEqual([
    { recorded_at: '2026-03-01T00:00:00.000Z' },
    { recorded_at: '2026-03-01T00:00:00.000Z' },
    { recorded_at: '2026-03-01T00:00:01.000Z' },
  ])
})

test('when it happened is kept beside when we learnt it, in one form', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), { ...by, effectiveAt: '2025-12-01T09:00:00+09:00' })
  expect(await rowsOf(engine, 'select recorded_at, effective_at from entries')).toEqual([
    { recorded_at: '2026-01-05T00:00:00.000Z', effective_at: '2025-12-01T00:00:00.000Z' },
  ])
  await expect(accounts.handle(deposit('a', 1), { ...by, effectiveAt: 'yesterday' }))
    .rejects //
    .toMatchObject({ code: 'meta-invalid' })
})

test('an entry over 65,535 bytes is refused, and one just below it is kept', async () => {
  const { accounts } = await openAccountEngine()
  const large = (bytes: number) => open('x'.repeat(bytes))
  expect(await accounts.handle(large(70_000), by)).toEqual({ refused: 'entry-too-large' })
  expect(await accounts.handle({ ...open('b'), name: 'あ'.repeat(16_000) }, by)).toEqual({
    first: 0,
    last: 0,
  })
})

test('what is no text is refused, in plain fields and in encrypted ones', async () => {
  const { engine, accounts } = await openAccountEngine()
  for (const bad of ['a\u0000b', 'half \ud83d']) {
    expect(await accounts.handle(open(bad), by)).toEqual({ refused: 'text-malformed' })
    for (const field of [{ name: bad }, { holder: bad }]) {
      const answer = await accounts.handle({ ...open('a'), ...field }, by)
      expect(answer).toEqual({ refused: 'text-malformed' })
    }
  }
  // A backslash and letters that only look like an escaped NUL are text like any other.
  expect(await accounts.handle(open('\\u0000'), by)).toEqual({ first: 0, last: 0 })
  await expectRebuildEqual(engine)
})

test('a database that was set back while the program runs stops it, and nothing is lost in silence', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await accounts.handle(deposit('a', 1), by)
  const insider = await connect(database, 'insider')
  await insider.query('delete from ledger.entries where seq = 1')
  await insider.query('update ledger.head set size = 1')
  await insider.end()
  expect(await accounts.handle(deposit('a', 1), by)).toEqual({ refused: 'ledger-stopped' })
  expect(await engine.stopped).toMatchObject({ code: 'ledger-shrunk' })
  expect(await accounts.handle(open('b'), by)).toEqual({ refused: 'ledger-stopped' })
})

test('a node whose views another version has taken over writes no more', async () => {
  const { accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const newer = accountProjections.map((one) => ({ ...one, version: one.version + 1 }))
  const other = await openTestEngine({ database, projections: newer })
  const theirs = openAccounts(other.engine)
  expect(await theirs.handle(deposit('a', 1), by)).toEqual({ first: 1, last: 1 })
  expect(await accounts.handle(deposit('a', 1), by)).toEqual({ refused: 'ledger-stopped' })
})

test('a full disk refuses what cannot be written and is over once there is room', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const client = await connect(database, 'disk')
  await client.query(`
    create function ledger.full() returns trigger language plpgsql as $$
      begin raise 'could not extend file: No space left on device' using errcode = '53100'; end $$;
    create trigger full_disk before insert on ledger.entries execute function ledger.full()`)
  const answers = await Promise.all(
    [1, 2].map((amount) => accounts.handle(deposit('a', amount), by)),
  )
  expect(answers).toEqual([{ refused: 'storage-full' }, { refused: 'storage-full' }])
  await client.query('drop trigger full_disk on ledger.entries')
  await client.end()
  expect(await accounts.handle(deposit('a', 3), by)).toEqual({ first: 1, last: 1 })
  await expectRebuildEqual(engine)
})

test('an old version of an event means today what its upcast says; an unknown one is refused', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await insert(database, { type: 'accounts.opened.v1', stream: 'old', account: 'old' })
  expect(await accounts.handle(deposit('old', 2), by)).toEqual({ first: 2, last: 2 })
  await insert(database, { type: 'accounts.opened.v9', stream: 'new', account: 'new' })
  await insert(database, { type: 'strangers.came.v1', stream: 'a' })
  await expect(accounts.handle(deposit('new', 2), by)).rejects.toMatchObject({
    code: 'event-invalid',
  })
  // What another room says of the same stream is not this room's.
  expect(await accounts.handle(deposit('a', 2), by)).toEqual({ first: 5, last: 5 })
  await expect(Array.fromAsync(engine.compareViews())).rejects.toMatchObject({
    code: 'event-invalid',
    message: expect.stringContaining('entry 3 (accounts.opened.v9)'),
  })
})

test('ids sort by age, differ, and keep to their form', async () => {
  const { engine, clock } = await openAccountEngine()
  const ids = Array.from({ length: 100 }, () => {
    clock.advance({ ms: 1 })
    return engine.newId('per')
  })
  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(100)
  expect(ids.every((id) => /^per_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true)
})

test('erased: the name is gone from views, states, past days and every later entry', async () => {
  const { engine, accounts, clock } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await accounts.handle({ ...open('b'), holder: 'per_2', name: '鈴木 一郎' }, by)
  clock.advance({ days: 2 })
  const names = 'select account, name from balances order by account'
  const before = await rowsOf(engine, names, [], '2026-01-05')
  expect(before).toEqual([
    { account: 'a', name: '佐藤 花子' },
    { account: 'b', name: '鈴木 一郎' },
  ])
  const bytes = await engine.log.entries(0, 2)
  expect(Buffer.concat(bytes).toString('utf8')).not.toContain('佐藤')
  expect(await accounts.handle(erase('per_1'), by)).toEqual({ first: 2, last: 2 })
  const after = [
    { account: 'a', name: null },
    { account: 'b', name: '鈴木 一郎' },
  ]
  expect(await rowsOf(engine, names)).toEqual(after)
  expect(await rowsOf(engine, names, [], '2026-01-05')).toEqual(after)
  expect(await accounts.state('a')).toMatchObject({ name: null })
  expect(await engine.log.entries(0, 2)).toEqual(bytes)
  expect(await accounts.handle(open('c'), by)).toEqual({ refused: 'person-erased' })
  await expectRebuildEqual(engine)
})

test('erased in the middle of much else: what comes before and after is carried out as always', async () => {
  const { engine, accounts, database } = await openAccountEngine()
  const other = await openAccountEngine({ database })
  await accounts.handle(open('a'), by)
  expect(await other.accounts.handle(deposit('a', 1), by)).toEqual({ first: 1, last: 1 })
  const answers = await Promise.all([
    accounts.handle(deposit('a', 1), by),
    accounts.handle(erase('per_1'), by),
    accounts.handle(open('late'), by),
    accounts.handle(deposit('a', 1), by),
  ])
  expect(answers).toEqual([
    { first: 2, last: 2 },
    { first: 3, last: 3 },
    { refused: 'person-erased' },
    { first: 4, last: 4 },
  ])
  expect(await other.accounts.handle(open('later'), by)).toEqual({ refused: 'person-erased' })
  await expectRebuildEqual(engine)
})

test('a database of its own: tests do not see each other', async () => {
  expect((await createTestDatabase()).database).not.toBe((await createTestDatabase()).database)
})

/** Puts an entry into the database as another version of the program would have. */
async function insert(
  database: Awaited<ReturnType<typeof openAccountEngine>>['database'],
  { type, stream, ...data }: { type: string; stream: string; account?: string },
) {
  const at = '2026-01-05T00:00:00.000Z'
  const envelope = { v: 1, type, stream, by: 'per_1', command: `cmd_${type}` } as const
  const opened = { ...data, holder: 'per_1', name: null }
  const bytes = printEnvelope({ ...envelope, recordedAt: at, effectiveAt: at, data: opened })
  const client = await connect(database, 'another version')
  await client.query(
    `insert into ledger.entries (seq, bytes, type, stream, by, recorded_at, effective_at)
     select size, $1, $2, $3, 'per_1', $4, $4 from ledger.head`,
    [bytes, type, stream, at],
  )
  await client.query('update ledger.head set size = size + 1')
  await client.end()
}
