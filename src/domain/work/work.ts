import { createHash } from 'node:crypto'
import { refuse, type Context, type Refused } from '../decider.ts'
import type {
  Change,
  PresentChange,
  WorkCommand,
  WorkCommandOf,
  WorkDecider,
  WorkDecision,
  WorkRefusal,
} from './change.ts'
import { assess, approve, recheck, refuseWork, withdraw } from './approving.ts'
import type { WorkEvent } from './events.ts'
import { evolveChange, initialChange } from './evolve.ts'
import type { Judge, WorkFacts } from './facts.ts'
import { entryFault, planFault, separationFault, signatureFault } from './guards.ts'
import { endSession, issueCredential, openSession } from './entering.ts'
import { plannedOf, type PlanDocument } from './plan.ts'
import { boundTo, inState } from './standing.ts'
import { rosterMark } from './statement.ts'
import { endStates, limits, type WorkState } from './words.ts'

/**
 * A change in a customer's production, from the request to the look back. Nobody reaches it alone:
 * whoever asks, approves and does it are different persons, every yes is a signature over exactly
 * the revision that stands, and all of it is asked again when the work begins.
 */
export function workDecider(judge: Judge): WorkDecider {
  return {
    initial: initialChange,
    decide(command, state, context) {
      if (command.type === 'request') return request(command, state, context)
      if (state.state === 'absent') return refuse('work-unknown', command.change)
      return decidePresent(command, state, context, judge)
    },
    evolve: evolveChange,
  }
}

function decidePresent(
  command: Exclude<WorkCommand, { type: 'request' }>,
  state: PresentChange,
  context: Context,
  judge: Judge,
): WorkDecision {
  switch (command.type) {
    case 'revise':
      return revise(command, state, context)
    case 'submit':
      return submit(command, state)
    case 'assess':
      return assess(command, state, context, judge)
    case 'approve':
      return approve(command, state, context, judge)
    case 'refuse':
      return refuseWork(command, state, context, judge)
    case 'withdraw':
      return withdraw(command, state, context)
    case 'recheck':
      return recheck(command, state, context)
    case 'suspend':
      return suspend(command, state)
    case 'cancel':
      return cancel(command, state)
    case 'expire':
      return expire(command, state, context)
    case 'start':
      return start(command, state, context)
    case 'finish':
      return finish(command, state)
    case 'review':
      return review(command, state, context, judge)
    case 'answer-emergency':
      return answerEmergency(command, state, context, judge)
    case 'issue-credential':
      return issueCredential(command, state, context)
    case 'revoke-credential': {
      const { change, keyId, reason } = command
      const known = state.credentials.get(keyId)
      if (known === undefined) return refuse('work-credential-unknown', keyId)
      if (known.revoked) return []
      return [{ type: 'work.credential-revoked.v1', change, keyId, reason }]
    }
    case 'open-session':
      return openSession(command, state, context)
    case 'end-session':
      return endSession(command, state)
    case 'watch-recording': {
      const { change, session } = command
      if (!state.sessions.has(session)) return refuse('work-session-unknown', session)
      return [{ type: 'work.recording-watched.v1', change, session }]
    }
  }
}

function request(
  { document, facts, change }: WorkCommandOf<'request'>,
  state: Change,
  { at }: Context,
): WorkDecision {
  if (state.state !== 'absent') return refuse('work-exists', change)
  return wanted('work.requested.v1', document, 1, { facts, at, change })
}

function wanted(
  type: 'work.requested.v1' | 'work.revised.v1',
  document: PlanDocument,
  revision: number,
  { facts, at, change }: { facts: WorkFacts; at: string; change: string },
): WorkDecision {
  if (document.change !== change || document.revision !== revision) {
    return refuse('work-changed', change)
  }
  return planFault(document, facts, at) ?? [{ type, ...plannedOf(document) }]
}

const revisable: readonly WorkState[] = ['new', 'assess', 'authorize', 'scheduled', 'suspended']

