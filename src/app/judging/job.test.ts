import { expect, test } from 'vitest'
import { lockCheck, openHouse } from './testing.ts'

test('the job judges at the start, when entries have stopped arriving, and once an hour', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  const [job] = house.judging.jobs
  const recorded = async () => (await house.judging.trend()).map(({ seq }) => seq)
  const tick = async () => {
    await job?.run()
    house.clock.advance({ ms: job?.everyMs ?? 0 })
    return (await recorded()).at(-1) ?? null
  }
  await house.see('m1', 'shut')
  const first = await tick() // at the start, at once
  expect(first).not.toBeNull()
  await house.see('m1', 'open')
  expect(await tick()).toBe(first) // more entries may be on their way
  const second = await tick()
  expect(second).not.toBe(first)
  expect(await tick()).toBe(second)

  // Something that never stops is judged all the same.
  const seen = new Set<number | null>()
  for (let time = 0; time < 8; time++) {
    await house.see(`n${time}`, time % 2 === 0 ? 'open' : 'shut')
    seen.add(await tick())
  }
  expect(seen.size).toBeGreaterThan(1)

  // A day that ends without any entry is judged too.
  await tick()
  await tick()
  house.clock.advance({ days: 1 })
  await tick()
  const trend = await house.judging.trend()
  expect(trend.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-06'])
})
