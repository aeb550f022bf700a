import type { Language } from './events.ts'

/**
 * How numbers, days and instants are written. By hand and not by `Intl`'s patterns: those change
 * between releases of ICU, and the same prefix must print the same bytes next year too. Only the
 * offsets of time zones come from `Intl`.
 */

/** `1234567` as `1,234,567`. */
export function writtenNumber(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

const months =
  'January February March April May June July August September October November December'.split(' ')

/** `2026-03-31` as `2026年3月31日` or `31 March 2026`. */
export function writtenDay(day: string, language: Language): string {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(day)
  if (parts === null) throw new RangeError(`${day} is not a day`)
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (language === 'ja') return `${year}年${month}月${date}日`
  return `${date} ${months[month - 1] ?? ''} ${year}`
}

/** An instant as `2026-03-31 18:00:05` in the zone (whose name is printed once per document). */
export function writtenInstant(instant: string, zone: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new RangeError(`${instant} is not an instant`)
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  return `${day} ${part('hour')}:${part('minute')}:${part('second')}`
}
