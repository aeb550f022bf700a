import type { Path } from '../paths.ts'
import { useFormat, useMessages } from '../messages/language.tsx'
import { PageLink } from './link.tsx'
import { Mark } from './mark.tsx'
import type { StatusName } from './status-badge.tsx'

export type Tally = {
  readonly met: number
  readonly notMet: number
  readonly notProven: number
  readonly notApplicable: number
}

type Part = { readonly status: StatusName; readonly count: number }

/** The four counts in the order in which they are always shown. */
function tallyParts(tally: Tally): readonly Part[] {
  return [
    { status: 'met', count: tally.met },
    { status: 'not-met', count: tally.notMet },
    { status: 'not-proven', count: tally.notProven },
    { status: 'not-applicable', count: tally.notApplicable },
  ]
}

type Props = {
  readonly tally: Tally
  /** What is counted, for those who cannot see the bar. */
  readonly label: string
  /** Where a count leads. */
  readonly to?: (status: StatusName) => Path
  readonly legend?: boolean
}

/** Proportions of the statuses as one bar, with its legend in words and numbers. */
export function StatusBar({ tally, label, to, legend = true }: Props) {
  const t = useMessages().ui
  const format = useFormat()
  const parts = tallyParts(tally)
  const total = parts.reduce((sum, part) => sum + part.count, 0)
  const told = parts
    .filter((part) => part.count > 0)
    .map((part) => `${t.status[part.status]} ${format.number(part.count)}`)
  return (
    <div className="status-bar">
      <svg
        className="status-bar-track"
        viewBox="0 0 1000 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: ${told.join(', ')}`}
      >
        <Segments parts={parts} total={total} />
      </svg>
      {legend && (
        <ul className="status-legend">
          {parts
            .filter((part) => part.count > 0 || part.status !== 'not-applicable')
            .map((part) => (
              <li key={part.status}>
                <LegendItem part={part} to={to?.(part.status)} />
              </li>
            ))}
        </ul>
      )}
    </div>
  )
}

function Segments({ parts, total }: { readonly parts: readonly Part[]; readonly total: number }) {
  return (
    <>
      {total === 0 && <rect className="segment segment-none" width="1000" height="10" />}
      {segmentsOf(parts, total).map(({ status, at, width }) => (
        <rect
          key={status}
          className={`segment segment-${status}`}
          x={at}
          width={width}
          height="10"
        />
      ))}
    </>
  )
}

/** Where each part lies on a track of 1,000, with a hair's breadth between them. */
function segmentsOf(parts: readonly Part[], total: number) {
  const gap = 4
  const visible = parts.filter((part) => part.count > 0)
  const room = 1000 - gap * Math.max(visible.length - 1, 0)
  return visible.map(({ status, count }, index) => {
    const before = visible.slice(0, index).reduce((sum, part) => sum + part.count, 0)
    return {
      status,
      at: (before / total) * room + index * gap,
      width: (count / total) * room,
    }
  })
}

function LegendItem({ part, to }: { readonly part: Part; readonly to: Path | undefined }) {
  const t = useMessages().ui
  const format = useFormat()
  const inside = (
    <>
      <Mark sign={part.status} />
      <span>{t.status[part.status]}</span>
      <strong className="figure">{format.number(part.count)}</strong>
    </>
  )
  if (to === undefined) return <span className="legend-item">{inside}</span>
  return (
    <PageLink className="legend-item" to={to}>
      {inside}
    </PageLink>
  )
}
