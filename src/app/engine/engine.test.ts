import { expect, test } from 'vitest'
import { expectRebuildEqual, openTestEngine, rowsOf } from '../testing.ts'
import { openAccounts, accountProjections } from './testing/accounts.ts'

test('a command is acknowledged with the indexes of its entries and shown in the views', async () => {
  const { engine } = await openTestEngine({ projections: accountProjections })
  const accounts = openAccounts(engine)
  const done = await accounts.handle(
    { type: 'open', account: 'a', holder: 'per_1', name: '佐藤' },
    { by: 'per_1' },
  )
  expect(done).toEqual({ first: 0, last: 0 })
  expect(
    await accounts.handle({ type: 'deposit', account: 'a', amount: 5 }, { by: 'per_1' }),
  ).toEqual({ first: 1, last: 1 })
  expect(await rowsOf(engine, 'select * from balances')).toEqual([
    {
      account: 'a',
      holder: 'per_1',
      name: '佐藤',
      balance: 5,
      changed_at: '2026-01-05T00:00:00.000Z',
      seq: 1,
    },
  ])
  expect(
    await accounts.handle({ type: 'withdraw', account: 'a', amount: 9 }, { by: 'per_1' }),
  ).toEqual({ refused: 'too-little', about: 'a' })
  await expectRebuildEqual(engine)
})
