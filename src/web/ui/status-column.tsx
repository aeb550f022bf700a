import { useMessages } from '../messages/language.tsx'
import type { StatusName } from './status-badge.tsx'
import { StatusBadge } from './status-badge.tsx'

/** What needs attention first. */
const order: readonly StatusName[] = ['not-met', 'not-proven', 'met', 'not-applicable']

/** A column of statuses: sorted by what needs attention, filtered by status. */
export function useStatusColumn<Row>(statusOf: (row: Row) => StatusName) {
  const t = useMessages().ui
  return {
    key: 'status',
    title: t.statusColumn,
    value: (row: Row) => order.indexOf(statusOf(row)),
    text: (row: Row) => t.status[statusOf(row)],
    facet: (row: Row) => [statusOf(row)],
    choices: order.map((value) => ({ value, label: t.status[value] })),
    cell: (row: Row) => <StatusBadge status={statusOf(row)} />,
    tight: true,
  }
}
