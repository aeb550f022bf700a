import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Views } from '../ports.ts'
import type { Ask, Engine, Handled, Meta } from './engine.ts'

/** What was read, and which streams it was read of. */
export type Prepared = { readonly asks: readonly Ask[]; readonly streams: readonly string[] }

/** Every retry has read what moved the last time; more than these and something writes all the time. */
const triesMax = 10

/**
 * Decides on facts of other streams as if they had been read under the lock: `prepare` reads them
 * and says which streams they are of; when one of those has moved before the decision, nothing is
 * decided and everything is read again. The ledger's size is taken before the reading, so what is
 * read may be newer, never older, than what is promised.
 */
export async function decideGiven(
  engine: Engine,
  prepare: (views: Views) => Promise<Prepared | Refused>,
  meta: Omit<Meta, 'given'>,
): Promise<Handled | Refused> {
  for (let tries = 0; tries < triesMax; tries++) {
    const views = await engine.views()
    const { size } = views
    const prepared = await prepare(views)
    if (isRefused(prepared)) return prepared
    const { asks, streams } = prepared
    const answer = await engine.transact(asks, { ...meta, given: { size, streams } })
    if (!isRefused(answer) || answer.refused !== 'facts-moved') return answer
  }
  return refuse('facts-moved')
}
