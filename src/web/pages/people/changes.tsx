import { useFormat, useMessages } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Preview } from './import-page.tsx'

type Change = Preview['changes'][number]

const kinds = ['joiner', 'mover', 'leaver', 'returner', 'correction', 'unlisted'] as const

/** What a list would change, person by person. */
export function Changes({ preview, total }: { readonly preview: Preview; readonly total: number }) {
  const t = useMessages().people.import
  const format = useFormat()
  const columns = useColumns()
  const { counts, changes } = preview
  return (
    <>
      <ul className="chips">
        {kinds
          .filter((kind) => counts[kind] > 0)
          .map((kind) => (
            <li key={kind} className="chip">
              {t.kinds[kind]} <strong className="figure">{format.number(counts[kind])}</strong>
            </li>
          ))}
      </ul>
      {counts.unlisted > 0 && <p className="note note-warning">{t.unlistedNote}</p>}
      {changes.length < total && (
        <p className="faint">{t.more(format.number(changes.length), format.number(total))}</p>
      )}
      <DataTable
        label={t.changes}
        rows={changes}
        columns={columns}
        rowKey={(row) => `${row.kind} ${row.employeeNumber} ${row.row ?? ''}`}
        empty={<p className="faint">{t.nothing}</p>}
      />
    </>
  )
}

function useColumns(): readonly Column<Change>[] {
  const t = useMessages().people
  const format = useFormat()
  const choices = kinds.map((value) => ({ value, label: t.import.kinds[value] }))
  return [
    {
      key: 'name',
      title: t.name,
      value: (row) => row.name,
      cell: (row) => (
        <>
          {row.name} <span className="faint small">{row.employeeNumber}</span>
        </>
      ),
    },
    {
      key: 'kind',
      title: t.import.kind,
      value: (row) => t.import.kinds[row.kind],
      facet: (row) => [row.kind],
      choices,
      cell: (row) => t.import.kinds[row.kind],
      tight: true,
    },
    {
      key: 'what',
      title: t.import.what,
      text: (row) => row.fields.map(({ to, from }) => `${from ?? ''} ${to ?? ''}`).join(' '),
      cell: (row) => <Fields change={row} />,
    },
    {
      key: 'row',
      title: t.import.row,
      value: (row) => row.row,
      cell: (row) => (row.row === null ? '—' : format.number(row.row)),
      numeric: true,
      tight: true,
    },
  ]
}

function Fields({ change }: { readonly change: Change }) {
  const t = useMessages().people.import
  const names: Readonly<Record<string, string>> = t.fields
  return (
    <ul className="plain-list">
      {change.fields.map(({ field, from, to }) => (
        <li key={field}>
          <span className="faint">{names[field] ?? field}:</span>{' '}
          {from !== null && <del className="faint">{from}</del>} {to ?? t.nothingBefore}
        </li>
      ))}
    </ul>
  )
}
