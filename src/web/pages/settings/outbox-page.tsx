import { listOutbox } from '../../../contract/mail.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'

type Row = Output<typeof listOutbox>['messages'][number]

/** Mail as it waits or was handed over; where no server is set, this is where it is. */
export function OutboxPage() {
  const t = useMessages()
  const words = t.customers.own.outbox
  const { delivery, webhook, messages } = useRead(listOutbox, {})
  const columns = useColumns()
  return (
    <Page
      title={words.title}
      note={words.note}
      breadcrumbs={[{ label: t.settings.title, to: paths.settings() }]}
    >
      <p className="faint">
        {delivery === 'smtp' ? words.smtp : words.kept} {webhook ? words.webhook : words.noWebhook}
      </p>
      <DataTable
        label={words.title}
        rows={messages}
        columns={columns}
        rowKey={(row) => row.id.toString()}
        empty={<EmptyState title={words.empty} text={words.emptyText} />}
      />
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages().customers.own.outbox
  const states = (['kept', 'waiting', 'sent', 'failed'] as const).map((value) => ({
    value,
    label: t.states[value],
  }))
  return [
    {
      key: 'subject',
      title: t.subject,
      value: (row) => row.subject,
      cell: (row) => (
        <>
          {row.subject}
          {row.text !== null && (
            <details>
              <summary>{t.text}</summary>
              <pre className="exact">{row.text}</pre>
            </details>
          )}
        </>
      ),
    },
    {
      key: 'to',
      title: t.to,
      value: (row) => row.to,
      cell: (row) => row.to,
    },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices: states,
      cell: (row) => (
        <>
          {t.states[row.state]}
          {row.fault !== null && <span className="small tone-not-met"> {row.fault}</span>}
        </>
      ),
      tight: true,
    },
    {
      key: 'at',
      title: t.at,
      value: (row) => row.at,
      cell: (row) => <When at={row.at} />,
      tight: true,
    },
  ]
}
