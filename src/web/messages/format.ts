export type Language = 'ja' | 'en'

const locales = { ja: 'ja-JP', en: 'en-GB' } as const
/** Some week, for the names of its days. */
const sundayWeek = [4, 5, 6, 7, 8, 9, 10].map((at) => `2026-01-${at.toString().padStart(2, '0')}`)
const units = ['B', 'KB', 'MB', 'GB'] as const

export type Format = ReturnType<typeof make>

/**
 * Numbers and dates as a reader of the language writes them. Instants are shown in the
 * organisation's time zone; days (`YYYY-MM-DD`) have none.
 */
export function formatter(language: Language, timeZone: string): Format {
  const key = `${language} ${timeZone}`
  const known = made.get(key)
  if (known !== undefined) return known
  const format = make(language, timeZone)
  made.set(key, format)
  return format
}

/** Every row of a table asks for one, and `Intl` takes about a millisecond to make each style. */
const made = new Map<string, Format>()

function make(language: Language, timeZone: string) {
  return {
    language,
    timeZone,
    ...days(language),
    ...instants(language, timeZone),
    ...quantities(language),
  }
}

function days(language: Language) {
  const style = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' })
    return (day: string) => format.format(new Date(`${day}T12:00:00Z`))
  }
  const monthStyle = language === 'ja' ? 'numeric' : 'short'
  const monthOnly = style({ month: 'short' })
  const monthYear = style({ year: 'numeric', month: 'short' })
  const weekday = style({ weekday: language === 'ja' ? 'narrow' : 'short' })
  return {
    /** A day in full: 2026年3月31日, 31 March 2026. */
    day: style({ dateStyle: 'long' }),
    /** A day in little room: 2026/3/31, 31 Mar 2026. */
    shortDay: style({ year: 'numeric', month: monthStyle, day: 'numeric' }),
    /** A month: 2026年3月, March 2026. */
    month: style({ year: 'numeric', month: 'long' }),
    /** A month among its neighbours: the year is said at the first and where it changes. */
    monthAfter: (day: string, before: string | undefined) =>
      before?.slice(0, 4) === day.slice(0, 4) ? monthOnly(day) : monthYear(day),
    /** The names of the days of a week from Sunday. */
    weekdays: () => sundayWeek.map(weekday),
  }
}

function instants(language: Language, timeZone: string) {
  const style = (locale: string, options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone })
    return (instant: string) => format.format(new Date(instant))
  }
  return {
    /** An instant to the minute. */
    instant: style(locales[language], {
      year: 'numeric',
      month: language === 'ja' ? 'numeric' : 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    /** An instant to the second with its zone, for a tooltip. */
    exact: style(locales[language], { dateStyle: 'long', timeStyle: 'long' }),
    /** The day of an instant in the organisation's zone, as `YYYY-MM-DD`. */
    dayOf: style('en-CA', { dateStyle: 'short' }),
  }
}

function quantities(language: Language) {
  const locale = locales[language]
  const numbers = new Intl.NumberFormat(locale)
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const list = new Intl.ListFormat(locale, { style: 'short', type: 'conjunction' })
  const collator = new Intl.Collator(locale, { numeric: true })
  return {
    number: (value: number) => numbers.format(value),
    /** A share between 0 and 1. */
    percent: (share: number) => shares.format(share),
    bytes: (bytes: number) => bytesText(bytes, numbers),
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
