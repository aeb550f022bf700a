import type { StatusName } from '../../ui/status-badge.tsx'

/** Something with a status, on one of the two days. */
export type Standing = {
  readonly id: string
  readonly title: { readonly ja: string; readonly en: string }
  readonly status: StatusName
}

/** What stands elsewhere than it did; null on the side of a day on which it did not exist. */
export type Difference = {
  readonly id: string
  readonly title: Standing['title']
  readonly before: StatusName | null
  readonly after: StatusName | null
}

/** Not to know any more is no improvement on knowing that it does not hold, and no decline. */
const ranks: Readonly<Record<StatusName, number>> = {
  'not-met': 0,
  'not-proven': 0,
  met: 1,
  'not-applicable': 1,
}

/** What changed between two days; what became worse comes first. */
export function differences(
  before: readonly Standing[],
  after: readonly Standing[],
): readonly Difference[] {
  const was = new Map(before.map((one) => [one.id, one]))
  const is = new Map(after.map((one) => [one.id, one]))
  const changed = after
    .filter((one) => was.get(one.id)?.status !== one.status)
    .map(({ id, title, status }) => ({
      id,
      title,
      before: was.get(id)?.status ?? null,
      after: status,
    }))
  const gone = before
    .filter((one) => !is.has(one.id))
    .map(({ id, title, status }) => ({ id, title, before: status, after: null }))
  return [...changed, ...gone].toSorted((a, b) => direction(a) - direction(b))
}

/** Negative when it became worse, positive when better, 0 when that cannot be said. */
export function direction({ before, after }: Pick<Difference, 'before' | 'after'>): number {
  if (before === null || after === null) return 0
  return ranks[after] - ranks[before]
}
