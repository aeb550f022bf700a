/**
 * Pieces of SQL that checks and reads share, so that a page and a check never disagree on who is
 * here and who must. Each takes the names under which a query knows its tables.
 */

/** Whether somebody of `people` works here on the day that is shown. */
export const isHere = (p: string): string =>
  `${p}.start_date <= as_of_day() and (${p}.end_date is null or ${p}.end_date >= as_of_day())`

/** Whether something with an audience (a course, a policy) is meant for somebody of `people`. */
export const isMeant = (what: string, p: string): string =>
  `(${what}.audience = 'everyone' or ${what}.audience = any(${p}.groups))`

/** The day of an instant in the organisation's time zone. */
export const dayOf = (instant: string): string =>
  `(${instant} at time zone coalesce((select time_zone from organisation), 'UTC'))::date`

/** What is shown for a person: the name, or the id once there is none. */
export const labelOf = (person: string): string =>
  `coalesce((select name from persons n where n.person = ${person}), ${person})`