/** However small the edit: a new revision, and nothing that was signed before counts for it. */
function revise(
  { document, facts, change }: WorkCommandOf<'revise'>,
  state: PresentChange,
  { at }: Context,
): WorkDecision {
  const wrong = inState(state, revisable) ?? begunFault(state) ?? stopFault(state)
  if (wrong !== null) return wrong
  const { customer, kind, revision } = state.plan
  if (document.customer !== customer || document.kind !== kind) {
    return refuse('work-changed', change)
  }
  return wanted('work.revised.v1', document, revision + 1, { facts, at, change })
}

/** What has once begun ends and is looked back at; it does not become something else. */
function begunFault({ startedAt, state }: PresentChange): Refused<WorkRefusal> | null {
  return startedAt === null ? null : refuse('work-wrong-state', state)
}

/** What the customer stopped goes on only with the customer's own signature. */
function stopFault({ stoppedBy, plan }: PresentChange): Refused<WorkRefusal> | null {
  const isFinal = stoppedBy === 'customer' && plan.kind !== 'normal'
  return isFinal ? refuse('work-wrong-state', 'suspended') : null
}

function submit({ revision }: WorkCommandOf<'submit'>, state: PresentChange): WorkDecision {
  const wrong = inState(state, ['new'])
  if (wrong !== null) return wrong
  if (state.plan.revision !== revision) return refuse('work-changed', state.plan.change)
  if (state.plan.kind !== 'normal') return refuse('work-wrong-state', state.plan.kind)
  return [{ type: 'work.submitted.v1', ...boundTo(state) }]
}

/** Whoever stops something needs nobody's leave. */
function suspend(
  { change, why, reason }: WorkCommandOf<'suspend'>,
  state: PresentChange,
): WorkDecision {
  if (state.state === 'suspended') return []
  const wrong = inState(state, ['assess', 'authorize', 'scheduled', 'implement'])
  return wrong ?? [{ type: 'work.suspended.v1', change, why, reason }]
}

function cancel({ change, reason }: WorkCommandOf<'cancel'>, state: PresentChange): WorkDecision {
  const wrong = inState(state, revisable) ?? begunFault(state)
  return wrong ?? [{ type: 'work.cancelled.v1', change, reason }]
}

function expire(
  { change }: WorkCommandOf<'expire'>,
  state: PresentChange,
  { at }: Context,
): WorkDecision {
  if (endStates.has(state.state) || state.startedAt !== null) return []
  return at < state.plan.window.until ? [] : [{ type: 'work.expired.v1', change }]
}

function start(
  { facts, notified }: WorkCommandOf<'start'>,
  state: PresentChange,
  { by, at }: Context,
): WorkDecision {
  const fault = inState(state, ['scheduled']) ?? entryFault(state, facts, by, at)
  if (fault !== null) return fault
  const { kind } = state.plan
  if (kind === 'normal' && facts.roster.contacts.size === 0) return refuse('work-no-contact')
  if (kind === 'emergency' && notified.length === 0) return refuse('work-customer-not-notified')
  return [
    {
      type: 'work.started.v1',
      ...boundTo(state),
      roster: rosterMark(facts.roster),
      notified: kind === 'emergency' ? [...notified] : [],
      reviewBy: kind === 'emergency' ? reviewDay(facts.today) : null,
    },
  ]
}

export function reviewDay(today: string): string {
  return businessDaysAfter(today, limits.reviewBusinessDays)
}

