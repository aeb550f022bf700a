import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { coalesced } from './coalesced.ts'

test('the work is done once at a time, and whoever asks during it waits for a later one', async () => {
  let [running, most, runs] = [0, 0, 0]
  const work = coalesced(async () => {
    most = Math.max(most, ++running)
    await pause(5)
    running--
    return ++runs
  })
  const answers = [work.run()]
  await pause(1)
  answers.push(...Array.from({ length: 20 }, () => work.run()))
  expect(await Promise.all(answers)).toEqual([1, ...Array.from({ length: 20 }, () => 2)])
  expect([most, runs]).toEqual([1, 2])
})

test('what was there when somebody asked is seen by the work that answers them', async () => {
  let world = 0
  const work = coalesced(async () => {
    const seen = world
    await pause(1)
    return seen
  })
  await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      await pause(i % 7)
      const mine = ++world
      expect(await work.run()).toBeGreaterThanOrEqual(mine)
    }),
  )
})

test('a failure is told to those who waited for it and to nobody else', async () => {
  let runs = 0
  const work = coalesced(async () => {
    await pause(1)
    if (++runs === 1) throw new Error('full')
    return runs
  })
  const [first, second] = [work.run(), work.run()]
  await expect(first).rejects.toThrow('full')
  expect(await second).toBe(2)
  await work.idle()
  expect(await work.run()).toBe(3)
})
