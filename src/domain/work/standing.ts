import { refuse, type Refused } from '../decider.ts'
import type { PresentChange, WorkRefusal } from './change.ts'
import type { WorkState } from './words.ts'

/** The exact thing that an event is about. */
export function boundTo({ plan }: PresentChange) {
  const { change, revision, requestHash } = plan
  return { change, revision, requestHash }
}

/** Refuses in every other state. */
export function inState(
  { state }: PresentChange,
  allowed: readonly WorkState[],
): Refused<WorkRefusal> | null {
  return allowed.includes(state) ? null : refuse('work-wrong-state', state)
}

/** In which state a change waits for its approvals. */
export function waitsIn(kind: PresentChange['plan']['kind']): WorkState {
  // Agreed work was assessed and authorised when the customer signed the agreement.
  return kind === 'standard' ? 'new' : 'authorize'
}
