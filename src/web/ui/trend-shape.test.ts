import { expect, test } from 'vitest'
import { bandPath, countTicks, dayX, highest, monthTicks, pointAt } from './trend-shape.ts'

const points = [
  { day: '2026-01-01', met: 0, notProven: 4, notMet: 0, notApplicable: 0 },
  { day: '2026-01-06', met: 2, notProven: 1, notMet: 1, notApplicable: 0 },
  { day: '2026-01-11', met: 3, notProven: 0, notMet: 1, notApplicable: 0 },
]
const box = { width: 100, height: 40 }

test('days lie where they are in time, not where they are in the list', () => {
  expect(points.map(({ day }) => dayX(day, points, box))).toEqual([0, 50, 100])
})

test('a status holds until the next evaluation: the outline goes in steps', () => {
  expect(bandPath(points, 'met', box)).toBe(
    'M0 40L50 40L50 20L100 20L100 10L100 10L100 40L100 40L100 40L50 40L50 40L0 40Z',
  )
})

test('a place in the chart belongs to the last evaluation on or before it', () => {
  expect(pointAt(0, points, box)?.day).toBe('2026-01-01')
  expect(pointAt(49, points, box)?.day).toBe('2026-01-01')
  expect(pointAt(50, points, box)?.day).toBe('2026-01-06')
  expect(pointAt(-5, points, box)?.day).toBe('2026-01-01')
})

test('a trend of nothing draws nothing and divides by nothing', () => {
  expect(bandPath([], 'met', box)).toBe('')
  expect(highest([])).toBe(1)
  expect(dayX('2026-01-01', [], box)).toBe(0)
  expect(pointAt(3, [], box)).toBeUndefined()
  expect(monthTicks([], 5)).toEqual([])
})

test('the lines across stand at round counts and stay inside', () => {
  expect(countTicks(37)).toEqual([0, 10, 20, 30])
  expect(countTicks(1)).toEqual([0, 1])
  for (const top of [1, 5, 61, 140, 5_000]) {
    const ticks = countTicks(top)
    expect(ticks.length).toBeLessThanOrEqual(6)
    expect(Math.max(...ticks)).toBeLessThanOrEqual(top)
  }
})

test('months are named as often as there is room', () => {
  const counts = { met: 1, notProven: 0, notMet: 0, notApplicable: 0 }
  const year = ['2026-01-01', '2026-12-20'].map((day) => ({ ...counts, day }))
  expect(monthTicks(year, 12)).toHaveLength(12)
  expect(monthTicks(year, 4)).toEqual(['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'])
})
