import { listServices } from '../../../contract/services.ts'
import type { Output } from '../../../contract/route.ts'
import { useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'

type Row = Output<typeof listServices>[number]

/** The register of services. */
export function ServicesPage() {
  const t = useMessages().services
  const services = useRead(listServices, {})
  const columns = [...useClaimColumns(), ...useCountColumns()]
  const add = (
    <CommandLink permission="services.write" to={paths.newService()} variant="filled">
      {t.add}
    </CommandLink>
  )
  return (
    <Page title={t.title} note={t.note} actions={services.length > 0 && add}>
      <DataTable
        label={t.title}
        rows={services}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.service(row.id)}
        saveAs="services"
        empty={<EmptyState title={t.empty.title} text={t.empty.text} actions={add} />}
      />
    </Page>
  )
}

function useClaimColumns(): readonly Column<Row>[] {
  const t = useMessages().services
  return [
    {
      key: 'name',
      title: t.name,
      value: (row) => row.name,
      cell: (row) => (
        <>
          {row.name}
          {row.state === 'retired' && <span className="faint small"> {t.states.retired}</span>}
        </>
      ),
    },
    {
      key: 'kind',
      title: t.kind,
      value: (row) => t.kinds[row.kind],
      facet: (row) => [row.kind],
      choices: choicesOf(t.kinds),
      cell: (row) => t.kinds[row.kind],
      wide: true,
      tight: true,
    },
    {
      key: 'owner',
      title: t.owner,
      value: (row) => row.owner.name,
      cell: (row) => <Who who={row.owner} />,
      wide: true,
    },
    {
      key: 'data',
      title: t.dataClass,
      value: (row) => t.dataClasses[row.dataClass],
      facet: (row) => [row.dataClass],
      choices: choicesOf(t.dataClasses),
      cell: (row) => t.dataClasses[row.dataClass],
      tight: true,
    },
    {
      key: 'signOn',
      title: t.signOn,
      value: (row) => t.signOns[row.signOn],
      facet: (row) => [row.signOn],
      choices: choicesOf(t.signOns),
      cell: (row) => (
        <span className={row.covered ? 'tone-met' : 'tone-not-met'}>{t.signOns[row.signOn]}</span>
      ),
    },
  ]
}

function useCountColumns(): readonly Column<Row>[] {
  const t = useMessages().services
  const format = useFormat()
  const { today } = useSession()
  return [
    {
      key: 'accounts',
      title: t.accounts,
      value: (row) => row.accounts,
      cell: (row) => format.number(row.accounts),
      numeric: true,
      tight: true,
    },
    {
      key: 'report',
      title: t.reportExpires,
      value: (row) => row.reportExpires,
      cell: (row) =>
        row.reportExpires === null ? (
          '—'
        ) : (
          <span className={row.reportExpires < today ? 'tone-not-met' : ''}>
            <Day day={row.reportExpires} />
          </span>
        ),
      tight: true,
      wide: true,
    },
    {
      key: 'exceptions',
      title: t.exceptions,
      value: (row) => row.exceptions,
      cell: (row) => format.number(row.exceptions),
      numeric: true,
      tight: true,
    },
  ]
}

function choicesOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
