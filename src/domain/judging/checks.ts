import type { Check } from '../check.ts'

const WINDOW_DAYS = 30

/** Every day from the set-up until today. */
const days = `select day::date
          from organisation as o
         cross join lateral generate_series(
                 (o.set_up_at at time zone o.time_zone)::date::timestamp,
                 as_of_day()::timestamp, interval '1 day') as day`

const judgementRecorded: Check = {
  id: 'judgement-recorded',
  title: { ja: '毎日の検査', en: 'Checks are judged every day' },
  rule: {
    ja: `直近${WINDOW_DAYS}日間、検査が毎日行われ、結果が台帳に残っている。`,
    en: `On each of the last ${WINDOW_DAYS} days the checks were judged and the result recorded.`,
  },
  remedy: {
    ja: 'このプログラムが毎日動いているかを確かめる。行われなかった日の結果は、その日の記録から後でも求められる。',
    en: 'See that this program runs every day. What a missing day would have shown can still be computed from its entries.',
  },
  cadence: 'daily',
  population: `select d.day::text as subject, d.day::text as label
  from (${days}) as d
 where d.day < as_of_day() or exists (select from judgements as j where j.day = d.day)`,
  // A stretch of such days is one exception, named by its first day.
  exceptions: `select min(day)::text as subject, min(day) || '/' || max(day) as label,
       'not-judged' as reason, null::bigint as observation
  from (select d.day, d.day - row_number() over (order by d.day)::integer as stretch
          from (${days}) as d
         where d.day < as_of_day()
           and not exists (select from judgements as j where j.day = d.day)) as missing
 group by stretch
having max(day) >= as_of_day() - ${WINDOW_DAYS}`,
  reasons: {
    'not-judged': {
      ja: 'この間、検査の結果が記録されていない。',
      en: 'No judgement was recorded on these days.',
    },
  },
  freshness: null,
}

export const judgingChecks: readonly Check[] = [judgementRecorded]
