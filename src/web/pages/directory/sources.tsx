import type { ReactNode } from 'react'
import type { listDirectorySources } from '../../../contract/directory.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Mark } from '../../ui/mark.tsx'
import { When } from '../../ui/when.tsx'

export type Source = Output<typeof listDirectorySources>[number]

type Props = { readonly sources: readonly Source[]; readonly empty: ReactNode }

/** Where accounts are read, and how each source fares. */
export function Sources({ sources, empty }: Props) {
  const t = useMessages().directory
  const columns = useColumns()
  return (
    <DataTable
      label={t.tabs.sources}
      name="sources"
      rows={sources}
      columns={columns}
      rowKey={(row) => row.id}
      rowTo={(row) => paths.directorySource(row.id)}
      empty={empty}
    />
  )
}

function useColumns(): readonly Column<Source>[] {
  const t = useMessages().directory
  const format = useFormat()
  return [
    { key: 'name', title: t.form.name, value: (row) => row.name, cell: (row) => row.name },
    {
      key: 'place',
      title: t.sources.place,
      value: (row) => row.place,
      cell: (row) => (row.connector === 'list' ? t.sources.list : <code>{row.place}</code>),
      wide: true,
    },
    {
      key: 'health',
      title: t.sources.health,
      value: (row) => row.failuresInARow,
      cell: (row) => <DirectoryHealth source={row} />,
    },
    {
      key: 'count',
      title: t.sources.count,
      value: (row) => row.accounts,
      cell: (row) => format.number(row.accounts),
      numeric: true,
      tight: true,
    },
    {
      key: 'success',
      title: t.sources.lastSuccess,
      value: (row) => row.lastSuccessAt,
      cell: (row) => (row.lastSuccessAt === null ? t.never : <When at={row.lastSuccessAt} />),
      tight: true,
    },
  ]
}

/** Whether a source succeeds; why not, in words. What it showed before stays either way. */
export function DirectoryHealth({ source }: { readonly source: Source }) {
  const t = useMessages().directory.sources
  const text = useText()
  const format = useFormat()
  if (source.state === 'removed') return <span className="faint">{t.removed}</span>
  const isFailing = source.failuresInARow > 0
  const isWaiting = !isFailing && source.lastSuccessAt === null
  const sign = isFailing ? 'not-met' : isWaiting ? 'not-proven' : 'met'
  const failing = t.failing(format.number(source.failuresInARow))
  return (
    <>
      <span className={`badge badge-sm tone-${sign}`}>
        <Mark sign={sign} />
        {isFailing ? failing : isWaiting ? t.waiting : t.healthy}
      </span>
      {isFailing && source.lastFailure !== null && (
        <span className="faint small">
          <br />
          {text(source.lastFailure.explanation)}
        </span>
      )}
    </>
  )
}
