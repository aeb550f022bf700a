import type { Category } from '../organisation/events.ts'

/**
 * How many criteria each series of the Trust Services Criteria (2017) has. A published edition never
 * changes, so the ids are constants here and the views stand on entries alone.
 */
const series = [
  ['CC1', 5, 'security'],
  ['CC2', 3, 'security'],
  ['CC3', 4, 'security'],
  ['CC4', 2, 'security'],
  ['CC5', 3, 'security'],
  ['CC6', 8, 'security'],
  ['CC7', 5, 'security'],
  ['CC8', 1, 'security'],
  ['CC9', 2, 'security'],
  ['A1', 3, 'availability'],
  ['C1', 2, 'confidentiality'],
  ['PI1', 5, 'processing-integrity'],
  ['P1', 1, 'privacy'],
  ['P2', 1, 'privacy'],
  ['P3', 2, 'privacy'],
  ['P4', 3, 'privacy'],
  ['P5', 2, 'privacy'],
  ['P6', 7, 'privacy'],
  ['P7', 1, 'privacy'],
  ['P8', 1, 'privacy'],
] as const satisfies readonly (readonly [string, number, Category])[]

/** Every criterion with its category, in the order of the publication. */
export const criterionIds: readonly { readonly id: string; readonly category: Category }[] =
  series.flatMap(([name, count, category]) =>
    Array.from({ length: count }, (_, at) => ({ id: `${name}.${at + 1}`, category })),
  )

const places = new Map(criterionIds.map(({ id }, at) => [id, at]))

export function isCriterion(id: string): boolean {
  return places.has(id)
}

/** The ids that exist, each once, in the order of the publication. */
export function inCriteriaOrder(ids: readonly string[]): string[] {
  const known = [...new Set(ids)].filter(isCriterion)
  return known.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
}
