import { canonicalJson } from '../canonical-json.ts'
import type { Decider } from '../decider.ts'
import type { JudgingEvent } from './events.ts'

export type JudgingCommand = {
  readonly type: 'record'
  readonly judgement: Omit<JudgingEvent, 'type'>
}

/** What one day's last recorded judgement said, apart from when and over how many entries. */
export type Judging = { readonly said: string | null }

/** One stream per day: the first judgement of a day is recorded, and each that says something new. */
export const judging: Decider<JudgingCommand, Judging, JudgingEvent, never> = {
  initial: { said: null },
  decide({ judgement }, now) {
    return saidBy(judgement) === now.said ? [] : [{ type: 'checks.judged.v1', ...judgement }]
  },
  evolve: (_, event) => ({ said: saidBy(event) }),
}

/** Populations grow with every day's business; alone they are no news. */
function saidBy(judgement: Omit<JudgingEvent, 'type'>): string {
  const { criteria, controls, exceptions, checks } = judgement
  const results = checks.map(({ check, status, unproven, exceptions: found, accepted, digest }) => {
    return [check, status, unproven, found, accepted, digest]
  })
  return canonicalJson([criteria, controls, exceptions, results])
}
