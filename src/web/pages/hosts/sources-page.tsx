import { listSources } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { SourceHealth } from './source-health.tsx'

type Row = Output<typeof listSources>[number]

/** Where Arinomama looks, and how each source fares. */
export function SourcesPage() {
  const t = useMessages().hosts
  const sources = useRead(listSources, {})
  const columns = useColumns()
  const add = (
    <CommandLink permission="hosts.write" to={paths.newSource()} variant="filled">
      {t.source.add}
    </CommandLink>
  )
  return (
    <Page
      title={t.source.title}
      note={t.source.note}
      breadcrumbs={[{ label: t.title, to: paths.hosts() }]}
      actions={sources.length > 0 && add}
    >
      <DataTable
        label={t.source.title}
        rows={sources}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.source(row.id)}
        empty={<EmptyState title={t.source.emptyTitle} text={t.source.emptyText} actions={add} />}
      />
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages().hosts.source
  const format = useFormat()
  return [
    { key: 'name', title: t.name, value: (row) => row.name, cell: (row) => row.name },
    {
      key: 'target',
      title: t.target,
      value: (row) => (row.kind === 'local' ? t.thisMachine : row.target),
      cell: (row) => (row.kind === 'local' ? t.thisMachine : <code>{row.target}</code>),
      wide: true,
    },
    {
      key: 'health',
      title: t.health,
      value: (row) => row.failuresInARow,
      cell: (row) => <SourceHealth source={row} />,
    },
    {
      key: 'success',
      title: t.lastSuccess,
      value: (row) => row.lastSuccessAt,
      cell: (row) => (row.lastSuccessAt === null ? t.never : <When at={row.lastSuccessAt} />),
      tight: true,
    },
    {
      key: 'every',
      title: t.every,
      value: (row) => row.everyHours,
      cell: (row) => t.hours(format.number(row.everyHours)),
      numeric: true,
      tight: true,
      wide: true,
    },
  ]
}
