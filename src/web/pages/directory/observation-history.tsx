import type { listDirectoryObservations } from '../../../contract/directory.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { When } from '../../ui/when.tsx'

type Row = Output<typeof listDirectoryObservations>[number]

/** Every time that somebody looked, failures included. */
export function ObservationHistory({ observations }: { readonly observations: readonly Row[] }) {
  const t = useMessages().directory
  const columns = useColumns()
  return (
    <DataTable
      label={t.sources.history}
      name="history"
      rows={observations}
      columns={columns}
      rowKey={(row) => String(row.seq)}
      empty={<p className="faint">{t.sources.waiting}</p>}
    />
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages().directory.sources
  const text = useText()
  const format = useFormat()
  const counted = (key: 'added' | 'changed' | 'gone'): Column<Row> => ({
    key,
    title: t[key],
    value: (row) => row[key],
    cell: (row) => (row.outcome === 'failed' ? '—' : format.number(row[key])),
    numeric: true,
    tight: true,
  })
  return [
    {
      key: 'when',
      title: t.when,
      value: (row) => row.at,
      cell: (row) => <When at={row.at} />,
      tight: true,
    },
    {
      key: 'outcome',
      title: t.outcome,
      cell: (row) =>
        row.failure === null ? (
          row.reading !== null && t.readings[row.reading]
        ) : (
          <span className="tone-not-met">{text(row.failure.explanation)}</span>
        ),
    },
    counted('added'),
    counted('changed'),
    counted('gone'),
    {
      key: 'entry',
      title: t.entry,
      cell: (row) => <EntryLink seq={row.seq} />,
      tight: true,
    },
  ]
}
