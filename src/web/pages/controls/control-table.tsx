import type { ReactNode } from 'react'
import type { listControls } from '../../../contract/criteria.ts'
import { cadence, ownerRole } from '../../../contract/shared.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column, Selection } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useStatusColumn } from '../../ui/status-column.tsx'
import { Who } from '../../ui/who.tsx'

export type ControlRow = Output<typeof listControls>[number]

type Props = {
  readonly label: string
  readonly rows: readonly ControlRow[]
  readonly empty: ReactNode
  /** A short list: no search, no filters. */
  readonly bare?: boolean
  readonly selection?: Selection<ControlRow>
}

/** Controls with their status; each leads to its own page. */
export function ControlTable({ label, rows, empty, bare = false, selection }: Props) {
  const columns = useColumns(bare)
  return (
    <DataTable
      label={label}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      rowTo={(row) => paths.control(row.id)}
      sortedBy="control"
      name={bare ? 'controls' : ''}
      bare={bare}
      empty={empty}
      {...(bare ? {} : { saveAs: 'controls' })}
      {...(selection === undefined ? {} : { selection })}
    />
  )
}

/** Whom it is for and how often it happens: filters of every list of controls. */
export function useDutyColumns<Row extends Pick<ControlRow, 'ownerRole' | 'cadence'>>(): readonly [
  Column<Row>,
  Column<Row>,
] {
  const t = useMessages()
  return [
    {
      key: 'role',
      title: t.controls.ownerRole,
      value: (row) => t.ui.ownerRole[row.ownerRole],
      facet: (row) => [row.ownerRole],
      choices: ownerRole.options.map((value) => ({ value, label: t.ui.ownerRole[value] })),
      cell: (row) => t.ui.ownerRole[row.ownerRole],
      wide: true,
    },
    {
      key: 'cadence',
      title: t.controls.cadence,
      value: (row) => cadence.options.indexOf(row.cadence),
      text: (row) => t.ui.cadence[row.cadence],
      facet: (row) => [row.cadence],
      choices: cadence.options.map((value) => ({ value, label: t.ui.cadence[value] })),
      cell: (row) => t.ui.cadence[row.cadence],
      wide: true,
      tight: true,
    },
  ]
}

function useColumns(bare: boolean): readonly Column<ControlRow>[] {
  const t = useMessages()
  const text = useText()
  const format = useFormat()
  const duties = useDutyColumns<ControlRow>()
  const status = useStatusColumn<ControlRow>((row) => row.status)
  const first: readonly Column<ControlRow>[] = [
    {
      key: 'control',
      title: t.controls.control,
      value: (row) => `${row.id} ${text(row.title)}`,
      cell: (row) => (
        <>
          <span className="id-code">{row.id}</span>
          {text(row.title)}
          {row.state === 'retired' && (
            <span className="row-detail">{t.controls.states.retired}</span>
          )}
        </>
      ),
    },
    status,
    {
      key: 'owner',
      title: t.controls.owner,
      value: (row) => row.owner?.name ?? null,
      facet: (row) => [row.owner === null ? 'no' : 'yes'],
      choices: (['no', 'yes'] as const).map((value) => ({
        value,
        label: t.controls.ownership[value],
      })),
      cell: (row) => <Owner owner={row.owner} />,
      tight: true,
    },
  ]
  const exceptions: Column<ControlRow> = {
    key: 'exceptions',
    title: t.controls.exceptions,
    value: (row) => row.exceptions,
    cell: (row) => format.number(row.exceptions),
    numeric: true,
    tight: true,
  }
  if (bare) return [...first, exceptions]
  return [
    ...first,
    ...duties,
    {
      key: 'criteria',
      title: t.controls.criteria,
      value: (row) => row.criteria.join(' '),
      cell: (row) => <span className="faint small">{row.criteria.join(' ')}</span>,
      wide: true,
    },
    {
      key: 'state',
      title: t.controls.state,
      text: (row) => t.controls.states[row.state],
      facet: (row) => [row.state],
      choices: (['adopted', 'retired'] as const).map((value) => ({
        value,
        label: t.controls.states[value],
      })),
      cell: (row) => t.controls.states[row.state],
      filterOnly: true,
    },
    exceptions,
  ]
}

function Owner({ owner }: Pick<ControlRow, 'owner'>) {
  const t = useMessages().controls
  return owner === null ? <span className="faint">{t.noOwner}</span> : <Who who={owner} />
}
