import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'

/** Crockford's base 32, lower case, as every id here has it. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * The id of the n-th time that a check found a rule broken for a subject. It follows from what it is
 * about, so a page can show, and somebody can answer, an exception that no job has recorded yet, and
 * recording it twice is impossible.
 */
export function exceptionId(check: string, subject: string, occurrence: number): string {
  const digest = createHash('sha256')
    .update(canonicalJson([check, subject, occurrence]))
    .digest()
  return `exc_${Array.from(digest.subarray(0, 26), (byte) => alphabet[byte % 32]).join('')}`
}

/** What somebody accepts is one exact answer; its digest stands in what they sign. */
export type Answer = {
  /** SHA-256 of the cause and the plan, which are kept as a blob. */
  readonly words: string
  readonly owner: string
  readonly due: string
}

export function answerDigest({ words, owner, due }: Answer): string {
  return createHash('sha256').update(canonicalJson({ words, owner, due })).digest('hex')
}

/** The person whom a subject names. */
export function personIn(subject: string): string | null {
  return /\bper_[0-9a-z]{26}\b/.exec(subject)?.[0] ?? null
}
