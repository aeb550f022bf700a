import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, clampDay, daysBetween, monthWeeks, weekday } from './days.ts'

const anyDay = fc
  .date({
    min: new Date('2000-01-01T00:00:00Z'),
    max: new Date('2099-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10))

test('so many days forward and back again is the same day', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5_000, max: 5_000 }), (day, days) => {
      const other = addDays(day, days)
      expect(daysBetween(day, other)).toBe(days)
      expect(addDays(other, -days)).toBe(day)
    }),
  )
})

test('a month that lacks the day gives its last one', () => {
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
  expect(addMonths('2025-11-30', 3)).toBe('2026-02-28')
  expect(addMonths('2026-01-15', -13)).toBe('2024-12-15')
})

test('a day outside of what can be shown is moved to its edge', () => {
  expect(clampDay('2020-01-01', '2025-01-20', '2026-03-31')).toBe('2025-01-20')
  expect(clampDay('2030-01-01', '2025-01-20', '2026-03-31')).toBe('2026-03-31')
  expect(clampDay('2025-06-01', '2025-01-20', '2026-03-31')).toBe('2025-06-01')
})

test('the weeks of a month hold each of its days once, from Sunday to Saturday', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const weeks = monthWeeks(day)
      const month = day.slice(0, 7)
      const inside = weeks.flat().filter((one) => one.startsWith(month))
      expect(new Set(inside).size).toBe(inside.length)
      expect(inside[0]).toBe(`${month}-01`)
      expect(addDays(inside.at(-1) ?? '', 1).endsWith('-01')).toBe(true)
      for (const week of weeks) expect(weekday(week[0] ?? '')).toBe(0)
    }),
  )
})
