import type { listObservations } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'

type Row = Output<typeof listObservations>[number]

/** Every look at a source, failures included. */
export function ObservationHistory({ observations }: { readonly observations: readonly Row[] }) {
  const t = useMessages().hosts.source
  const columns = useColumns()
  return (
    <Section title={t.history} note={t.historyNote}>
      <DataTable
        label={t.history}
        name="seen"
        rows={observations}
        columns={columns}
        rowKey={(row) => row.seq.toString()}
        empty={<p className="faint">{t.waiting}</p>}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages().hosts.source
  const format = useFormat()
  const choices = (['observed', 'failed'] as const).map((value) => ({
    value,
    label: t.outcomes[value],
  }))
  return [
    {
      key: 'at',
      title: t.history,
      value: (row) => row.at,
      cell: (row) => (
        <>
          <When at={row.at} /> <EntryLink seq={row.seq} />
        </>
      ),
    },
    {
      key: 'outcome',
      title: t.outcome,
      value: (row) => t.outcomes[row.outcome],
      facet: (row) => [row.outcome],
      choices,
      cell: (row) => <Outcome row={row} />,
    },
    { key: 'changed', title: t.changed, cell: (row) => <Changed row={row} />, wide: true },
    {
      key: 'facts',
      title: t.factsCount,
      value: (row) => row.facts,
      cell: (row) => format.number(row.facts),
      numeric: true,
      tight: true,
      wide: true,
    },
    { key: 'by', title: '', cell: (row) => <Who who={row.by} />, wide: true },
  ]
}

function Outcome({ row }: { readonly row: Row }) {
  const t = useMessages().hosts.source
  const text = useText()
  const sign = row.outcome === 'observed' ? 'met' : 'not-met'
  return (
    <>
      <span className={`badge badge-sm tone-${sign}`}>
        <Mark sign={sign} />
        {t.outcomes[row.outcome]}
      </span>
      {row.failure !== null && (
        <span className="small">
          <br />
          {text(row.failure.explanation)}
          {row.failure.message !== '' && <span className="faint"> {row.failure.message}</span>}
        </span>
      )}
    </>
  )
}

function Changed({ row }: { readonly row: Row }) {
  const t = useMessages().hosts.source
  const text = useText()
  if (row.changed.length === 0) return <span className="faint">{t.nothingChanged}</span>
  return row.changed.map(text).join(', ')
}
