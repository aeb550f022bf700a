import { listHosts } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ButtonLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, When } from '../../ui/when.tsx'

type Row = Output<typeof listHosts>[number]

/** Machines as last observed. */
export function HostsPage() {
  const t = useMessages().hosts
  const hosts = useRead(listHosts, {})
  const columns = [...useSystemColumns(), ...useCountColumns()]
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={<ButtonLink to={paths.sources()}>{t.sources}</ButtonLink>}
    >
      <DataTable
        label={t.list}
        rows={hosts}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.host(row.id)}
        saveAs="machines"
        empty={
          <EmptyState
            title={t.empty.title}
            text={t.empty.text}
            actions={
              <CommandLink permission="hosts.write" to={paths.newSource()} variant="filled">
                {t.empty.action}
              </CommandLink>
            }
          />
        }
      />
    </Page>
  )
}

function useSystemColumns(): readonly Column<Row>[] {
  const t = useMessages().hosts
  const { today } = useSession()
  const states = (['active', 'retired'] as const).map((value) => ({
    value,
    label: t.states[value],
  }))
  return [
    { key: 'host', title: t.host, value: (row) => row.hostname, cell: (row) => row.hostname },
    {
      key: 'os',
      title: t.os,
      value: (row) => row.os,
      facet: (row) => [row.os],
      cell: (row) => (
        <>
          {row.os}
          {row.supportEnds !== null && row.supportEnds < today && (
            <span className="small tone-not-met">
              <br />
              {t.supportEnded} (<Day day={row.supportEnds} />)
            </span>
          )}
        </>
      ),
    },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices: states,
      cell: (row) => t.states[row.state],
      wide: true,
      tight: true,
    },
    {
      key: 'observed',
      title: t.observedAt,
      value: (row) => row.observedAt,
      cell: (row) => <When at={row.observedAt} />,
      tight: true,
    },
  ]
}

function useCountColumns(): readonly Column<Row>[] {
  const t = useMessages().hosts
  const format = useFormat()
  const count = (value: number | null) =>
    value === null ? <span className="faint">{t.unknown}</span> : format.number(value)
  return [
    {
      key: 'updates',
      title: t.updates,
      value: (row) => row.securityUpdates,
      cell: (row) => count(row.securityUpdates),
      numeric: true,
      tight: true,
    },
    {
      key: 'unreadable',
      title: t.unreadable,
      value: (row) => row.unreadable,
      cell: (row) => count(row.unreadable),
      numeric: true,
      tight: true,
      wide: true,
    },
    {
      key: 'exceptions',
      title: t.exceptions,
      value: (row) => row.exceptions,
      cell: (row) => count(row.exceptions),
      numeric: true,
      tight: true,
    },
  ]
}
