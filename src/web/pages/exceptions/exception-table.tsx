import type { ReactNode } from 'react'
import type { listExceptions } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column, Selection } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ExceptionBadge } from '../../ui/status-badge.tsx'

export type ExceptionRow = Output<typeof listExceptions>[number]

/** What needs an answer comes first. */
const states = ['open', 'answered', 'accepted', 'fixed'] as const

type Props = {
  readonly label: string
  readonly rows: readonly ExceptionRow[]
  readonly empty: ReactNode
  /** Those of one check: no search, no filters, no column for the check. */
  readonly bare?: boolean
  readonly selection?: Selection<ExceptionRow>
}

/** Exceptions with their state; each leads to its story. */
export function ExceptionTable({ label, rows, empty, bare = false, selection }: Props) {
  const columns = useColumns(bare)
  return (
    <DataTable
      label={label}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      rowTo={(row) => paths.exception(row.id)}
      name={bare ? 'exceptions' : ''}
      sortedBy="state"
      bare={bare}
      empty={empty}
      {...(bare ? {} : { saveAs: 'exceptions' })}
      {...(selection === undefined ? {} : { selection })}
    />
  )
}

function useColumns(bare: boolean): readonly Column<ExceptionRow>[] {
  const t = useMessages()
  const words = t.exceptions
  const text = useText()
  const format = useFormat()
  const check: Column<ExceptionRow> = {
    key: 'check',
    title: words.check,
    value: (row) => text(row.checkTitle),
    cell: (row) => text(row.checkTitle),
  }
  return [
    {
      key: 'subject',
      title: words.subject,
      value: (row) => row.label,
      cell: (row) => row.label,
    },
    {
      key: 'reason',
      title: words.reason,
      value: (row) => text(row.reason),
      cell: (row) => text(row.reason),
    },
    ...(bare ? [] : [check]),
    {
      key: 'state',
      title: words.state,
      value: (row) => states.indexOf(row.state),
      text: (row) => t.ui.exceptionState[row.state],
      facet: (row) => [row.state],
      choices: states.map((value) => ({ value, label: t.ui.exceptionState[value] })),
      cell: (row) => <State row={row} />,
      tight: true,
    },
    {
      key: 'opened',
      title: words.opened,
      value: (row) => row.openedAt,
      cell: (row) => <Opened row={row} />,
      tight: true,
    },
    {
      key: 'age',
      title: words.age,
      value: (row) => row.ageDays,
      cell: (row) => words.ageDays(format.number(row.ageDays)),
      numeric: true,
      wide: true,
      tight: true,
    },
  ]
}

function State({ row }: { readonly row: ExceptionRow }) {
  const t = useMessages().exceptions
  const format = useFormat()
  return (
    <>
      <ExceptionBadge state={row.state} />
      {row.state === 'accepted' && row.acceptedUntil !== null && (
        <span className="row-detail">{t.acceptedBy(format.shortDay(row.acceptedUntil))}</span>
      )}
    </>
  )
}

function Opened({ row }: { readonly row: ExceptionRow }) {
  const format = useFormat()
  return <time dateTime={row.openedAt}>{format.instant(row.openedAt)}</time>
}
