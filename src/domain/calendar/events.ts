import { z } from 'zod'
import { agreementId, customerCode, person, systemId } from '../customers/words.ts'
import { changeId, triggerId } from '../work/words.ts'

const instant = z.iso.datetime()
const reason = z.string().min(1).max(500)
export const freezeId = z.string().regex(/^frz_[0-9a-z]{26}$/)

/** Nothing but emergencies is begun in this time: everywhere, at a customer, or for some systems. */
const frozen = z.strictObject({
  type: z.literal('calendar.frozen.v1'),
  freeze: freezeId,
  /** Null: for all customers. */
  customer: customerCode.nullable(),
  /** Empty: all of the customer's. */
  systems: z.array(systemId).max(50),
  from: instant,
  until: instant,
  reason,
  /** A contact of the customer, or one of ours. */
  side: z.enum(['house', 'customer']),
})
const thawed = z.strictObject({
  type: z.literal('calendar.thawed.v1'),
  freeze: freezeId,
  reason,
})

/** A monitor has seen something: agreed work may stand on it, once. */
const signalled = z.strictObject({
  type: z.literal('calendar.signalled.v1'),
  signal: triggerId,
  customer: customerCode,
  /** As the agreement calls the source. */
  source: z.string().min(1).max(200),
  /** The monitor's own name for what it saw. */
  reference: z.string().min(1).max(200),
})

/** A run of agreed work began; it counts against the agreement's limit. */
const runBegun = z.strictObject({
  type: z.literal('calendar.run-begun.v1'),
  change: changeId,
  agreement: agreementId,
  signal: triggerId.nullable(),
})

/** An emergency began; the customer looks back at it by that day. */
const emergencyBegun = z.strictObject({
  type: z.literal('calendar.emergency-begun.v1'),
  change: changeId,
  executors: z.array(person).min(1).max(10),
  reviewBy: z.iso.date(),
})
const emergencySettled = z.strictObject({
  type: z.literal('calendar.emergency-settled.v1'),
  change: changeId,
  conclusion: z.enum(['accepted', 'objected']),
})

export const calendarEvent = z.discriminatedUnion('type', [
  frozen,
  thawed,
  signalled,
  runBegun,
  emergencyBegun,
  emergencySettled,
])
export type CalendarEvent = z.infer<typeof calendarEvent>
export type CalendarEventOf<T extends string> = Extract<CalendarEvent, { type: `calendar.${T}.v1` }>
