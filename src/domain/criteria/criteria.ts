import { refuse, type Decider } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { CriteriaEvent } from './events.ts'
import { isCriterion } from './ids.ts'

export type CriteriaCommand =
  | {
      readonly type: 'exclude'
      readonly criterion: string
      readonly reason: string
      readonly signature: Signature
    }
  | { readonly type: 'include'; readonly criterion: string; readonly reason: string }

/** One criterion: it applies, until somebody decides by signature that it does not. */
export type Criterion = { readonly state: 'applies' } | { readonly state: 'excluded' }

export type CriteriaRefusal =
  | 'criterion-unknown'
  | 'criterion-excluded-already'
  | 'criterion-not-excluded'

export const criteria: Decider<CriteriaCommand, Criterion, CriteriaEvent, CriteriaRefusal> = {
  initial: { state: 'applies' },
  decide(command, now) {
    const { criterion, reason } = command
    if (!isCriterion(criterion)) return refuse('criterion-unknown', criterion)
    switch (command.type) {
      case 'exclude': {
        if (now.state === 'excluded') return refuse('criterion-excluded-already', criterion)
        const { signature } = command
        return [{ type: 'criteria.excluded.v1', criterion, reason, signature }]
      }
      case 'include':
        if (now.state === 'applies') return refuse('criterion-not-excluded', criterion)
        return [{ type: 'criteria.included.v1', criterion, reason }]
    }
  },
  evolve(_, event) {
    switch (event.type) {
      case 'criteria.excluded.v1':
        return { state: 'excluded' }
      case 'criteria.included.v1':
        return { state: 'applies' }
    }
  },
}
