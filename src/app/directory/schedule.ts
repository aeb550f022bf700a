import { z } from 'zod'
import { target, type DirectoryTarget } from '../../domain/directory/target.ts'
import { nextAt } from '../devices/schedule.ts'
import type { Views } from '../ports.ts'

type Due = { readonly source: string; readonly at: string; readonly target: DirectoryTarget }

const row = z.object({
  source: z.string(),
  everyHours: z.int(),
  addedAt: z.string(),
  lastAt: z.string().nullable(),
  failures: z.int(),
  target,
})

/** Directories with the time at which each is read next, earliest first. */
export async function directorySchedule(views: Views): Promise<Due[]> {
  const rows = await views.rows(
    row,
    `select s.source, s.every_hours as "everyHours", s.added_at as "addedAt", s.target,
            greatest(s.last_success_at, s.last_failure_at) as "lastAt",
            (select count(*)::int from directory_observations o
              where o.source = s.source and o.outcome = 'failed'
                and (s.last_success_at is null or o.ended_at > s.last_success_at)) as failures
       from directory_sources s where s.state = 'active' and s.every_hours is not null`,
  )
  return rows
    .flatMap(({ target: place, ...rhythm }) =>
      place.kind === 'list' ? [] : [{ source: rhythm.source, at: nextAt(rhythm), target: place }],
    )
    .sort((one, other) => (one.at < other.at ? -1 : 1))
}
