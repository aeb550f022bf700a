import { z } from 'zod'

const status = z.enum(['met', 'not-met', 'not-proven'])
const count = z.int().min(0)
const tally = z.strictObject({ met: count, notMet: count, notProven: count, notApplicable: count })

/** How one check came out. */
const result = z.strictObject({
  check: z.string().regex(/^[a-z0-9-]{3,60}$/),
  status,
  unproven: z.enum(['no-data', 'stale', 'empty-population', 'unreadable', 'none']),
  population: count,
  /** Members for which the rule did not hold; of them, how many somebody bears by signature. */
  exceptions: count,
  accepted: count,
  /** SHA-256 of the canonical JSON of `[subject, reason]` of every exception, in order. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
})

/**
 * Every check was judged over the first `size` entries at the instant `asOf`. It decides nothing:
 * whoever has the entries can judge them again and must come to the same. It is kept so that the
 * trend can be drawn without doing that for every day, and so that days without a look are seen.
 */
const judged = z.strictObject({
  type: z.literal('checks.judged.v1'),
  size: count,
  asOf: z.iso.datetime(),
  /** The day of `asOf` in the organisation's zone. */
  day: z.iso.date(),
  checks: z.array(result).max(200),
  criteria: tally,
  controls: tally,
  exceptions: z.strictObject({ open: count, answered: count, accepted: count, fixed: count }),
})

export const judgingEvent = judged
export type JudgingEvent = z.infer<typeof judged>
