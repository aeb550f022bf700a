/** Eras in which HR systems still write: first letter, name, first and last day. */
const eras = [
  { letter: 'M', name: '明治', first: '1868-10-23', last: '1912-07-29' },
  { letter: 'T', name: '大正', first: '1912-07-30', last: '1926-12-24' },
  { letter: 'S', name: '昭和', first: '1926-12-25', last: '1989-01-07' },
  { letter: 'H', name: '平成', first: '1989-01-08', last: '2019-04-30' },
  { letter: 'R', name: '令和', first: '2019-05-01', last: '9999-12-31' },
] as const

const western = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const japanese =
  /^(明治|大正|昭和|平成|令和|[MTSHR])(\d{1,2}|元)(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/
/** Spreadsheets add a time of day to a date; midnight says nothing more than the day. */
const midnight = /[ T]0?0:00(:00)?(\.0+)?Z?$/

export type ReadDay =
  | { readonly day: string }
  | { readonly problem: 'day-unreadable' | 'day-not-in-calendar' | 'day-out-of-range' }

const firstYear = 1900
const lastYear = 2199

/** A day as people write it in lists: 2026-04-01, 2026/4/1, 20260401, 2026年4月1日, 令和8年4月1日. */
export function readDay(written: string): ReadDay {
  const text = written.normalize('NFKC').trim().replace(midnight, '').replaceAll(' ', '')
  const plain = western.exec(text) ?? compact.exec(text)
  if (plain !== null) return inCalendar(Number(plain[1]), Number(plain[2]), Number(plain[3]))
  const inEra = japanese.exec(text.toUpperCase())
  if (inEra === null) return { problem: 'day-unreadable' }
  const era = eras.find(({ letter, name }) => inEra[1] === letter || inEra[1] === name)
  if (era === undefined) return { problem: 'day-unreadable' }
  const years = inEra[2] === '元' ? 1 : Number(inEra[2])
  const year = Number(era.first.slice(0, 4)) + years - 1
  const read = inCalendar(year, Number(inEra[3]), Number(inEra[4]))
  if ('problem' in read) return read
  // 平成32年 was printed on forms but never came.
  return read.day < era.first || read.day > era.last ? { problem: 'day-not-in-calendar' } : read
}

function inCalendar(year: number, month: number, day: number): ReadDay {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!exists) return { problem: 'day-not-in-calendar' }
  if (year < firstYear || year > lastYear) return { problem: 'day-out-of-range' }
  return { day: date.toISOString().slice(0, 10) }
}
