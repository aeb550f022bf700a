export type Language = 'ja' | 'en'

const locales = { ja: 'ja-JP', en: 'en-GB' } as const
/** Some week, for the names of its days. */
const sundayWeek = [4, 5, 6, 7, 8, 9, 10].map((at) => `2026-01-${at.toString().padStart(2, '0')}`)
const units = ['B', 'KB', 'MB', 'GB'] as const

export type Format = ReturnType<typeof formatter>

/**
 * Numbers and dates as a reader of the language writes them. Instants are shown in the
 * organisation's time zone; days (`YYYY-MM-DD`) have none.
 */
export function formatter(language: Language, timeZone: string) {
  const locale = locales[language]
  const dayStyle = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  })
  const monthDay = new Intl.DateTimeFormat(locale, {
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  })
  const instantStyle = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const exactStyle = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone,
  })
  const monthStyle = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const monthOnly = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const monthYear = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  const weekdayStyle = new Intl.DateTimeFormat(locale, {
    weekday: language === 'ja' ? 'narrow' : 'short',
    timeZone: 'UTC',
  })
  const dayParts = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone })
  const numberStyle = new Intl.NumberFormat(locale)
  const percentStyle = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
  })
  const list = new Intl.ListFormat(locale, { style: 'short', type: 'conjunction' })
  const collator = new Intl.Collator(locale, { numeric: true })
  return {
    language,
    timeZone,
    /** A day in full: 2026年3月31日, 31 March 2026. */
    day: (day: string) => dayStyle.format(noon(day)),
    /** A day in little room: 2026/3/31, 31 Mar 2026. */
    shortDay: (day: string) => shortDay.format(noon(day)),
    /** A day of a known year: 3/31, 31 Mar. */
    monthDay: (day: string) => monthDay.format(noon(day)),
    /** A month: 2026年3月, March 2026. */
    month: (day: string) => monthStyle.format(noon(day)),
    /** A month among its neighbours: the year is said at the first and where it changes. */
    monthAfter: (day: string, before: string | undefined) =>
      before?.slice(0, 4) === day.slice(0, 4)
        ? monthOnly.format(noon(day))
        : monthYear.format(noon(day)),
    /** The names of the days of a week from Sunday. */
    weekdays: () => sundayWeek.map((day) => weekdayStyle.format(noon(day))),
    /** An instant to the minute. */
    instant: (instant: string) => instantStyle.format(new Date(instant)),
    /** An instant to the second with its zone, for a tooltip. */
    exact: (instant: string) => exactStyle.format(new Date(instant)),
    /** The day of an instant in the organisation's zone, as `YYYY-MM-DD`. */
    dayOf: (instant: string) => dayParts.format(new Date(instant)),
    number: (value: number) => numberStyle.format(value),
    /** A share between 0 and 1. */
    percent: (share: number) => percentStyle.format(share),
    bytes: (bytes: number) => bytesText(bytes, numberStyle),
    list: (items: readonly string[]) =>
      language === 'ja' ? items.join('、') : list.format([...items]),
    compare: (a: string, b: string) => collator.compare(a, b),
  }
}

/** A size in bytes with the unit that keeps it under a thousand. */
function bytesText(bytes: number, style: Intl.NumberFormat): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  const value = bytes / 1024 ** step
  const rounded = value < 10 && step > 0 ? Math.round(value * 10) / 10 : Math.round(value)
  return `${style.format(rounded)} ${units[step] ?? 'B'}`
}

function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`)
}
