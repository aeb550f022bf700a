import { z } from 'zod'
import { signature } from '../signature.ts'

const exception = z.string().regex(/^exc_[0-9a-z]{26}$/)
const person = z.string().regex(/^per_[0-9a-z]{26}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const words = z.string().min(1).max(4_000)
const code = z.string().min(1).max(100)

/**
 * A check found its rule broken. Strangers read the ledger, so whom or what it is about stands in a
 * blob (`exceptionDetails`), several of them in one: this is the one at `place`.
 */
const opened = z.strictObject({
  type: z.literal('exceptions.opened.v1'),
  exception,
  check: z.string().regex(/^[a-z0-9-]{3,60}$/),
  /** The how manieth time, from 1. */
  occurrence: z.int().min(1),
  /** A reason code of the check. */
  reason: code,
  /** Index of the entry that shows it, when the check names one. */
  observation: z.int().min(0).nullable(),
  /** The person whom the subject names, if any. */
  person: person.nullable(),
  details: sha256,
  place: z.int().min(0),
})

/** Canonical JSON in a blob. The name of a person is never in it: it is looked up by their id. */
export const exceptionDetails = z.array(
  z.strictObject({
    subject: z.string().min(1).max(2_000),
    label: z.string().min(1).max(500).nullable(),
  }),
)

/** The rule is still broken, in another way. An acceptance of the former reason ends with it. */
const changed = z.strictObject({
  type: z.literal('exceptions.changed.v1'),
  exception,
  from: code,
  to: code,
  observation: z.int().min(0).nullable(),
  answered: z.boolean(),
})

/**
 * A later look at the views showed it gone: the rule holds again (`rule-holds`), or what it was
 * about is no longer there (`subject-gone`). Nobody closes one by hand.
 */
const fixed = z.strictObject({
  type: z.literal('exceptions.fixed.v1'),
  exception,
  because: z.enum(['rule-holds', 'subject-gone']),
  /** Number of entries of the ledger at which that was seen. */
  size: z.int().min(0),
})

const answered = z.strictObject({
  type: z.literal('exceptions.answered.v1'),
  exception,
  /** Of the cause and the plan, a blob (`answerWords`). */
  words: sha256,
  owner: person,
  due: z.iso.date(),
  /** The cause of what is fixed already may still be told. */
  standing: z.enum(['open', 'fixed']),
})

/** Why it happened and what will be done, as canonical JSON in a blob. */
export const answerWords = z.strictObject({ cause: words, plan: words })

/** Borne until that day, inclusive, by whoever the entry is by. It changes no status. */
const accepted = z.strictObject({
  type: z.literal('exceptions.accepted.v1'),
  exception,
  until: z.iso.date(),
  reason: words,
  /** What exactly was accepted: the finding's reason code, and the digest of the answer to it. */
  finding: code,
  answer: sha256,
  signature,
})

export const exceptionsEvent = z.discriminatedUnion('type', [
  opened,
  changed,
  fixed,
  answered,
  accepted,
])
export type ExceptionsEvent = z.infer<typeof exceptionsEvent>