/** Saturdays and Sundays do not count; holidays do, for every customer has others. */
export function businessDaysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00.000Z`)
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1)
    const weekday = date.getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return date.toISOString().slice(0, 10)
}

function finish(command: WorkCommandOf<'finish'>, state: PresentChange): WorkDecision {
  const { change, outcome, note } = command
  const wrong = inState(state, ['implement', 'suspended'])
  if (wrong !== null) return wrong
  if (state.startedAt === null) return refuse('work-wrong-state', state.state)
  const open = [...state.sessions].find(([, session]) => session.open)
  if (open !== undefined) return refuse('work-session-open', open[0])
  if (outcome !== 'done' && note.trim() === '') return refuse('work-reason-missing', 'note')
  const finished: WorkEvent = { type: 'work.finished.v1', change, outcome, note }
  if (isLookedAt(state, outcome)) return [finished]
  return [finished, { type: 'work.closed.v1', change, why: 'not-sampled' }]
}

const sampledOneIn = 5

/**
 * Everything is looked back at but agreed work that went as usual, of which one in five is: which
 * one follows from the request and the checker's key, so that nobody who does it can choose.
 */
function isLookedAt({ plan, approvals, state }: PresentChange, outcome: string): boolean {
  const usual = plan.kind === 'standard' && plan.model?.unusual === false
  if (!usual || outcome !== 'done' || state === 'suspended') return true
  const drawn = [plan.requestHash, ...approvals.map(({ by, at }) => `${by} ${at}`)].join('\n')
  const digest = createHash('sha256').update(drawn).digest()
  return digest.readUInt32BE(0) % sampledOneIn === 0
}

function review(
  command: WorkCommandOf<'review'>,
  state: PresentChange,
  { by }: Context,
  judge: Judge,
): WorkDecision {
  const { revision, conclusion, note, signature, facts, openFindings } = command
  const wrong = inState(state, ['review'])
  if (wrong !== null) return wrong
  if (revision !== state.plan.revision) return refuse('work-changed', state.plan.change)
  if (state.reviewedBy !== null) return refuse('work-wrong-state', 'review')
  const own = separationFault({ ...state, approvals: [], authors: new Set() }, by)
  if (own !== null) return refuse('work-own-review', by)
  if (openFindings > 0) return refuse('work-findings-open', String(openFindings))
  if (conclusion === 'deviation' && note.trim() === '') return refuse('work-reason-missing', 'note')
  const decision = { act: 'review-work', decision: conclusion, note } as const
  const signed = { plan: state.plan, by, signature, role: 'reviewer', decision } as const
  const fault = signatureFault(signed, facts, judge)
  if (fault !== null) return fault
  const bound = boundTo(state)
  const reviewed: WorkEvent = { type: 'work.reviewed.v1', ...bound, conclusion, note, signature }
  return isAnswered(state) ? [reviewed, closedBy(state)] : [reviewed]
}

function answerEmergency(
  command: WorkCommandOf<'answer-emergency'>,
  state: PresentChange,
  { by }: Context,
  judge: Judge,
): WorkDecision {
  const { revision, conclusion, note, signature, facts } = command
  const wrong = inState(state, ['implement', 'suspended', 'review'])
  if (wrong !== null) return wrong
  if (state.plan.kind !== 'emergency' || state.startedAt === null) {
    return refuse('work-wrong-state', state.plan.kind)
  }
  if (revision !== state.plan.revision) return refuse('work-changed', state.plan.change)
  if (state.answer === 'accepted') return []
  if (conclusion === 'objected' && note.trim() === '') return refuse('work-reason-missing', 'note')
  const decision = { act: 'review-emergency', decision: conclusion, note } as const
  const signed = { plan: state.plan, by, signature, role: 'customer', decision } as const
  const fault = signatureFault(signed, facts, judge)
  if (fault !== null) return fault
  const answered: WorkEvent = {
    type: 'work.emergency-answered.v1',
    ...boundTo(state),
    conclusion,
    note,
    roster: rosterMark(facts.roster),
    signature,
  }
  const isLast = conclusion === 'accepted' && state.state === 'review' && state.reviewedBy !== null
  return isLast ? [answered, closedBy(state)] : [answered]
}

/** An emergency is over when the customer has accepted what was done. */
function isAnswered({ plan, answer }: PresentChange): boolean {
  return plan.kind !== 'emergency' || answer === 'accepted'
}

function closedBy({ plan }: PresentChange): WorkEvent {
  return { type: 'work.closed.v1', change: plan.change, why: 'reviewed' }
}
