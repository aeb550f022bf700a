import type { PendingUpdate } from '../../domain/devices/facts.ts'

/** What the observation before knew of a machine's updates. */
export type KnownBefore = {
  readonly observedAt: string
  /** How old its lists were; null when not known. */
  readonly listsAgeDays: number | null
  readonly since: ReadonlyMap<string, Pick<PendingUpdate, 'since' | 'sinceKnown'>>
}

const FRESH_DAYS = 3

/**
 * Since when each update has been pending: package managers do not say. What was pending before
 * stays pending since then, a newer candidate included, for the package has been behind all along.
 * What is new since an observation a few days ago, with fresh lists, became available after that
 * one. Anything else may have been pending for years: then only the day of the first look is known.
 */
export function pendingSince(
  pending: readonly PendingUpdate[],
  before: KnownBefore | null,
  at: string,
): PendingUpdate[] {
  const sawAll = before !== null && wasFresh(before, at)
  return pending.map((update) => {
    const known = before?.since.get(update.package)
    if (known !== undefined && known.since !== null) return { ...update, ...known }
    if (update.since !== null) return update
    const since = sawAll ? before.observedAt : at
    return { ...update, since, sinceKnown: sawAll }
  })
}

function wasFresh(before: KnownBefore, at: string): boolean {
  const { observedAt, listsAgeDays } = before
  const agoDays = (Date.parse(at) - Date.parse(observedAt)) / 86_400_000
  return agoDays <= FRESH_DAYS && listsAgeDays !== null && listsAgeDays <= FRESH_DAYS
}
