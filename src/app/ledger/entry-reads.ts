import { z } from 'zod'
import type { getEntry, listEntries } from '../../contract/ledger.ts'
import type { Output, Parsed } from '../../contract/route.ts'
import type { Views } from '../ports.ts'
import type { EntryIndex, IndexedEntry } from './ports.ts'

export type EntryList = Output<typeof listEntries>
export type EntryQuery = Parsed<typeof listEntries>['query']
export type EntryPage = Output<typeof getEntry>
export type EntryRow = EntryList['entries'][number]

/** Entries of the prefix that the views show, with the names that the views know. */
export async function entryList(
  views: Views,
  index: EntryIndex,
  query: EntryQuery,
): Promise<EntryList> {
  const { before, since, stream, type, by, limit } = query
  const { entries, total } = await index.list({
    size: views.size,
    before,
    since: since === undefined ? undefined : await dayBegin(views, since),
    stream,
    type,
    by,
    limit,
  })
  return { entries: await withNames(views, entries), total }
}

export async function entryRow(
  views: Views,
  index: EntryIndex,
  seq: number,
): Promise<EntryRow | null> {
  const found = seq < views.size ? await index.one(seq) : null
  return found === null ? null : ((await withNames(views, [found]))[0] ?? null)
}

/** A day begins in the organisation's zone, as everywhere. */
async function dayBegin(views: Views, day: string): Promise<string> {
  const [begin] = await views.rows(
    z.object({ at: z.union([z.string(), z.date()]) }),
    `select $1::date::timestamp at time zone current_setting('arinomama.zone') as at`,
    [day],
  )
  return new Date(begin?.at ?? day).toISOString()
}

async function withNames(views: Views, found: readonly IndexedEntry[]): Promise<EntryRow[]> {
  const rows = await views.rows(
    z.object({ person: z.string(), name: z.string().nullable() }),
    'select person, name from persons where person = any($1)',
    [[...new Set(found.map(({ by }) => by))]],
  )
  const names = new Map(rows.map(({ person, name }) => [person, name]))
  return found.map(({ by, ...entry }) => ({
    ...entry,
    by: { id: by, name: names.get(by) ?? null },
  }))
}

const verification = z.object({
  seq: z.number(),
  size: z.number(),
  findings: z.number(),
  verified_at: z.union([z.string(), z.date()]),
})

export async function lastVerification(
  views: Views,
): Promise<{ at: string; size: number; findings: number; seq: number } | null> {
  const [found] = await views.rows(
    verification,
    `select seq, size, findings, verified_at from ledger_verifications order by seq desc limit 1`,
  )
  if (found === undefined) return null
  const { seq, size, findings, verified_at: at } = found
  return { at: new Date(at).toISOString(), size, findings, seq }
}

/** Since when each alarm is raised, by code. */
export async function raisedAlarms(views: Views): Promise<Map<string, string>> {
  const rows = await views.rows(
    z.object({ code: z.string(), since: z.union([z.string(), z.date()]) }),
    'select code, since from ledger_alarms',
  )
  return new Map(rows.map(({ code, since }) => [code, new Date(since).toISOString()]))
}
