import { z } from 'zod'
import { day } from '../../../contract/shared.ts'
import { addDays, clampDay } from '../../ui/days.ts'

/** So many of the newest entries are read; the ledger's own page has all. */
export const entriesMax = 500

export const sinceSearch = z.object({ since: day.optional().catch(undefined) })

/**
 * The day to compare with: a week before the day that is shown, unless the address says another.
 * The earliest is the one before the first, at whose end there was nothing yet.
 */
export function sinceOf(said: string | undefined, shown: string, firstDay: string): string {
  return clampDay(said ?? addDays(shown, -7), addDays(firstDay, -1), addDays(shown, -1))
}
