import { refuse, type Context } from '../decider.ts'
import type { PresentChange, WorkCommandOf, WorkDecision } from './change.ts'
import type { WorkEvent } from './events.ts'
import type { Judge } from './facts.ts'
import { agreementFault, goneFault, separationFault, signatureFault } from './guards.ts'
import { boundTo, inState, waitsIn } from './standing.ts'
import { approvalsNeeded, approverOf, rosterMark } from './statement.ts'
import { limits, type WorkState } from './words.ts'

export function assess(
  { revision, note, signature, facts }: WorkCommandOf<'assess'>,
  state: PresentChange,
  { by }: Context,
  judge: Judge,
): WorkDecision {
  const wrong = inState(state, ['assess'])
  if (wrong !== null) return wrong
  const { plan } = state
  if (revision !== plan.revision) return refuse('work-changed', plan.change)
  const decision = { act: 'assess-work', decision: 'assessed', note } as const
  const signed = { plan, by, signature, role: 'assessor', decision } as const
  const fault = separationFault(state, by) ?? signatureFault(signed, facts, judge)
  return fault ?? [{ type: 'work.assessed.v1', ...boundTo(state), note, signature }]
}

export function approve(
  { revision, signature, facts }: WorkCommandOf<'approve'>,
  state: PresentChange,
  { by, at }: Context,
  judge: Judge,
): WorkDecision {
  const { plan } = state
  const wrong = inState(state, [waitsIn(plan.kind)])
  if (wrong !== null) return wrong
  if (revision !== plan.revision) return refuse('work-changed', plan.change)
  if (plan.window.until <= at) return refuse('work-window-over', 'window')
  const role = approverOf[plan.kind]
  const act = role === 'customer' ? 'answer-work' : 'check-work'
  const decision = { act, decision: 'approved', note: '' } as const
  const signed = { plan, by, signature, role, decision } as const
  const fault =
    separationFault(state, by) ??
    agreementFault(plan, facts) ??
    signatureFault(signed, facts, judge)
  if (fault !== null) return fault
  const roster = role === 'customer' ? rosterMark(facts.roster) : null
  const bound = boundTo(state)
  const approved: WorkEvent = { type: 'work.approved.v1', ...bound, role, roster, signature }
  const persons = new Set([...state.approvals.map((one) => one.by), by])
  if (persons.size < approvalsNeeded(plan)) return [approved]
  return [approved, { type: 'work.scheduled.v1', ...bound }]
}

export function refuseWork(
  { revision, role, reason, signature, facts }: WorkCommandOf<'refuse'>,
  state: PresentChange,
  { by }: Context,
  judge: Judge,
): WorkDecision {
  const { plan } = state
  const expected = role === 'assessor' ? 'assess' : waitsIn(plan.kind)
  const wrong = inState(state, [expected])
  if (wrong !== null) return wrong
  if (role !== 'assessor' && role !== approverOf[plan.kind]) return refuse('work-not-approver', by)
  if (revision !== plan.revision) return refuse('work-changed', plan.change)
  if (reason.trim() === '') return refuse('work-reason-missing', 'reason')
  const act = actOf(role)
  const decision = { act, decision: 'refused', note: reason } as const
  const signed = { plan, by, signature, role, decision } as const
  const fault = separationFault(state, by) ?? signatureFault(signed, facts, judge)
  return fault ?? [{ type: 'work.refused.v1', ...boundTo(state), role, reason, signature }]
}

function actOf(role: WorkCommandOf<'refuse'>['role']) {
  switch (role) {
    case 'assessor':
      return 'assess-work'
    case 'customer':
      return 'answer-work'
    case 'checker':
    case 'duty-officer':
      return 'check-work'
  }
}

const standing: readonly WorkState[] = ['new', 'authorize', 'scheduled']

/**
 * Whoever approved takes it back; a contact of the customer stops whatever is his company's. What
 * runs is stopped at once: no credential is given out from here on, and sessions end.
 */
export function withdraw(
  { change, reason, facts }: WorkCommandOf<'withdraw'>,
  state: PresentChange,
  { by }: Context,
): WorkDecision {
  const own = state.approvals.filter((one) => one.by === by)
  const isContact = facts.roster.contacts.has(by)
  if (own.length === 0 && !isContact) return refuse('work-not-approver', by)
  if (state.state === 'suspended') return []
  if (standing.includes(state.state) && own.length > 0) {
    return [voided(state, by, 'withdrawn', reason)]
  }
  const wrong = inState(state, ['assess', 'authorize', 'scheduled', 'implement'])
  if (wrong !== null) return wrong
  const why = isContact ? 'customer' : 'in-house'
  return [{ type: 'work.suspended.v1', change, why, reason }]
}

/**
 * Approvals of those who are gone, or too old, go with them: work that has not begun waits for new
 * ones. What runs is suspended when the contact was removed for cause or the agreement was stopped;
 * otherwise it finishes.
 */
export function recheck(
  { change, facts }: WorkCommandOf<'recheck'>,
  state: PresentChange,
  { at }: Context,
): WorkDecision {
  if (state.state === 'implement') {
    const removed = state.approvals.find(({ by }) => facts.removedForCause.has(by))
    if (removed !== undefined) {
      return [suspended(change, 'contact-removed', removed.by)]
    }
    const stopped = agreementFault(state.plan, facts)
    return stopped === null ? [] : [suspended(change, 'agreement-stopped', stopped.refused)]
  }
  if (!standing.includes(state.state)) return []
  return state.approvals.flatMap((approval) => {
    if (goneFault(state, approval, facts) !== null) {
      return [voided(state, approval.by, 'no-longer-entitled', null)]
    }
    const ageMs = Date.parse(at) - Date.parse(approval.at)
    const isOld = ageMs > limits.approvalDaysMax * 86_400_000
    return isOld ? [voided(state, approval.by, 'too-old', null)] : []
  })
}

function voided(
  state: PresentChange,
  person: string,
  why: 'withdrawn' | 'no-longer-entitled' | 'too-old',
  reason: string | null,
): WorkEvent {
  return { type: 'work.approval-voided.v1', ...boundTo(state), person, why, reason }
}

function suspended(
  change: string,
  why: 'contact-removed' | 'agreement-stopped',
  reason: string,
): WorkEvent {
  return { type: 'work.suspended.v1', change, why, reason }
}
