import type { Context } from '../decider.ts'
import type { Change, PresentChange } from './change.ts'
import type { WorkEvent, WorkEventOf } from './events.ts'
import type { Planned } from './plan.ts'
import { waitsIn } from './standing.ts'

export const initialChange: Change = { state: 'absent' }

export function evolveChange(state: Change, event: WorkEvent, context: Context): Change {
  if (event.type === 'work.requested.v1') {
    const { type: _, ...plan } = event
    return state.state === 'absent' ? requested(plan, context.by) : state
  }
  return state.state === 'absent' ? state : evolvePresent(state, event, context)
}

function requested(plan: Planned, by: string): PresentChange {
  return {
    state: plan.kind === 'emergency' ? 'authorize' : 'new',
    plan,
    authors: new Set([by]),
    requestedBy: by,
    assessedBy: null,
    approvals: [],
    startedAt: null,
    stoppedBy: null,
    hands: new Set(),
    reviewBy: null,
    outcome: null,
    reviewedBy: null,
    answer: null,
    credentials: new Map(),
    sessions: new Map(),
  }
}

function evolvePresent(
  now: PresentChange,
  event: Exclude<WorkEvent, { type: 'work.requested.v1' }>,
  { by, at }: Context,
): PresentChange {
  switch (event.type) {
    case 'work.revised.v1': {
      const { type: _, ...plan } = event
      return {
        ...now,
        state: plan.kind === 'emergency' ? 'authorize' : 'new',
        plan,
        authors: new Set(now.authors).add(by),
        assessedBy: null,
        approvals: [],
        stoppedBy: null,
      }
    }
    case 'work.submitted.v1':
      return { ...now, state: 'assess' }
    case 'work.assessed.v1':
      return { ...now, state: 'authorize', assessedBy: by }
    case 'work.approved.v1': {
      const { role, signature } = event
      const approval = { by, role, credentialId: signature.credentialId, at }
      return { ...now, approvals: [...now.approvals, approval] }
    }
    case 'work.refused.v1':
      return { ...now, state: 'rejected' }
    case 'work.scheduled.v1':
      return { ...now, state: 'scheduled' }
    case 'work.approval-voided.v1': {
      const approvals = now.approvals.filter((one) => one.by !== event.person)
      return { ...now, state: waitsIn(now.plan.kind), approvals }
    }
    case 'work.started.v1': {
      const hands = new Set(now.hands).add(by)
      return { ...now, state: 'implement', startedAt: at, reviewBy: event.reviewBy, hands }
    }
    case 'work.suspended.v1':
      return { ...now, state: 'suspended', stoppedBy: event.why }
    case 'work.cancelled.v1':
      return { ...now, state: 'cancelled' }
    case 'work.expired.v1':
      return { ...now, state: 'expired' }
    case 'work.finished.v1':
      return { ...now, state: 'review', outcome: event.outcome }
    case 'work.reviewed.v1':
      return { ...now, reviewedBy: by }
    case 'work.emergency-answered.v1':
      return { ...now, answer: event.conclusion }
    case 'work.closed.v1':
      return { ...now, state: now.outcome === 'backed-out' ? 'backed-out' : 'closed' }
    case 'work.credential-issued.v1':
    case 'work.credential-revoked.v1':
    case 'work.session-opened.v1':
    case 'work.session-ended.v1':
    case 'work.recording-watched.v1':
      return evolveEntering(now, event)
  }
}

type EnteringEvent =
  | WorkEventOf<'credential-issued'>
  | WorkEventOf<'credential-revoked'>
  | WorkEventOf<'session-opened'>
  | WorkEventOf<'session-ended'>
  | WorkEventOf<'recording-watched'>

function evolveEntering(now: PresentChange, event: EnteringEvent): PresentChange {
  switch (event.type) {
    case 'work.credential-issued.v1': {
      const { keyId, person, host, validBefore } = event
      const credentials = new Map(now.credentials)
      credentials.set(keyId, { person, host, validBefore, revoked: false })
      return { ...now, credentials, hands: new Set(now.hands).add(person) }
    }
    case 'work.credential-revoked.v1': {
      const known = now.credentials.get(event.keyId)
      if (known === undefined) return now
      const credentials = new Map(now.credentials).set(event.keyId, { ...known, revoked: true })
      return { ...now, credentials }
    }
    case 'work.session-opened.v1': {
      const { session, keyId } = event
      const opened = { keyId, open: true, recorded: false }
      return { ...now, sessions: new Map(now.sessions).set(session, opened) }
    }
    case 'work.session-ended.v1': {
      const known = now.sessions.get(event.session)
      if (known === undefined) return now
      const ended = { ...known, open: false, recorded: event.recording !== null }
      return { ...now, sessions: new Map(now.sessions).set(event.session, ended) }
    }
    case 'work.recording-watched.v1':
      return now
  }
}
