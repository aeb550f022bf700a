import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/page.tsx'
import { Day } from '../../ui/when.tsx'
import type { Customer } from './customer-page.tsx'
import { AgreementState } from './states.tsx'

type Row = Customer['agreements'][number]

/** What the customer agreed to beforehand. */
export function Agreements({ customer }: { readonly customer: Customer }) {
  const all = useMessages().customers
  const t = all.agreements
  const columns = useAgreementColumns()
  return (
    <Section
      title={all.tabs.agreements}
      note={t.note}
      actions={
        <CommandLink permission="customers.write" to={paths.newAgreement(customer.id)}>
          {t.add}
        </CommandLink>
      }
    >
      <DataTable
        label={all.tabs.agreements}
        rows={customer.agreements}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.agreement(row.id)}
        bare
        empty={<EmptyState title={t.none} text={t.note} />}
      />
    </Section>
  )
}

export function useAgreementColumns(): readonly Column<Row>[] {
  const all = useMessages().customers
  const t = all.agreements
  const text = useText()
  return [
    {
      key: 'title',
      title: all.tabs.agreements,
      value: (row) => text(row.title),
      cell: (row) => text(row.title),
    },
    {
      key: 'state',
      title: all.state,
      value: (row) => t.states[row.state],
      cell: (row) => (
        <>
          <AgreementState state={row.state} />
          {row.waiting && row.state !== 'draft' && (
            <>
              {' '}
              <AgreementState state="draft" />
            </>
          )}
        </>
      ),
      tight: true,
    },
    {
      key: 'risk',
      title: t.risk,
      value: (row) => all.contacts.risks[row.risk],
      cell: (row) => all.contacts.risks[row.risk],
      tight: true,
    },
    {
      key: 'expires',
      title: t.expires,
      value: (row) => row.expires,
      cell: (row) => (
        <>
          <Day day={row.expires} />
          {row.resignBy !== null && (
            <span className="small tone-not-met">
              <br />
              {t.resignBy} <Day day={row.resignBy} />
            </span>
          )}
        </>
      ),
      tight: true,
    },
  ]
}
