import { z } from 'zod'
import { day } from '../../contract/shared.ts'
import type { SearchRecord } from '../paths.ts'

/** Search parameters are plain strings both ways: `?q=12` is the text "12". */
export function parseSearch(search: string): SearchRecord {
  return Object.fromEntries(new URLSearchParams(search))
}

/** The search of an address; empty when there is nothing to say. */
export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') query.set(name, value)
  }
  return query.size === 0 ? '' : `?${query.toString()}`
}

const strings = z.record(z.string(), z.unknown())

/** Only the strings of a search, whatever the router hands over. */
export function searchRecord(search: unknown): SearchRecord {
  const record = strings.safeParse(search)
  if (!record.success) return {}
  return Object.fromEntries(
    Object.entries(record.data).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  )
}

/** The day to show: null means now. What is no day, or is today or later, means now too. */
export function asOfIn(search: SearchRecord, today: string): string | null {
  const parsed = day.safeParse(search['asOf'])
  return parsed.success && parsed.data < today ? parsed.data : null
}
