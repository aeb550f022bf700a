/**
 * How often a control is expected to happen, as SQL that auditors read.
 *
 * A control that needs evidence is expected once in every calendar period of its cadence: each day,
 * ISO week, month, quarter, half year or year in the organisation's zone (a continuous one is shown
 * monthly). Counting begins with the first whole period after it was adopted, or after its cadence
 * was changed, and ends when it is retired. What was shown for the period in which it was adopted,
 * or for the one before, counts too; that period is never missed.
 *
 * A document belongs to the period in which its last day lies. A period is `done` when an accepted
 * document belongs to it, `awaiting-inspection` when only uninspected ones do, `missed` when none
 * does although the period and the days of grace for collecting are over, and `due` before that.
 */

/** Days after a period's end within which its document may still be brought. */
const graceDays = {
  daily: 3,
  weekly: 7,
  monthly: 15,
  quarterly: 30,
  semiannual: 30,
  annual: 30,
} as const

const cadences = `
    values ('continuous', 'month', 1, interval '1 month', ${graceDays.monthly}),
           ('daily', 'day', 1, interval '1 day', ${graceDays.daily}),
           ('weekly', 'week', 1, interval '7 days', ${graceDays.weekly}),
           ('monthly', 'month', 1, interval '1 month', ${graceDays.monthly}),
           ('quarterly', 'month', 3, interval '3 months', ${graceDays.quarterly}),
           ('semiannual', 'month', 6, interval '6 months', ${graceDays.semiannual}),
           ('annual', 'month', 12, interval '12 months', ${graceDays.annual})`

/**
 * Common table expressions that end in `occurrence (control, from_day, to_day, state, over)`;
 * put `with` before them. Nothing is named like a table of the views.
 */
export const occurrences = `turn (cadence, unit, months, step, grace) as (${cadences}
  ),
  -- Each stretch of time in which a control was expected in one cadence.
  stretch as (
    select control, cadence, active, at, lead(at) over (partition by control order by seq) as ended
      from (select v.*, lag(v.turns) over (partition by control order by seq)
                        is distinct from v.turns as differs
              from (select control, seq, at, cadence, evidence and kind <> 'retired' as active,
                           cadence || ' ' || (evidence and kind <> 'retired') as turns
                      from control_versions) as v) as turned
     where differs
  ),
  -- Its days, and the first day of the period in which it begins.
  expected as (
    select s.control, t.step, t.grace, (s.at at time zone o.time_zone)::date as since,
           coalesce((s.ended at time zone o.time_zone)::date, as_of_day()) as until,
           s.ended is null as running,
           case when t.unit = 'month'
                then (date_trunc('year', s.at at time zone o.time_zone)
                      + floor((extract(month from s.at at time zone o.time_zone) - 1) / t.months)
                        * t.months * interval '1 month')::date
                else date_trunc(t.unit, s.at at time zone o.time_zone)::date end as first_day
      from stretch as s
      join turn as t on t.cadence = s.cadence
     cross join organisation as o
     where s.active
  ),
  period as (
    select control, grace, from_day::date as from_day, (from_day + step)::date - 1 as to_day,
           from_day::date >= since as missable,
           running and as_of_day() < (from_day + step)::date as current
      from expected
     cross join lateral generate_series(first_day - step, until::timestamp, step) as from_day
     where running or from_day::date < since or (from_day + step)::date <= until
  ),
  shown as (
    select p.control, p.from_day, p.to_day, min(p.grace) as grace,
           bool_or(p.missable) as missable, bool_or(p.current) as current,
           coalesce(bool_or(e.state = 'accepted'), false) as accepted,
           coalesce(bool_or(e.state = 'awaiting-inspection'), false) as awaiting
      from period as p
      left join evidence_controls as ec on ec.control = p.control
      left join evidence as e on e.evidence = ec.evidence
                             and e.to_day between p.from_day and p.to_day
     group by p.control, p.from_day, p.to_day
  ),
  occurrence as (
    select control, from_day, to_day, as_of_day() > to_day + grace as over,
           case when accepted then 'done'
                when awaiting then 'awaiting-inspection'
                when missable and as_of_day() > to_day + grace then 'missed'
                else 'due' end as state
      from shown
     where accepted or awaiting or missable or current
  )`
