import { z } from 'zod'

/** Categories of the trust services criteria; security is always in scope. */
export const categories = [
  'security',
  'availability',
  'confidentiality',
  'processing-integrity',
  'privacy',
] as const
export type Category = (typeof categories)[number]

const category = z.enum(categories)
const name = z.string().min(1).max(500)

const setUp = z.strictObject({
  type: z.literal('organisation.set-up.v1'),
  name: z.strictObject({ ja: name, en: name }),
  /** IANA name: days of this organisation begin and end there. */
  timeZone: z.string().min(1).max(60),
  categories: z.array(category).min(1).max(5),
  /** Everything in this ledger is made up, for people to try the program. */
  demonstration: z.boolean(),
})

const scopeChanged = z.strictObject({
  type: z.literal('organisation.scope-changed.v1'),
  from: z.array(category).min(1).max(5),
  to: z.array(category).min(1).max(5),
  reason: z.string().min(1).max(500),
})

export const organisationEvent = z.discriminatedUnion('type', [setUp, scopeChanged])
export type OrganisationEvent = z.infer<typeof organisationEvent>
