import { z } from 'zod'
import type { listEntries } from '../../../contract/ledger.ts'
import type { Input } from '../../../contract/route.ts'

const word = z.string().max(120).optional().catch(undefined)

/** What the address of the list says: an object's stream, a type, a person, and where to go on. */
export const entriesSearch = z.object({
  stream: word,
  type: word,
  by: z.string().max(60).optional().catch(undefined),
  since: z.iso.date().optional().catch(undefined),
  before: z.coerce.number().int().min(0).optional().catch(undefined),
})
export type EntriesSearch = z.output<typeof entriesSearch>

/** Entries on one page of the list. */
export const entriesOnPage = 100

/** The question for one page of entries. */
export function entriesQuery(
  search: EntriesSearch,
): NonNullable<Input<typeof listEntries>['query']> {
  const given = Object.entries(search).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(given), limit: entriesOnPage }
}
