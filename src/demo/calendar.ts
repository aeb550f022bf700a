/** The story lasts fourteen months and ends on the day on which it is played. */
export const storyDays = 425
const dayMs = 86_400_000
/** Japan has no summer time. */
const zoneOffsetMs = 9 * 3_600_000
/** The day for which the employees' dates were written. */
const writtenFor = '2026-11-25'

export type Calendar = {
  /** `YYYY-MM-DD` of a day of the story in Japan; day 0 is the first. */
  readonly date: (day: number) => string
  /** The instant of a time of day (`09:30`, Japan) on a day of the story. */
  readonly at: (day: number, time: string) => string
  /** A date as written in the employees' list, moved so that the story ends today. */
  readonly moved: (date: string) => string
  /** So many days after a date. */
  readonly after: (date: string, days: number) => string
}

/** The calendar of a story that ends on the day of `end`. */
export function calendarUntil(end: Date): Calendar {
  const last = Date.parse(dateOf(end.getTime() + zoneOffsetMs))
  const first = last - storyDays * dayMs
  const shiftMs = last - Date.parse(writtenFor)
  return {
    date: (day) => dateOf(first + day * dayMs),
    at: (day, time) =>
      new Date(Date.parse(`${dateOf(first + day * dayMs)}T${time}:00+09:00`)).toISOString(),
    moved: (date) => dateOf(Date.parse(date) + shiftMs),
    after: (date, days) => dateOf(Date.parse(date) + days * dayMs),
  }
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
