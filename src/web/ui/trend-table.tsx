import { useFormat, useMessages } from '../messages/language.tsx'
import type { Column } from './data-table.tsx'
import { DataTable } from './data-table.tsx'
import type { TrendPoint } from './trend-shape.ts'
import { bands, inBand } from './trend-shape.ts'

type Props = {
  readonly label: string
  readonly points: readonly TrendPoint[]
  readonly onPick: ((day: string) => void) | undefined
}

/** The numbers of the trend, newest first. */
export function TrendTable({ label, points, onPick }: Props) {
  const columns = useColumns(onPick)
  return (
    <div className="trend-table">
      <DataTable
        label={label}
        rows={points}
        columns={columns}
        rowKey={(point) => point.day}
        sortedBy="-day"
        name="trend"
        bare
        empty={null}
      />
    </div>
  )
}

function useColumns(onPick: Props['onPick']): readonly Column<TrendPoint>[] {
  const t = useMessages().ui
  const format = useFormat()
  return [
    {
      key: 'day',
      title: t.chart.day,
      value: (point) => point.day,
      cell: (point) => <DayButton day={point.day} onPick={onPick} />,
    },
    ...bands.map((band) => ({
      key: band,
      title: t.status[band],
      numeric: true,
      cell: (point: TrendPoint) => format.number(inBand(point, band)),
    })),
  ]
}

function DayButton({ day, onPick }: Pick<Props, 'onPick'> & { readonly day: string }) {
  const format = useFormat()
  if (onPick === undefined) return <>{format.day(day)}</>
  return (
    <button
      type="button"
      className="quiet-button"
      onClick={() => {
        onPick(day)
      }}
    >
      {format.day(day)}
    </button>
  )
}
