import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { Check } from '../../domain/check.ts'
import type { Text } from '../../domain/decider.ts'
import type { CheckGap, ProvableStatus } from './judged.ts'
import type { Found, Seen } from './statement.ts'

/** A check together with what its queries gave. */
export type CheckFinding = {
  readonly check: Check
  readonly status: ProvableStatus
  readonly unproven: CheckGap
  readonly population: number
  readonly found: readonly Found[]
  readonly unread: readonly { subject: string; label: string; reason: Text }[]
  readonly lastSeenAt: string | null
  readonly digest: string
}

/** A query of a check says what cannot be: its author's mistake, and never shown as a result. */
class CheckError extends Error {
  override readonly name = 'CheckError'
  readonly code: 'check-subject-twice' | 'check-subject-stray' | 'check-reason-unknown'

  constructor(code: CheckError['code'], check: string, about: readonly string[]) {
    super(`${check}: ${code} (${about.join(', ')})`)
    this.code = code
  }
}

/**
 * One check, judged. Nothing known, nothing recent, nothing to speak of and members that could not
 * be read prove nothing; that is decided before anybody looks whether exceptions were found, except
 * that an exception that was really seen outweighs members that were not.
 *
 * @throws CheckError when the queries contradict each other.
 */
export function judgeCheck(check: Check, seen: Seen, asOf: Date): CheckFinding {
  const { id } = check
  if (seen.twice.length > 0) throw new CheckError('check-subject-twice', id, seen.twice)
  if (seen.strays.length > 0) throw new CheckError('check-subject-stray', id, seen.strays)
  const found = [...seen.exceptions].sort(bySubject)
  const unproven = gapOf(check, seen, asOf)
  return {
    check,
    status: unproven === 'none' ? (found.length > 0 ? 'not-met' : 'met') : 'not-proven',
    unproven,
    population: seen.population,
    found,
    unread: [...seen.unread]
      .sort(bySubject)
      .map((member) => ({ ...member, reason: reasonText(check, member.reason) })),
    lastSeenAt: seen.at === null ? null : new Date(seen.at).toISOString(),
    digest: digestOf(found),
  }
}

/** What a reason code of a check says to people. */
export function reasonText(check: Check, code: string): Text {
  const text = check.reasons[code]
  if (text === undefined) throw new CheckError('check-reason-unknown', check.id, [code])
  return text
}

function gapOf(check: Check, seen: Seen, asOf: Date): CheckGap {
  const { freshness } = check
  if (freshness !== null) {
    if (seen.at === null) return 'no-data'
    const staleAfter = new Date(seen.at).getTime() + freshness.days * dayMs
    if (asOf.getTime() > staleAfter) return 'stale'
  }
  if (seen.population === 0) return 'empty-population'
  if (seen.exceptions.length === 0 && seen.unread.length > 0) return 'unreadable'
  return 'none'
}

const dayMs = 86_400_000

function digestOf(found: readonly Found[]): string {
  const pairs = found.map(({ subject, reason }) => [subject, reason])
  return createHash('sha256').update(canonicalJson(pairs)).digest('hex')
}

/** By code unit, so that no database's or machine's collation has a say. */
function bySubject(one: { readonly subject: string }, other: { readonly subject: string }): number {
  return one.subject < other.subject ? -1 : one.subject > other.subject ? 1 : 0
}
