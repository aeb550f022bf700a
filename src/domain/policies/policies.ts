import { refuse, type Context, type Decider, type Refused } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { PoliciesEvent } from './events.ts'

/** A signature over one version of one policy, bound to its document by digest. */
type Signed = {
  readonly policy: string
  readonly version: number
  readonly document: string
  readonly signature: Signature
}

export type PoliciesCommand =
  | {
      readonly type: 'draft'
      readonly policy: string
      readonly document: string
      readonly title: { readonly ja: string; readonly en: string }
      readonly change: string
      readonly origin: 'starter' | 'own'
      /** The newest version that the author has seen; 0 for a new policy. */
      readonly after: number
    }
  | ({ readonly type: 'approve' } & Signed)
  | ({ readonly type: 'acknowledge' } & Signed)
  | { readonly type: 'withdraw'; readonly policy: string; readonly reason: string }

type Version = { readonly version: number; readonly document: string; readonly author: string }

export type Policy =
  | { readonly state: 'absent' }
  | {
      readonly state: 'kept'
      readonly newest: Version
      readonly inForce: Version | null
      readonly isWithdrawn: boolean
    }

export type PoliciesRefusal =
  | 'policy-unknown'
  | 'policy-changed'
  | 'policy-own'
  | 'policy-withdrawn'
  | 'policy-not-in-force'

/**
 * A policy and its versions. An approval is bound to the digest of what was approved and never comes
 * from its author; a new draft leaves what is in force as it is, and voids what was signed for an
 * older draft.
 */
export const policies: Decider<PoliciesCommand, Policy, PoliciesEvent, PoliciesRefusal> = {
  initial: { state: 'absent' },
  decide(command, now, context) {
    switch (command.type) {
      case 'draft':
        return draft(command, now)
      case 'approve':
        return approve(command, now, context)
      case 'acknowledge': {
        const { type: _, ...signed } = command
        if (now.state === 'absent') return refuse('policy-unknown', command.policy)
        if (!isSame(now.inForce, command)) return refuse('policy-not-in-force', command.policy)
        return [{ type: 'policies.acknowledged.v1', ...signed, person: context.by }]
      }
      case 'withdraw': {
        const { policy, reason } = command
        if (now.state === 'absent') return refuse('policy-unknown', policy)
        return now.isWithdrawn ? [] : [{ type: 'policies.withdrawn.v1', policy, reason }]
      }
    }
  },
  evolve(now, event, { by }) {
    switch (event.type) {
      case 'policies.drafted.v1': {
        const newest = { version: event.version, document: event.document, author: by }
        const inForce = now.state === 'kept' ? now.inForce : null
        return { state: 'kept', newest, inForce, isWithdrawn: false }
      }
      case 'policies.approved.v1':
        return now.state === 'kept' ? { ...now, inForce: now.newest } : now
      case 'policies.withdrawn.v1':
        return now.state === 'kept' ? { ...now, inForce: null, isWithdrawn: true } : now
      case 'policies.reviewed.v1':
      case 'policies.acknowledged.v1':
        return now
    }
  },
}

function draft(
  command: Extract<PoliciesCommand, { type: 'draft' }>,
  now: Policy,
): readonly PoliciesEvent[] | Refused<PoliciesRefusal> {
  const { policy, document, title, change, origin, after } = command
  const newest = now.state === 'kept' ? now.newest : { version: 0, document: null }
  if (after !== newest.version) return refuse('policy-changed', policy)
  const isBack = now.state === 'kept' && now.isWithdrawn
  if (newest.document === document && !isBack) return []
  const version = newest.version + 1
  return [{ type: 'policies.drafted.v1', policy, version, document, title, change, origin }]
}

/** Approves the newest draft; signed for the version in force, it is a review that changes nothing. */
function approve(
  command: Extract<PoliciesCommand, { type: 'approve' }>,
  now: Policy,
  { by }: Context,
): readonly PoliciesEvent[] | Refused<PoliciesRefusal> {
  const { type: _, ...signed } = command
  if (now.state === 'absent') return refuse('policy-unknown', signed.policy)
  if (now.isWithdrawn) return refuse('policy-withdrawn', signed.policy)
  const { newest, inForce } = now
  const isReview = isSame(inForce, signed)
  if (!isReview && !isSame(newest, signed)) return refuse('policy-changed', signed.policy)
  const author = isReview ? inForce?.author : newest.author
  if (author === by) return refuse('policy-own', signed.policy)
  return [{ type: isReview ? 'policies.reviewed.v1' : 'policies.approved.v1', ...signed }]
}

function isSame(version: Version | null, signed: Signed): boolean {
  return version?.version === signed.version && version.document === signed.document
}
