import { useFormat, useMessages } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useStatusColumn } from '../../ui/status-column.tsx'
import { Day } from '../../ui/when.tsx'
import type { Check } from './check-page.tsx'

/** So many of the newest results are drawn as marks; the table has all. */
const marksMax = 60

type Result = Check['history'][number]

/** Every result that was recorded; each has its entry in the ledger. */
export function History({ check }: { readonly check: Check }) {
  const t = useMessages().checks
  const columns = useColumns()
  return (
    <div className="stack">
      <DataTable
        label={t.history}
        rows={check.history}
        columns={columns}
        rowKey={(row) => row.seq.toString()}
        name="history"
        sortedBy="-day"
        bare
        empty={<p className="faint">{t.noHistory}</p>}
      />
    </div>
  )
}

/** The newest results as marks, oldest first. */
export function Strip({ results }: { readonly results: readonly Result[] }) {
  const t = useMessages()
  const format = useFormat()
  const shown = results.toSorted((a, b) => a.seq - b.seq).slice(-marksMax)
  return (
    <ol className="strip" aria-label={t.checks.strip}>
      {shown.map((result) => (
        <li key={result.seq} title={`${format.day(result.day)} ${t.ui.status[result.status]}`}>
          <Mark
            sign={result.status}
            label={`${format.day(result.day)} ${t.ui.status[result.status]}`}
          />
        </li>
      ))}
    </ol>
  )
}

function useColumns(): readonly Column<Result>[] {
  const t = useMessages().checks
  const format = useFormat()
  const status = useStatusColumn<Result>((row) => row.status)
  return [
    { key: 'day', title: t.day, value: (row) => row.day, cell: (row) => <Day day={row.day} /> },
    status,
    {
      key: 'population',
      title: t.population,
      value: (row) => row.population,
      cell: (row) => format.number(row.population),
      numeric: true,
    },
    {
      key: 'exceptions',
      title: t.exceptions,
      value: (row) => row.exceptions,
      cell: (row) => format.number(row.exceptions),
      numeric: true,
    },
    {
      key: 'entry',
      title: t.entry,
      value: (row) => row.seq,
      cell: (row) => <EntryLink seq={row.seq} />,
      tight: true,
    },
  ]
}
