import type { Decider } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { WorkEvent, WorkEventOf } from './events.ts'
import type { WorkFacts } from './facts.ts'
import type { PlanDocument, Planned } from './plan.ts'
import type { ApprovalRole, Outcome, WorkState } from './words.ts'

/** Somebody's signed yes to exactly the revision that stands. */
export type Approval = {
  readonly by: string
  readonly role: ApprovalRole
  readonly credentialId: string
  readonly at: string
}

type Credential = {
  readonly person: string
  readonly host: string
  readonly validBefore: string
  readonly revoked: boolean
}
type Session = { readonly keyId: string; readonly open: boolean; readonly recorded: boolean }

/** A change that somebody asked for. */
export type PresentChange = {
  readonly state: WorkState
  readonly plan: Planned
  /** Everybody who wrote a revision of it. */
  readonly authors: ReadonlySet<string>
  readonly requestedBy: string
  readonly assessedBy: string | null
  readonly approvals: readonly Approval[]
  readonly startedAt: string | null
  readonly stoppedBy: WorkEventOf<'suspended'>['why'] | null
  /** Whoever began it, and every person who got a credential. */
  readonly hands: ReadonlySet<string>
  readonly reviewBy: string | null
  readonly outcome: Outcome | null
  readonly reviewedBy: string | null
  readonly answer: 'accepted' | 'objected' | null
  readonly credentials: ReadonlyMap<string, Credential>
  readonly sessions: ReadonlyMap<string, Session>
}

export type Change = { readonly state: 'absent' } | PresentChange

type Of = { readonly change: string }
type WithFacts = { readonly facts: WorkFacts }
type Signed = Of & WithFacts & { readonly revision: number; readonly signature: Signature }

export type WorkCommand =
  | (Of & WithFacts & { readonly type: 'request'; readonly document: PlanDocument })
  | (Of & WithFacts & { readonly type: 'revise'; readonly document: PlanDocument })
  | (Of & { readonly type: 'submit'; readonly revision: number })
  | (Signed & { readonly type: 'assess'; readonly note: string })
  | (Signed & { readonly type: 'approve' })
  | (Signed & {
      readonly type: 'refuse'
      readonly role: WorkEventOf<'refused'>['role']
      readonly reason: string
    })
  | (Of & WithFacts & { readonly type: 'withdraw'; readonly reason: string })
  /** Holds every approval against the facts as they are now. */
  | (Of & WithFacts & { readonly type: 'recheck' })
  | (Of & {
      readonly type: 'suspend'
      readonly why: WorkEventOf<'suspended'>['why']
      readonly reason: string
    })
  | (Of & { readonly type: 'cancel'; readonly reason: string })
  | (Of & { readonly type: 'expire' })
  | (Of & WithFacts & { readonly type: 'start'; readonly notified: readonly string[] })
  | (Of & { readonly type: 'finish'; readonly outcome: Outcome; readonly note: string })
  | (Signed & {
      readonly type: 'review'
      readonly conclusion: WorkEventOf<'reviewed'>['conclusion']
      readonly note: string
      /** Findings about this change that nobody has settled. */
      readonly openFindings: number
    })
  | (Signed & {
      readonly type: 'answer-emergency'
      readonly conclusion: WorkEventOf<'emergency-answered'>['conclusion']
      readonly note: string
    })
  | (Of &
      WithFacts & {
        readonly type: 'issue-credential'
        readonly credential: Omit<
          WorkEventOf<'credential-issued'>,
          'type' | 'change' | 'revision' | 'requestHash' | 'keyId'
        >
      })
  | (Of & { readonly type: 'revoke-credential'; readonly keyId: string; readonly reason: string })
  | (Of & {
      readonly type: 'open-session'
      readonly session: Omit<WorkEventOf<'session-opened'>, 'type' | 'change'>
    })
  | (Of & {
      readonly type: 'end-session'
      readonly end: Omit<WorkEventOf<'session-ended'>, 'type' | 'change'>
    })
  | (Of & { readonly type: 'watch-recording'; readonly session: string })

export type WorkRefusal =
  | 'work-unknown'
  | 'work-exists'
  | 'work-changed'
  | 'work-wrong-state'
  | 'work-customer-inactive'
  | 'work-scope-empty'
  | 'work-scope-foreign'
  | 'work-system-inactive'
  | 'work-rollback-missing'
  | 'work-steps-missing'
  | 'work-window-backwards'
  | 'work-window-over'
  | 'work-window-too-long'
  | 'work-window-not-open'
  | 'work-model-missing'
  | 'work-model-differs'
  | 'work-parameter-missing'
  | 'work-parameter-unknown'
  | 'work-parameter-out-of-bounds'
  | 'work-emergency-missing'
  | 'work-own-request'
  | 'work-own-execution'
  | 'work-approved-already'
  | 'work-not-approver'
  | 'work-approvals-missing'
  | 'work-approval-too-old'
  | 'work-approver-gone'
  | 'work-signature-invalid'
  | 'work-statement-other'
  | 'work-not-executor'
  | 'work-executor-approved'
  | 'work-executor-inactive'
  | 'work-executor-untrained'
  | 'work-no-contact'
  | 'work-customer-not-notified'
  | 'work-session-open'
  | 'work-own-review'
  | 'work-findings-open'
  | 'work-customer-answer-missing'
  | 'work-reason-missing'
  | 'work-credential-scope'
  | 'work-credential-lifetime'
  | 'work-credential-limit'
  | 'work-credential-unknown'
  | 'work-session-unknown'
  | 'work-session-exists'
  | 'agreement-unknown'
  | 'agreement-revoked'
  | 'agreement-not-in-force'
  | 'agreement-changed'
  | 'agreement-suspended'
  | 'agreement-expired'
  | 'agreement-resign-overdue'
  | 'contact-not-on-roster'
  | 'contact-not-entitled'

export type WorkDecider = Decider<WorkCommand, Change, WorkEvent, WorkRefusal>
export type WorkDecision = ReturnType<WorkDecider['decide']>
/** The command of that name. */
export type WorkCommandOf<T extends WorkCommand['type']> = Extract<WorkCommand, { type: T }>
