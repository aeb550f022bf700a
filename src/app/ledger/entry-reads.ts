import { z } from 'zod'
import type { getEntry, listEntries } from '../../contract/ledger.ts'
import type { Output, Parsed } from '../../contract/route.ts'
import type { Views } from '../ports.ts'

/** The entries as rows; names of who acted come from the people's own view. */

const row = z
  .object({
    seq: z.number(),
    type: z.string(),
    stream: z.string(),
    recorded_at: z.union([z.string(), z.date()]),
    effective_at: z.union([z.string(), z.date()]),
    by: z.string(),
    name: z.string().nullable(),
  })
  .transform(({ seq, type, stream, recorded_at, effective_at, by, name }) => ({
    seq,
    type,
    stream,
    recordedAt: new Date(recorded_at).toISOString(),
    effectiveAt: new Date(effective_at).toISOString(),
    by: { id: by, name },
  }))

export type EntryList = Output<typeof listEntries>
export type EntryQuery = Parsed<typeof listEntries>['query']
export type EntryPage = Output<typeof getEntry>
export type EntryRow = z.infer<typeof row>

const columns = `e.seq, e.type, e.stream, e.recorded_at, e.effective_at, e.by, p.name
  from ledger.entries as e left join persons as p on p.person = e.by`

export async function entryList(views: Views, query: EntryQuery): Promise<EntryList> {
  const values: unknown[] = [views.size]
  const where = ['e.seq < $1']
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return
    values.push(value)
    where.push(condition.replace('?', `$${values.length}`))
  }
  add('e.stream = ?', query.stream)
  add('e.type = ?', query.type)
  add('e.by = ?', query.by)
  // A day begins in the organisation's zone, as everywhere.
  add(
    `e.recorded_at >= ?::date::timestamp at time zone current_setting('arinomama.zone')`,
    query.since,
  )
  const counted = `select count(*) as total from ledger.entries as e where ${where.join(' and ')}`
  const [count] = await views.rows(z.object({ total: z.number() }), counted, values)
  add('e.seq < ?', query.before)
  values.push(query.limit)
  const entries = await views.rows(
    row,
    `select ${columns} where ${where.join(' and ')} order by e.seq desc limit $${values.length}`,
    values,
  )
  return { entries, total: count?.total ?? 0 }
}

export async function entryRow(views: Views, seq: number): Promise<EntryRow | null> {
  if (seq >= views.size) return null
  const [found] = await views.rows(row, `select ${columns} where e.seq = $1`, [seq])
  return found ?? null
}

/** The entries before and after it in its stream. */
export async function neighbours(
  views: Views,
  { seq, stream }: EntryRow,
): Promise<{ previous: number | null; next: number | null }> {
  const [found] = await views.rows(
    z.object({ previous: z.number().nullable(), next: z.number().nullable() }),
    `select (select max(seq) from ledger.entries where stream = $1 and seq < $2) as previous,
            (select min(seq) from ledger.entries where stream = $1 and seq > $2 and seq < $3) as next`,
    [stream, seq, views.size],
  )
  return found ?? { previous: null, next: null }
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
