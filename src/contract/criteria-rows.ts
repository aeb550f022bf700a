import { z } from 'zod'
import {
  cadence,
  category,
  checkId,
  checkStatus,
  controlId,
  criterionId,
  day,
  exceptionId,
  instant,
  ownerRole,
  shown,
  status,
  who,
} from './shared.ts'

/** Rows that several answers about criteria, controls, checks and exceptions show. */
export const tally = z.object({
  met: z.int(),
  notMet: z.int(),
  notProven: z.int(),
  notApplicable: z.int(),
})

export const criterionRow = z.object({
  id: criterionId,
  series: z.string(),
  category,
  title: shown,
  status,
  controls: z.int(),
  /** Open exceptions below it. */
  exceptions: z.int(),
})

export const controlRow = z.object({
  id: controlId,
  title: shown,
  statement: shown,
  /** `library` when adopted unchanged, `edited`, or the organisation's `own`. */
  origin: z.enum(['library', 'edited', 'own']),
  version: z.int(),
  state: z.enum(['adopted', 'retired']),
  ownerRole,
  owner: who.nullable(),
  cadence,
  evidence: z.boolean(),
  checks: z.array(checkId),
  criteria: z.array(criterionId),
  status,
  exceptions: z.int(),
})

/** Why something is not proven. */
export const unproven = z.enum([
  'no-data',
  'stale',
  'empty-population',
  'unreadable',
  'no-controls',
  'no-test',
  'none',
])

export const checkRow = z.object({
  id: checkId,
  title: shown,
  rule: shown,
  status: checkStatus,
  unproven,
  population: z.int(),
  /** Members for which the rule does not hold; `accepted` of them somebody bears by signature. */
  exceptions: z.int(),
  accepted: z.int(),
  cadence,
  lastSeenAt: instant.nullable(),
})

export const exceptionRow = z.object({
  id: exceptionId,
  check: checkId,
  checkTitle: shown,
  subject: z.string(),
  label: z.string(),
  reason: shown,
  state: z.enum(['open', 'answered', 'accepted', 'fixed']),
  openedAt: instant,
  fixedAt: instant.nullable(),
  acceptedUntil: day.nullable(),
  ageDays: z.int(),
})
