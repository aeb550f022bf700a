import { z } from 'zod'
import { hostId, loginName, person, sha256 } from '../customers/words.ts'
import { signature } from '../signature.ts'
import { planned } from './plan.ts'
import { approvalRoles, changeId, keyId, outcomes, sessionId } from './words.ts'

const instant = z.iso.datetime()
const reason = z.string().min(1).max(2_000)
const note = z.string().max(4_000)
const revision = z.int().min(1).max(1_000)
const roster = z.strictObject({ version: z.int().min(0), digest: sha256 })
/** The exact thing that a deed is about. */
const bound = { change: changeId, revision, requestHash: sha256 }

const requested = z.strictObject({ type: z.literal('work.requested.v1'), ...planned })
/** A new revision: whatever was approved before is void. */
const revised = z.strictObject({ type: z.literal('work.revised.v1'), ...planned })
const submitted = z.strictObject({ type: z.literal('work.submitted.v1'), ...bound })

/** Somebody who did not ask for it, and will not do it, has judged the risk. */
const assessed = z.strictObject({ type: z.literal('work.assessed.v1'), ...bound, note, signature })

const approved = z.strictObject({
  type: z.literal('work.approved.v1'),
  ...bound,
  role: z.enum(approvalRoles),
  /** The customer's roster at this position of the log; null when one of ours approves. */
  roster: roster.nullable(),
  signature,
})
const refused = z.strictObject({
  type: z.literal('work.refused.v1'),
  ...bound,
  role: z.enum(['assessor', ...approvalRoles]),
  reason,
  signature,
})
const scheduled = z.strictObject({ type: z.literal('work.scheduled.v1'), ...bound })
const approvalVoided = z.strictObject({
  type: z.literal('work.approval-voided.v1'),
  ...bound,
  person,
  why: z.enum(['withdrawn', 'no-longer-entitled', 'too-old']),
  reason: reason.nullable(),
})

/** The executor begins: from here on credentials are given out. */
const started = z.strictObject({
  type: z.literal('work.started.v1'),
  ...bound,
  roster,
  /** Contacts who were told before, of an emergency; empty otherwise. */
  notified: z.array(person).max(200),
  /** Until when the customer looks back at an emergency. */
  reviewBy: z.iso.date().nullable(),
})
const suspended = z.strictObject({
  type: z.literal('work.suspended.v1'),
  change: changeId,
  why: z.enum(['customer', 'in-house', 'contact-removed', 'agreement-stopped', 'freeze']),
  reason,
})
const cancelled = z.strictObject({
  type: z.literal('work.cancelled.v1'),
  change: changeId,
  reason,
})
const expired = z.strictObject({ type: z.literal('work.expired.v1'), change: changeId })

const finished = z.strictObject({
  type: z.literal('work.finished.v1'),
  change: changeId,
  outcome: z.enum(outcomes),
  note,
})
/** Somebody who did not do it has held what was done against what was approved. */
const reviewed = z.strictObject({
  type: z.literal('work.reviewed.v1'),
  ...bound,
  conclusion: z.enum(['as-approved', 'deviation']),
  note,
  signature,
})
/** The customer's look back at an emergency. */
const answered = z.strictObject({
  type: z.literal('work.emergency-answered.v1'),
  ...bound,
  conclusion: z.enum(['accepted', 'objected']),
  note,
  roster,
  signature,
})
const closed = z.strictObject({
  type: z.literal('work.closed.v1'),
  change: changeId,
  /** Pre-approved work is looked at by sample. */
  why: z.enum(['reviewed', 'not-sampled']),
})

/** A credential exists from this entry on and not before; the entry's index is its serial. */
const credentialIssued = z.strictObject({
  type: z.literal('work.credential-issued.v1'),
  ...bound,
  kind: z.enum(['ssh', 'aws']),
  keyId,
  person,
  /** `db1.acme`; an AWS account's number for a cloud session. */
  host: z.union([hostId, z.string().regex(/^[0-9]{12}$/)]),
  principals: z
    .array(z.string().regex(/^[a-z0-9._:/+=,@A-Z-]{1,130}$/))
    .min(1)
    .max(5),
  /** A line of a `.pub` file without its comment; null for a cloud session. */
  publicKey: z
    .string()
    .regex(/^[a-z0-9@.-]{4,60} [A-Za-z0-9+/]{40,700}={0,2}$/)
    .nullable(),
  sourceAddress: z
    .string()
    .regex(/^[0-9a-fA-F.:/]{2,50}$/)
    .nullable(),
  validAfter: instant,
  validBefore: instant,
})
const credentialRevoked = z.strictObject({
  type: z.literal('work.credential-revoked.v1'),
  change: changeId,
  keyId,
  reason,
})

/** A session begins with this entry; its index is the serial of the inner hop's certificate. */
const sessionOpened = z.strictObject({
  type: z.literal('work.session-opened.v1'),
  change: changeId,
  session: sessionId,
  keyId,
  host: hostId,
  account: loginName,
  hopKey: z.string().regex(/^[a-z0-9@.-]{4,60} [A-Za-z0-9+/]{40,700}={0,2}$/),
  sourceAddress: z.string().regex(/^[0-9a-fA-F.:]{2,45}$/),
})
const sessionEnded = z.strictObject({
  type: z.literal('work.session-ended.v1'),
  change: changeId,
  session: sessionId,
  reason: z.enum(['closed', 'expired', 'revoked', 'limit', 'disk', 'interrupted', 'connection']),
  exitStatus: z.int().min(0).max(255).nullable(),
  /** Null when it could not be closed: a session without a recording is a finding. */
  recording: z
    .strictObject({ bytes: z.int().min(0), links: z.int().min(0), head: sha256 })
    .nullable(),
})
const recordingWatched = z.strictObject({
  type: z.literal('work.recording-watched.v1'),
  change: changeId,
  session: sessionId,
})

export const workEvent = z.discriminatedUnion('type', [
  requested,
  revised,
  submitted,
  assessed,
  approved,
  refused,
  scheduled,
  approvalVoided,
  started,
  suspended,
  cancelled,
  expired,
  finished,
  reviewed,
  answered,
  closed,
  credentialIssued,
  credentialRevoked,
  sessionOpened,
  sessionEnded,
  recordingWatched,
])
export type WorkEvent = z.infer<typeof workEvent>
/** The event of that name. */
export type WorkEventOf<T extends string> = Extract<WorkEvent, { type: `work.${T}.v1` }>
