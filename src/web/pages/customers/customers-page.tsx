import { listCustomers } from '../../../contract/customers.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Concerns } from './states.tsx'

type Row = Output<typeof listCustomers>[number]

/** Every customer, and what needs looking after at each. */
export function CustomersPage() {
  const t = useMessages().customers
  const customers = useRead(listCustomers, {})
  const columns = [...useNameColumns(), ...useCountColumns()]
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={
        <CommandLink permission="customers.write" to={paths.registerCustomer()}>
          {t.register}
        </CommandLink>
      }
    >
      <DataTable
        label={t.list}
        rows={customers}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.customer(row.id)}
        saveAs="customers"
        empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
      />
    </Page>
  )
}

function useNameColumns(): readonly Column<Row>[] {
  const t = useMessages().customers
  const text = useText()
  const concerns = Object.entries(t.concerns).map(([value, label]) => ({ value, label }))
  return [
    {
      key: 'name',
      title: t.customer,
      value: (row) => text(row.name),
      cell: (row) => text(row.name),
    },
    {
      key: 'code',
      title: t.code,
      value: (row) => row.id,
      cell: (row) => <code>{row.id}</code>,
      tight: true,
      wide: true,
    },
    {
      key: 'concern',
      title: t.concern,
      value: (row) => row.concerns.length,
      text: (row) => row.concerns.map((one) => t.concerns[one]).join(', '),
      facet: (row) => row.concerns,
      choices: concerns,
      cell: (row) => <Concerns concerns={row.concerns} />,
    },
  ]
}

function useCountColumns(): readonly Column<Row>[] {
  const t = useMessages().customers
  const format = useFormat()
  return [
    {
      key: 'contacts',
      title: t.contactsCount,
      value: (row) => row.contacts,
      cell: (row) => format.number(row.contacts),
      numeric: true,
      tight: true,
    },
    {
      key: 'agreements',
      title: t.agreementsCount,
      value: (row) => row.agreements.active,
      cell: (row) => (
        <>
          {format.number(row.agreements.active)}
          {row.agreements.waiting > 0 && (
            <span className="small faint">
              <br />
              {t.waiting(format.number(row.agreements.waiting))}
            </span>
          )}
        </>
      ),
      numeric: true,
      tight: true,
    },
    {
      key: 'understood',
      title: t.understood,
      value: (row) => row.understood.done / Math.max(1, row.understood.of),
      text: (row) => `${row.understood.done}/${row.understood.of}`,
      cell: (row) => t.of(format.number(row.understood.done), format.number(row.understood.of)),
      tight: true,
    },
    {
      key: 'systems',
      title: t.systemsCount,
      value: (row) => row.systems,
      cell: (row) => format.number(row.systems),
      numeric: true,
      tight: true,
      wide: true,
    },
  ]
}
