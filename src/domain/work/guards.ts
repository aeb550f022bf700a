import { may } from '../access/permission.ts'
import { usableAgreement } from '../customers/agreements.ts'
import { faultInValues } from '../customers/parameters.ts'
import { says } from '../customers/roster-at.ts'
import { entitledKey } from '../customers/roster.ts'
import { isOf, type Risk } from '../customers/words.ts'
import { refuse, type Refused } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { PresentChange, WorkRefusal } from './change.ts'
import type { HousePerson, Judge, SigningKey, WorkFacts } from './facts.ts'
import type { PlanDocument, Planned } from './plan.ts'
import {
  approvalsNeeded,
  approverOf,
  rosterMark,
  workStatement,
  type SigningRole,
  type WorkDecision,
} from './statement.ts'
import { limits } from './words.ts'

/**
 * The guards of a change, each a question to the state and to the facts of one position of the log.
 * The decider asks them before an entry is written; whoever verifies asks the very same of the
 * entries alone. A fault is a refusal; null lets pass.
 */
type Fault = Refused<WorkRefusal> | null

const minuteMs = 60_000

/** Whether a plan may be asked for at all. */
export function planFault(document: PlanDocument, facts: WorkFacts, at: string): Fault {
  const { customer, targets, cloud, kind } = document
  if (facts.customer !== 'active') return refuse('work-customer-inactive', customer)
  const scope = [...targets, ...cloud]
  if (scope.length === 0) return refuse('work-scope-empty', 'targets')
  const foreign = [...targets.map(({ host }) => host), ...scope.map(({ system }) => system)].find(
    (id) => !isOf(customer, id),
  )
  if (foreign !== undefined) return refuse('work-scope-foreign', foreign)
  const inactive = scope.find(({ system }) => !facts.systems.has(system))
  if (inactive !== undefined) return refuse('work-system-inactive', inactive.system)
  if (document.steps.trim() === '') return refuse('work-steps-missing', 'steps')
  if (document.rollback.trim() === '' && kind !== 'standard') {
    return refuse('work-rollback-missing', 'rollback')
  }
  return windowFault(document, at) ?? modelFault(document, facts) ?? occasionFault(document)
}

function windowFault({ window, kind }: PlanDocument, at: string): Fault {
  const lengthMs = Date.parse(window.until) - Date.parse(window.from)
  if (lengthMs <= 0) return refuse('work-window-backwards', 'window')
  if (window.until <= at) return refuse('work-window-over', 'window')
  const max = kind === 'emergency' ? limits.emergencyMinutesMax : limits.windowHoursMax * 60
  return lengthMs > max * minuteMs ? refuse('work-window-too-long', 'window') : null
}

function occasionFault({ kind, emergency }: PlanDocument): Fault {
  return (kind === 'emergency') === (emergency !== null)
    ? null
    : refuse('work-emergency-missing', 'emergency')
}

/** Agreed work stays within what the customer signed: where, what, with which values. */
function modelFault(document: PlanDocument, facts: WorkFacts): Fault {
  const { kind, model, targets, cloud, risk } = document
  if ((kind === 'standard') !== (model !== null)) return refuse('work-model-missing', 'model')
  if (model === null) return null
  const usable = usableAgreement(facts.agreement, model, facts.today)
  if ('refused' in usable) return agreementRefusal(usable, model.agreement)
  const agreed = facts.model
  if (agreed === null) return refuse('work-model-missing', 'model')
  const outside = targets.find(
    ({ host, system }) => !agreed.hosts.includes(host) || !agreed.systems.includes(system),
  )
  if (outside !== undefined) return refuse('work-model-differs', outside.host)
  if (cloud.length > 0 || risk !== agreed.risk) return refuse('work-model-differs', 'risk')
  if (model.trigger.kind !== agreed.trigger.kind) return refuse('work-model-differs', 'trigger')
  const value = faultInValues(agreed.parameters, model.parameters)
  return value === null ? null : refuse(`work-${value.fault}`, value.name)
}

const agreementCodes: ReadonlySet<string> = new Set<WorkRefusal>([
  'agreement-unknown',
  'agreement-revoked',
  'agreement-not-in-force',
  'agreement-changed',
  'agreement-suspended',
  'agreement-expired',
  'agreement-resign-overdue',
])

function agreementRefusal(fault: Refused, id: string): Refused<WorkRefusal> {
  return refuse(isAgreementCode(fault.refused) ? fault.refused : 'agreement-not-in-force', id)
}

function isAgreementCode(code: string): code is WorkRefusal & `agreement-${string}` {
  return agreementCodes.has(code)
}

/** Whether the agreement that a plan pins may be used on that day. */
export function agreementFault({ model }: Planned, facts: WorkFacts): Fault {
  if (model === null) return null
  const usable = usableAgreement(facts.agreement, model, facts.today)
  return 'refused' in usable ? agreementRefusal(usable, model.agreement) : null
}

/** Which risk the customer's contact has to be entitled to. */
export function riskOf({ kind, risk }: Pick<Planned, 'kind' | 'risk'>): Risk {
  return kind === 'emergency' ? 'emergency-review' : risk
}

/** Whether this person may judge or approve here at all: per person, whatever account or key. */
export function separationFault(change: PresentChange, by: string): Fault {
  const { plan, authors, hands, approvals } = change
  if (plan.executors.includes(by) || hands.has(by)) return refuse('work-own-execution', by)
  // In an emergency whoever raises the alarm may be one of the two on duty, but never the hand.
  if (plan.kind !== 'emergency' && authors.has(by)) return refuse('work-own-request', by)
  return approvals.some((one) => one.by === by) ? refuse('work-approved-already', by) : null
}

