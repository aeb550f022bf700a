import type { ReactNode } from 'react'
import type { getControl } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { cadence } from '../../../contract/shared.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useStatusColumn } from '../../ui/status-column.tsx'
import { When } from '../../ui/when.tsx'

type CheckRow = Output<typeof getControl>['checkRows'][number]

type Props = {
  readonly label: string
  readonly rows: readonly CheckRow[]
  readonly empty: ReactNode
  /** A short list: no search, no filters. */
  readonly bare?: boolean
}

/** Checks with their results; each leads to its query, its members and its exceptions. */
export function CheckTable({ label, rows, empty, bare = false }: Props) {
  const columns = useColumns(bare)
  return (
    <DataTable
      label={label}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      rowTo={(row) => paths.check(row.id)}
      name={bare ? 'checks' : ''}
      bare={bare}
      empty={empty}
      {...(bare ? {} : { saveAs: 'checks', sortedBy: 'status' })}
    />
  )
}

function useColumns(bare: boolean): readonly Column<CheckRow>[] {
  const t = useMessages()
  const text = useText()
  const format = useFormat()
  const status = useStatusColumn<CheckRow>((row) => row.status)
  const count = (key: 'population' | 'exceptions' | 'accepted'): Column<CheckRow> => ({
    key,
    title: t.checks[key],
    value: (row) => row[key],
    cell: (row) => format.number(row[key]),
    numeric: true,
    tight: true,
  })
  const columns: readonly Column<CheckRow>[] = [
    {
      key: 'check',
      title: t.checks.check,
      value: (row) => text(row.title),
      text: (row) => `${text(row.title)} ${row.id}`,
      cell: (row) => text(row.title),
    },
    {
      ...status,
      cell: (row) => <StatusBadge status={row.status} unproven={row.unproven} />,
    },
    count('population'),
    count('exceptions'),
  ]
  if (bare) return columns
  return [
    ...columns,
    { ...count('accepted'), wide: true },
    {
      key: 'cadence',
      title: t.checks.cadence,
      value: (row) => cadence.options.indexOf(row.cadence),
      text: (row) => t.ui.cadence[row.cadence],
      facet: (row) => [row.cadence],
      choices: cadence.options.map((value) => ({ value, label: t.ui.cadence[value] })),
      cell: (row) => t.ui.cadence[row.cadence],
      wide: true,
      tight: true,
    },
    {
      key: 'seen',
      title: t.checks.lastSeen,
      value: (row) => row.lastSeenAt,
      cell: (row) => <Seen at={row.lastSeenAt} />,
      wide: true,
      tight: true,
    },
  ]
}

function Seen({ at }: { readonly at: string | null }) {
  const t = useMessages().checks
  return at === null ? <span className="faint">{t.never}</span> : <When at={at} />
}
