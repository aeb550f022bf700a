import { z } from 'zod'

/**
 * A change's number is its id everywhere: pages, mail, certificates (as the beginning of the key id)
 * and AWS (as SourceIdentity). No slash, blank or newline can be written in it.
 */
export const changeId = z.string().regex(/^CHG-[0-9]{4}-[0-9]{4,6}$/)
export const sessionId = z.string().regex(/^ses_[0-9a-z]{26}$/)
export const triggerId = z.string().regex(/^trg_[0-9a-z]{26}$/)
/** `CHG-2026-0001.1.2`: the change, which of its executors, which of its credentials. */
export const keyId = z.string().regex(/^CHG-[0-9]{4}-[0-9]{4,6}\.[0-9]{1,2}\.[0-9]{1,4}$/)

export const kinds = ['normal', 'standard', 'emergency'] as const
export type Kind = (typeof kinds)[number]

/** As ITIL tools call them; the last five of an end that is not the planned one. */
export const states = [
  'new',
  'assess',
  'authorize',
  'scheduled',
  'implement',
  'review',
  'closed',
  'rejected',
  'cancelled',
  'expired',
  'suspended',
  'backed-out',
] as const
export type WorkState = (typeof states)[number]

/** States after which nothing happens any more. */
export const endStates: ReadonlySet<WorkState> = new Set([
  'closed',
  'rejected',
  'cancelled',
  'expired',
  'backed-out',
])

/** In whose name somebody approves. */
export const approvalRoles = ['customer', 'checker', 'duty-officer'] as const
export type ApprovalRole = (typeof approvalRoles)[number]

/** How work ended, as whoever did it says. */
export const outcomes = ['done', 'backed-out', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

export const limits = {
  /** An approval that is older opens nothing. */
  approvalDaysMax: 14,
  /** A window of ordinary work. */
  windowHoursMax: 72,
  emergencyMinutesMax: 60,
  /** A certificate or cloud session lives no longer, whatever the window. */
  credentialMinutesMax: 60,
  /** The customer looks back at an emergency within so many business days. */
  reviewBusinessDays: 3,
  executorsMax: 10,
  targetsMax: 200,
  credentialsMax: 500,
} as const
