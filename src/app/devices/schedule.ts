import { z } from 'zod'
import type { Views } from '../ports.ts'

/** When a source is looked at next. */
export type Due = { readonly source: string; readonly at: string }

/** After the first failure in a row, and doubled with every further one, up to the usual rhythm. */
const FIRST_RETRY_MS = 15 * 60_000

const row = z.object({
  source: z.string(),
  everyHours: z.int(),
  addedAt: z.string(),
  lastAt: z.string().nullable(),
  failures: z.int(),
})
export type Rhythm = z.infer<typeof row>

/** Active sources with their next time, earliest first. */
export async function schedule(views: Views): Promise<Due[]> {
  const rows = await views.rows(
    row,
    `select s.source, s.every_hours as "everyHours", s.added_at as "addedAt",
            greatest(s.last_success_at, s.last_failure_at) as "lastAt",
            (select count(*)::int from observations o
              where o.source = s.source and o.outcome = 'failed'
                and (s.last_success_at is null or o.ended_at > s.last_success_at)) as failures
       from sources s where s.state = 'active'`,
  )
  return rows
    .map((rhythm) => ({ source: rhythm.source, at: nextAt(rhythm) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
}

/** A new source is due at once; one that fails is tried again sooner, then ever less often. */
export function nextAt(rhythm: Omit<Rhythm, 'source'>): string {
  if (rhythm.lastAt === null) return rhythm.addedAt
  const usualMs = rhythm.everyHours * 3_600_000
  const retryMs = FIRST_RETRY_MS * 2 ** Math.min(rhythm.failures - 1, 20)
  const waitMs = rhythm.failures === 0 ? usualMs : Math.min(usualMs, retryMs)
  return new Date(Date.parse(rhythm.lastAt) + waitMs).toISOString()
}
