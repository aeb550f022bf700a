/** Calendar arithmetic on days as `YYYY-MM-DD`. A day has no time zone; UTC only counts. */

const dayMs = 86_400_000

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function text(date: Date): string {
  return date.toISOString().slice(0, 10)
}

export function addDays(day: string, days: number): string {
  return text(new Date(utc(day).getTime() + days * dayMs))
}

/** The same day of another month; its last day where it has no such day: 31 March − 1 = 28 February. */
export function addMonths(day: string, months: number): string {
  const date = utc(day)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date.getUTCDate(), last))
  return text(first)
}

/** Whole days from one day to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / dayMs)
}

/** A day moved into a range. */
export function clampDay(day: string, min: string, max: string): string {
  if (day < min) return min
  return day > max ? max : day
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(day: string): number {
  return utc(day).getUTCDay()
}

/** The six weeks in which a month is shown, from the Sunday on or before its first day. */
export function monthWeeks(day: string): readonly (readonly string[])[] {
  const first = `${day.slice(0, 7)}-01`
  const start = addDays(first, -weekday(first))
  return [0, 1, 2, 3, 4, 5]
    .map((week) => [0, 1, 2, 3, 4, 5, 6].map((at) => addDays(start, week * 7 + at)))
    .filter((week) => week.some((one) => one.slice(0, 7) === day.slice(0, 7)))
}
