import type { listLeavers } from '../../../contract/directory.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/page.tsx'
import { Day, When } from '../../ui/when.tsx'

type Row = Output<typeof listLeavers>[number]

/** Time to disable, measured for everybody who left. */
export function Leavers({ leavers }: { readonly leavers: readonly Row[] }) {
  const t = useMessages().directory
  const columns = useColumns()
  return (
    <Section title={t.tabs.leavers} note={t.leaversNote}>
      <DataTable
        label={t.tabs.leavers}
        name="leavers"
        rows={leavers}
        columns={columns}
        rowKey={(row) => row.person.id}
        rowTo={(row) => paths.person(row.person.id)}
        saveAs="leavers"
        empty={<p className="faint">{t.leaversEmpty}</p>}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages().directory
  const { unknownPerson } = useMessages().ui
  const format = useFormat()
  const name = (row: Row) => row.person.name ?? unknownPerson
  return [
    { key: 'person', title: t.leaver.person, value: name, cell: name },
    {
      key: 'end',
      title: t.leaver.end,
      value: (row) => row.endDate,
      cell: (row) => <Day day={row.endDate} />,
      tight: true,
    },
    {
      key: 'accounts',
      title: t.leaver.accounts,
      value: (row) => row.accounts,
      cell: (row) => format.number(row.accounts),
      numeric: true,
      tight: true,
      wide: true,
    },
    {
      key: 'open',
      title: t.leaver.open,
      value: (row) => row.open,
      cell: (row) => (
        <span className={row.open > 0 ? 'tone-not-met' : 'faint'}>{format.number(row.open)}</span>
      ),
      numeric: true,
      tight: true,
    },
    {
      key: 'closed',
      title: t.leaver.closed,
      value: (row) => row.closedAt,
      cell: (row) => (row.closedAt === null ? '—' : <When at={row.closedAt} />),
      tight: true,
    },
    {
      key: 'days',
      title: t.leaver.days,
      value: (row) => row.days,
      cell: (row) => format.number(row.days),
      numeric: true,
      tight: true,
    },
  ]
}
