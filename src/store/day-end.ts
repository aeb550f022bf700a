import type pg from 'pg'
import type { DayEnd } from '../app/engine/store.ts'
import { liveSchema } from './live-views.ts'

/**
 * Where a day ends in the organisation's zone, and how many entries were recorded before that: the
 * times of entries never go back, so they are searched by halves.
 */
export async function readEndOfDay(
  client: pg.ClientBase,
  day: string,
  zoned: boolean,
): Promise<DayEnd> {
  const zone = zoned ? `(select time_zone from ${liveSchema}.organisation where id = 1)` : 'null'
  const { rows } = await client.query<{
    zone: string
    starts_at: string
    ends_at: string
    size: number
    erasures: number
  }>(
    `with recursive asked as (
       select zone, $1::date::timestamp at time zone zone as starts_at,
              ($1::date + 1)::timestamp at time zone zone as ends_at, size, erasures
         from ledger.head, lateral (select coalesce(${zone}, 'UTC') as zone) as z where id = 1
     ), search(low, high) as (
       select 0::bigint, size from asked
       union all
       select case when before then (low + high) / 2 + 1 else low end,
              case when before then high else (low + high) / 2 end
         from search, asked, lateral (
           select recorded_at < ends_at as before from ledger.entries where seq = (low + high) / 2
         ) as middle
        where low < high
     )
     select zone, starts_at, ends_at, low as size, erasures from asked, search where low = high`,
    [day],
  )
  const row = rows[0]
  if (row === undefined) throw new Error(`entries are missing between those of ${day}`)
  return {
    zone: row.zone,
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    size: row.size,
    erasures: row.erasures,
  }
}
