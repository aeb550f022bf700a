import { expect, test } from 'vitest'
import { decideGiven } from './decide-given.ts'
import { by, deposit, open, openAccountEngine, withdraw } from './testing/scenes.ts'

test('a command whose facts have moved is refused and leaves nothing behind', async () => {
  const { engine, accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await accounts.handle(open('b'), by)
  const given = { size: 2, streams: ['a'] }
  expect(await accounts.handle(deposit('b', 1), { ...by, given })).toMatchObject({ first: 2 })
  await accounts.handle(deposit('a', 1), by)
  const moved = { refused: 'facts-moved' }
  expect(await accounts.handle(deposit('b', 1), { ...by, given })).toEqual(moved)
  const other = { size: 2, streams: ['c'] }
  expect(await accounts.handle(deposit('b', 1), { ...by, given: other })).toMatchObject({
    first: 4,
  })
  expect(await engine.log.size()).toBe(5)
})

test('what others of the same batch write moves the facts too', async () => {
  const { accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  await accounts.handle(open('b'), by)
  const given = { size: 2, streams: ['a'] }
  const answers = await Promise.all([
    accounts.handle(deposit('a', 1), by),
    accounts.handle(deposit('b', 1), { ...by, given }),
  ])
  expect(answers).toEqual([{ first: 2, last: 2 }, { refused: 'facts-moved' }])
})

test('facts of a ledger that is longer than this one are of another', async () => {
  const { accounts } = await openAccountEngine()
  const given = { size: 9, streams: [] }
  expect(await accounts.handle(open('a'), { ...by, given })).toEqual({ refused: 'facts-moved' })
})

test('what is repeated under its id is answered with the first result, whatever moved since', async () => {
  const { accounts } = await openAccountEngine()
  await accounts.handle(open('a'), by)
  const again = { ...by, command: 'once', given: { size: 1, streams: ['a'] } }
  const first = await accounts.handle(deposit('a', 1), again)
  expect(await accounts.handle(deposit('a', 1), again)).toEqual(first)
})

test('decided again on what is so now, b never gets more than a has, from two nodes at once', async () => {
  const first = await openAccountEngine()
  const second = await openAccountEngine({ database: first.database })
  await first.accounts.handle(open('a'), by)
  await first.accounts.handle(open('b'), by)
  await first.accounts.handle(deposit('a', 5), by)
  const balanceOf = async (node: typeof first, account: string) => {
    const state = await node.accounts.state(account)
    return state.state === 'open' ? state.balance : 0
  }
  const copy = (node: typeof first) =>
    decideGiven(
      node.engine,
      async () => {
        const a = await balanceOf(node, 'a')
        const b = await balanceOf(node, 'b')
        // The rule is nobody's but this reader's: `b` may be raised while it is below `a`.
        const asks = b < a ? [node.accounts.ask(deposit('b', 1))] : []
        return { asks, streams: ['a', 'b'] }
      },
      by,
    )
  const lower = (node: typeof first) => node.accounts.handle(withdraw('a', 1), by)
  await Promise.all([copy(first), copy(second), lower(second), copy(first), copy(second)])
  expect(await balanceOf(first, 'b')).toBeLessThanOrEqual(5)
  await Promise.all([copy(first), copy(second), copy(first), copy(second), copy(first)])
  expect(await balanceOf(second, 'b')).toBe(await balanceOf(second, 'a'))
})
