import { useElementSize } from '@mantine/hooks'
import { useId, useState } from 'react'
import type { MouseEvent, PointerEvent } from 'react'
import { useFormat, useMessages } from '../messages/language.tsx'
import { Mark } from './mark.tsx'
import type { Band, Box, TrendPoint } from './trend-shape.ts'
import {
  bandPath,
  bands,
  countTicks,
  dayX,
  highest,
  inBand,
  monthTicks,
  pointAt,
} from './trend-shape.ts'
import { TrendTable } from './trend-table.tsx'

const margin = { top: 8, right: 10, bottom: 24, left: 34 }
const tickWidth = 74

type Props = {
  /** What is counted. */
  readonly label: string
  readonly points: readonly TrendPoint[]
  /** Looks at a day: the whole application then shows it. */
  readonly onPick?: (day: string) => void
  readonly height?: number
}

/**
 * Met, not proven and not met over time. Colours and patterns both tell the bands apart; arrow
 * keys walk through the days; the same numbers are there as a table.
 */
export function TrendChart({ label, points, onPick, height = 220 }: Props) {
  const t = useMessages().ui
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className="trend">
      <figcaption className="trend-head">
        <ul className="status-legend">
          {bands.map((band) => (
            <li key={band} className="legend-item">
              <Mark sign={band} />
              {t.status[band]}
            </li>
          ))}
        </ul>
        <button
          type="button"
          className="quiet-button"
          onClick={() => {
            setAsTable(!asTable)
          }}
        >
          {asTable ? t.chart.asChart : t.chart.asTable}
        </button>
      </figcaption>
      {asTable ? (
        <TrendTable label={label} points={points} onPick={onPick} />
      ) : (
        <Plot label={label} points={points} onPick={onPick} height={height} />
      )}
    </figure>
  )
}

type PlotProps = {
  readonly label: string
  readonly points: readonly TrendPoint[]
  readonly onPick: ((day: string) => void) | undefined
  readonly height: number
}

function Plot({ label, points, onPick, height }: PlotProps) {
  const { ref, width } = useElementSize()
  const [at, setAt] = useState<number | null>(null)
  const box = {
    width: Math.max(0, width - margin.left - margin.right),
    height: height - margin.top - margin.bottom,
  }
  const point = at === null ? undefined : points[at]
  const x = point === undefined ? 0 : dayX(point.day, points, box)
  return (
    <div ref={ref} className="plot">
      {width > 0 && (
        <svg width={width} height={height} aria-hidden>
          <Grid points={points} box={box} />
          <g transform={`translate(${margin.left} ${margin.top})`}>
            <Bands points={points} box={box} />
            {point !== undefined && (
              <line className="plot-cursor" x1={x} x2={x} y1="0" y2={box.height} />
            )}
          </g>
        </svg>
      )}
      <Walk label={label} points={points} box={box} at={at} onAt={setAt} onPick={onPick} />
      {point !== undefined && <Told point={point} left={margin.left + x} width={width} />}
    </div>
  )
}

type WalkProps = {
  readonly label: string
  readonly points: readonly TrendPoint[]
  readonly box: Box
  readonly at: number | null
  readonly onAt: (at: number | null) => void
  readonly onPick: ((day: string) => void) | undefined
}

/** Lies over the plot, unseen: a slider that pointer, arrow keys and screen readers all know. */
function Walk({ label, points, box, at, onAt, onPick }: WalkProps) {
  const t = useMessages().ui
  const format = useFormat()
  const last = Math.max(0, points.length - 1)
  const under = (event: PointerEvent | MouseEvent<HTMLInputElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left + margin.left
    return pointAt(event.clientX - left, points, box)
  }
  const told = points[at ?? last]
  return (
    <input
      type="range"
      className={onPick === undefined ? 'plot-walk' : 'plot-walk plot-pick'}
      aria-label={label}
      aria-valuetext={told === undefined ? '' : spoken(told, t.status, format)}
      min={0}
      max={last}
      value={at ?? last}
      onChange={(event) => {
        onAt(Number(event.currentTarget.value))
      }}
      onPointerMove={(event) => {
        const found = under(event)
        onAt(found === undefined ? null : points.indexOf(found))
      }}
      onPointerLeave={() => {
        onAt(null)
      }}
      onBlur={() => {
        onAt(null)
      }}
      onClick={(event) => {
        const found = under(event)
        if (found !== undefined) onPick?.(found.day)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && told !== undefined) onPick?.(told.day)
      }}
    />
  )
}

function Grid({ points, box }: { readonly points: readonly TrendPoint[]; readonly box: Box }) {
  const format = useFormat()
  const top = highest(points)
  const months = monthTicks(points, box.width / tickWidth)
  return (
    <g className="plot-grid" transform={`translate(${margin.left} ${margin.top})`}>
      {countTicks(top).map((count) => {
        const y = box.height - (count / top) * box.height
        return (
          <g key={count}>
            <line x1="0" x2={box.width} y1={y} y2={y} />
            <text x="-8" y={y + 4} textAnchor="end">
              {format.number(count)}
            </text>
          </g>
        )
      })}
      {months.map((day, at) => (
        <text key={day} x={dayX(day, points, box)} y={box.height + 18} textAnchor="middle">
          {format.monthAfter(day, months[at - 1])}
        </text>
      ))}
    </g>
  )
}

function Bands({ points, box }: { readonly points: readonly TrendPoint[]; readonly box: Box }) {
  const id = useId()
  return (
    <>
      <defs>
        <pattern
          id={`${id}hatch`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" className="band-not-met" />
          <line x1="0" x2="0" y1="0" y2="6" className="band-line" />
        </pattern>
        <pattern id={`${id}dots`} width="7" height="7" patternUnits="userSpaceOnUse">
          <rect width="7" height="7" className="band-not-proven" />
          <circle cx="2" cy="2" r="0.9" className="band-dot" />
        </pattern>
      </defs>
      {bands.map((band) => (
        <path key={band} className={`band-${band}`} d={bandPath(points, band, box)} />
      ))}
      <path fill={`url(#${id}dots)`} d={bandPath(points, 'not-proven', box)} />
      <path fill={`url(#${id}hatch)`} d={bandPath(points, 'not-met', box)} />
    </>
  )
}

type ToldProps = { readonly point: TrendPoint; readonly left: number; readonly width: number }

function Told({ point, left, width }: ToldProps) {
  const t = useMessages().ui
  const format = useFormat()
  const side = left > width / 2 ? 'plot-told plot-told-left' : 'plot-told'
  return (
    <div className={side} style={{ left }} aria-hidden>
      <strong>{format.day(point.day)}</strong>
      {bands.toReversed().map((band) => (
        <span key={band} className="legend-item">
          <Mark sign={band} /> {t.status[band]}{' '}
          <span className="figure">{format.number(inBand(point, band))}</span>
        </span>
      ))}
    </div>
  )
}

function spoken(
  point: TrendPoint,
  words: Readonly<Record<Band, string>>,
  format: ReturnType<typeof useFormat>,
): string {
  const counts = bands.map((band) => `${words[band]} ${format.number(inBand(point, band))}`)
  return `${format.day(point.day)}: ${format.list(counts)}`
}
