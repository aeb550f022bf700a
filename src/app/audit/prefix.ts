import { z } from 'zod'
import { refuse, type Refused } from '../../domain/decider.ts'
import type { ReportRefusal } from '../../domain/audit/refusals.ts'
import type { Judged } from '../judging/judged.ts'
import type { Views } from '../ports.ts'
import type { HeldSignature } from './assertion.ts'
import { figuresOf, type Figures } from './figures.ts'

/** What a report needs of the engine and of judging. */
export type Past = {
  readonly views: (asOf?: string) => Promise<Views>
  /** The views after `size` entries, as of the last of them or `notBefore`, whichever is later. */
  readonly viewsAtSize: (size: number, notBefore: Date) => Promise<Views>
  readonly judge: (views: Views, how?: 'exactly') => Promise<Judged>
  readonly held: HeldSignature
}

/** The facts of a report: a pure function of the entries before `views.size` and the day. */
export type Facts = { readonly views: Views; readonly judged: Judged; readonly figures: Figures }

/**
 * The facts as of a day: at its end when it is over, else as of the last entry. With `size`, the
 * facts of an earlier moment of that day, so that a report made at noon can be printed again.
 * Reports that were handed out are entries too, but tell nothing of the organisation: those at the
 * end of the ledger are left out, so that making a report twice makes the same one.
 */
export async function factsOf(
  past: Past,
  day: string,
  size?: number,
): Promise<Facts | Refused<ReportRefusal>> {
  const now = await past.views()
  const today = await dayOf(now)
  if (day > today) return refuse('report-day-not-come', day)
  const whole = day === today ? await withoutReports(now) : (await past.views(day)).size
  const wanted = size ?? whole
  if (wanted > whole) return refuse('report-day-not-come', String(wanted))
  const isOver = day !== today && wanted === whole
  const views = isOver
    ? await past.views(day)
    : await past.viewsAtSize(wanted, await beginningOf(now, day))
  if (wanted === 0 || (await dayOf(views)) !== day) return refuse('report-day-too-early', day)
  const judged = await past.judge(views, 'exactly')
  const figures = await figuresOf(views, judged)
  return figures === null ? refuse('report-day-too-early', day) : { views, judged, figures }
}

/** The day of the views in the organisation's zone. */
export async function dayOf(views: Views): Promise<string> {
  const [found] = await views.rows(z.object({ day: z.string() }), 'select as_of_day() as day')
  if (found === undefined) throw new Error('as_of_day() gave no day')
  return found.day
}

async function beginningOf(now: Views, day: string): Promise<Date> {
  const [found] = await now.rows(
    z.object({ at: z.string() }),
    'select $1::date::timestamp at time zone time_zone as at from organisation',
    [day],
  )
  return new Date(found?.at ?? `${day}T00:00:00Z`)
}

/** Number of entries up to the last one that is not a report that was handed out. */
async function withoutReports(now: Views): Promise<number> {
  const [found] = await now.rows(
    z.object({ size: z.number() }),
    `select coalesce(min(seq), $1) as size
       from (select seq, $1 - count(*) over (order by seq desc) as at from reports_made) as made
      where seq = at`,
    [now.size],
  )
  return found?.size ?? now.size
}
