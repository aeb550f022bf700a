import { rosterDigest, type Roster } from '../customers/roster.ts'
import type { Planned } from './plan.ts'
import type { ApprovalRole } from './words.ts'

/** Where a signature stands on the customer's roster. */
export type RosterMark = { readonly version: number; readonly digest: string }

export function rosterMark(roster: Roster): RosterMark {
  return { version: roster.version, digest: rosterDigest(roster) }
}

/** Whose approval each kind of change needs. */
export const approverOf = {
  normal: 'customer',
  standard: 'checker',
  emergency: 'duty-officer',
} as const satisfies Record<Planned['kind'], ApprovalRole>

/** How many different persons: two contacts for what destroys, two officers for an emergency. */
export function approvalsNeeded({ kind, risk }: Pick<Planned, 'kind' | 'risk'>): number {
  if (kind === 'emergency') return 2
  return kind === 'normal' && risk === 'destructive' ? 2 : 1
}

export type WorkDecision =
  | {
      readonly act: 'assess-work'
      readonly decision: 'assessed' | 'refused'
      readonly note: string
    }
  | { readonly act: 'check-work'; readonly decision: 'approved' | 'refused'; readonly note: string }
  | {
      readonly act: 'answer-work'
      readonly decision: 'approved' | 'refused'
      readonly note: string
    }
  | {
      readonly act: 'review-work'
      readonly decision: 'as-approved' | 'deviation'
      readonly note: string
    }
  | {
      readonly act: 'review-emergency'
      readonly decision: 'accepted' | 'objected'
      readonly note: string
    }

/** In whose name a deed is signed. */
export type SigningRole = ApprovalRole | 'assessor' | 'reviewer'

/**
 * What is signed, apart from who, where, when and once, which every statement of this program names:
 * the exact revision by its hash, and in the clear what somebody has to see to know what that is.
 */
export function workStatement(
  plan: Planned,
  decision: WorkDecision,
  role: SigningRole,
  roster: RosterMark | null,
) {
  const { change, revision, customer, kind, requestHash, risk, systems, window, model } = plan
  return {
    ...decision,
    change,
    revision,
    customer,
    kind,
    requestHash,
    risk,
    systems,
    targets: plan.targets.map(({ host, account }) => `${host}:${account}`),
    cloud: plan.cloud.map(({ number, role: cloudRole }) => `${number}:${cloudRole}`),
    window: { from: window.from, until: window.until },
    executors: plan.executors,
    model:
      model === null
        ? null
        : { agreement: model.agreement, version: model.version, document: model.document },
    role,
    roster: roster === null ? null : { version: roster.version, digest: roster.digest },
  }
}
