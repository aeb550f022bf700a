import { z } from 'zod'
import { signature } from '../signature.ts'

const criterion = z.string().regex(/^[A-Z]{1,2}[0-9]\.[0-9]$/)
const reason = z.string().min(1).max(4_000)

/** Decided, by signature, that a criterion in scope does not apply here. The reason is printed. */
const excluded = z.strictObject({
  type: z.literal('criteria.excluded.v1'),
  criterion,
  reason,
  signature,
})

/** The decision was taken back. */
const included = z.strictObject({ type: z.literal('criteria.included.v1'), criterion, reason })

export const criteriaEvent = z.discriminatedUnion('type', [excluded, included])
export type CriteriaEvent = z.infer<typeof criteriaEvent>