/** The person of ours behind the signature, if what they may do covers this. */
function houseKey(
  facts: WorkFacts,
  by: string,
  credentialId: string,
  role: SigningRole,
): SigningKey | Refused<WorkRefusal> {
  const person = facts.house.get(by)
  if (person === undefined || !isThere(person)) return refuse('work-not-approver', by)
  const permission = role === 'duty-officer' ? 'work.duty' : 'work.approve'
  if (!may(person.role, permission)) return refuse('work-not-approver', by)
  const key = person.keys.find((one) => one.credentialId === credentialId)
  return key ?? refuse('work-signature-invalid', credentialId)
}

function isThere({ active, employed }: HousePerson): boolean {
  return active && employed
}

/**
 * The signature of somebody who may give it, over exactly this: the right person's key at this
 * position of the log, a verified user, and every word of the statement.
 */
export function signatureFault(
  signed: {
    readonly plan: Planned
    readonly by: string
    readonly signature: Signature
    readonly role: SigningRole
    readonly decision: WorkDecision
  },
  facts: WorkFacts,
  judge: Judge,
): Fault {
  const { plan, by, signature, role, decision } = signed
  const isContact = role === 'customer'
  const asked = { systems: plan.systems, risk: riskOf(plan) }
  const { credentialId } = signature
  const key = isContact
    ? entitledKey(facts.roster, { person: by, credentialId }, asked)
    : houseKey(facts, by, credentialId, role)
  if (typeof key === 'string') return refuse(key, by)
  if ('refused' in key) return key
  if (!judge.verifies(signature, key)) return refuse('work-signature-invalid', by)
  const roster = isContact ? rosterMark(facts.roster) : null
  const expected = {
    ...workStatement(plan, decision, role, roster),
    signer: by,
    origin: key.origin,
  }
  return says(signature, expected) ? null : refuse('work-statement-other', by)
}

/**
 * Whether what was approved still stands: enough different persons, none of whom asked for it or
 * does it, each still there and entitled, none too long ago.
 */
export function approvalsFault(change: PresentChange, facts: WorkFacts, at: string): Fault {
  const { plan, approvals, authors, assessedBy } = change
  const persons = new Set(approvals.map(({ by }) => by))
  if (persons.size < approvalsNeeded(plan)) return refuse('work-approvals-missing')
  for (const approval of approvals) {
    if (plan.executors.includes(approval.by)) return refuse('work-executor-approved', approval.by)
    if (plan.kind !== 'emergency' && authors.has(approval.by)) {
      return refuse('work-own-request', approval.by)
    }
    if (approval.role !== approverOf[plan.kind]) return refuse('work-not-approver', approval.by)
    const gone = goneFault(change, approval, facts)
    if (gone !== null) return gone
    const ageMs = Date.parse(at) - Date.parse(approval.at)
    if (ageMs > limits.approvalDaysMax * 24 * 60 * minuteMs) {
      return refuse('work-approval-too-old', approval.by)
    }
  }
  if (plan.kind !== 'normal') return null
  if (assessedBy === null) return refuse('work-approvals-missing')
  return plan.executors.includes(assessedBy) || authors.has(assessedBy)
    ? refuse('work-executor-approved', assessedBy)
    : null
}

/** Whether whoever approved may still approve: what was given by a key that is gone is void. */
export function goneFault(
  { plan }: PresentChange,
  approval: PresentChange['approvals'][number],
  facts: WorkFacts,
): Fault {
  const { by, credentialId, role } = approval
  const asked = { systems: plan.systems, risk: riskOf(plan) }
  const key =
    role === 'customer'
      ? entitledKey(facts.roster, { person: by, credentialId }, asked)
      : houseKey(facts, by, credentialId, role)
  return typeof key === 'string' || 'refused' in key ? refuse('work-approver-gone', by) : null
}

/** Whether this person may do the work now: named, there, trained, and not one who approved. */
export function executorFault(change: PresentChange, facts: WorkFacts, by: string): Fault {
  const { plan, approvals, assessedBy } = change
  if (!plan.executors.includes(by)) return refuse('work-not-executor', by)
  if (approvals.some((one) => one.by === by) || assessedBy === by) {
    return refuse('work-executor-approved', by)
  }
  const person = facts.house.get(by)
  if (person === undefined || !isThere(person) || !may(person.role, 'work.write')) {
    return refuse('work-executor-inactive', by)
  }
  return person.trained ? null : refuse('work-executor-untrained', by)
}

/** Everything that must hold for a credential to exist at that instant, apart from the state. */
export function entryFault(change: PresentChange, facts: WorkFacts, by: string, at: string): Fault {
  const { plan } = change
  if (facts.customer !== 'active') return refuse('work-customer-inactive', plan.customer)
  if (at < plan.window.from || at >= plan.window.until) return refuse('work-window-not-open')
  return (
    executorFault(change, facts, by) ??
    approvalsFault(change, facts, at) ??
    agreementFault(plan, facts) ??
    systemFault(plan, facts)
  )
}

function systemFault({ systems }: Planned, facts: WorkFacts): Fault {
  const inactive = systems.find((system) => !facts.systems.has(system))
  return inactive === undefined ? null : refuse('work-system-inactive', inactive)
}
