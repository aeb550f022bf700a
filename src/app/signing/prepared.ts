import { createHash } from 'node:crypto'
import type { Refused } from '../../domain/decider.ts'
import type { Handled } from '../engine/engine.ts'

type Outcome = Promise<Handled | Refused>
type Prepared = { readonly person: string; readonly untilMs: number; outcome: Outcome | null }

const preparedMax = 10_000

/**
 * Statements that were worded here and given out to be signed, by the hash of their exact text.
 * Each is carried out once; handing it in again is answered with the first outcome.
 */
export class PreparedStatements {
  readonly #nowMs: () => number
  readonly #kept = new Map<string, Prepared>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  keep(statement: string, person: string, untilMs: number): void {
    for (const [hash, kept] of this.#kept) {
      if (kept.untilMs > this.#nowMs() && this.#kept.size < preparedMax) break
      this.#kept.delete(hash)
    }
    this.#kept.set(hashOf(statement), { person, untilMs, outcome: null })
  }

  /** The outcome of carrying it out, now or before; null when this person was not given it. */
  async once(
    statement: string,
    person: string,
    carryOut: () => Outcome,
  ): Promise<Handled | Refused | null> {
    const kept = this.#kept.get(hashOf(statement))
    if (kept?.person !== person || kept.untilMs <= this.#nowMs()) return null
    if (kept.outcome !== null) return kept.outcome
    kept.outcome = carryOut()
    try {
      return await kept.outcome
    } catch (error) {
      // Nobody knows whether it happened: the same may be tried again, under the same command id.
      kept.outcome = null
      throw error
    }
  }
}

function hashOf(statement: string): string {
  return createHash('sha256').update(statement).digest('hex')
}
