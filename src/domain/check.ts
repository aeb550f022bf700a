import type { Text } from './decider.ts'

/**
 * A check is data: two queries over the views. Auditors read the very SQL.
 *
 * - `population` returns `(subject text, label text)`: everything the check speaks of.
 * - `exceptions` returns `(subject text, label text, reason text, observation bigint null)`: each
 *   member of the population for which the rule does not hold, why (a code of `reasons`), and the
 *   index of the ledger entry that shows it.
 * - `unproven`, for a check whose facts can be missing for single members, returns
 *   `(subject text, label text, reason text)`: each member of which nothing is known, and why. A
 *   check without exceptions but with such members is not proven (`unreadable`): what could not be
 *   read is neither a pass nor hidden. A member that is an exception is never in it.
 *
 * The queries see the views of one log prefix and may use two functions: `as_of()` (timestamptz)
 * and `as_of_day()` (date, in the organisation's time zone). They never see the machine's clock.
 */
export type Check = {
  /** Kebab-case, unique, never reused: `host-ssh-root-login`. */
  readonly id: string
  readonly title: Text
  /** What must hold, in one sentence a control owner understands. */
  readonly rule: Text
  /** What to do when it does not. */
  readonly remedy: Text
  readonly cadence: Cadence
  readonly population: string
  readonly exceptions: string
  readonly unproven?: string
  /** Texts for each reason code that `exceptions` and `unproven` can return. */
  readonly reasons: Readonly<Record<string, Text>>
  /**
   * The query `(at timestamptz)` that says when the facts this check stands on were last seen, and
   * after how many days they are stale. Stale facts prove nothing.
   */
  readonly freshness: { readonly query: string; readonly days: number } | null
}

/** How often something is expected to happen. `continuous` is judged daily. */
export type Cadence =
  | 'continuous'
  | 'daily'
  | 'weekly'
  | 'monthly'
  | 'quarterly'
  | 'semiannual'
  | 'annual'
  | 'on-occurrence'

/** `not-applicable` exists for criteria only, and only by a signed decision. */
export type Status = 'met' | 'not-met' | 'not-proven' | 'not-applicable'

/** The status of something that stands on several others: the worst of them; nothing proves nothing. */
export function combine(statuses: readonly Status[]): Status {
  const counted = statuses.filter((status) => status !== 'not-applicable')
  if (counted.includes('not-met')) return 'not-met'
  if (counted.length === 0 || counted.includes('not-proven')) return 'not-proven'
  return 'met'
}
