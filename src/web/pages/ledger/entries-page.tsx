import { listEntries } from '../../../contract/ledger.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ButtonLink, TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { useEventName } from '../../ui/story.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { entriesOnPage, entriesQuery } from './entries-search.ts'
import type { EntriesSearch } from './entries-search.ts'

type Row = Output<typeof listEntries>['entries'][number]

/** Entries of the ledger, newest first; with a stream in the address, the history of an object. */
export function EntriesPage({ search }: { readonly search: EntriesSearch }) {
  const t = useMessages().ledger
  const { entries, total } = useRead(listEntries, { query: entriesQuery(search) })
  const columns = useColumns()
  const isNarrowed =
    search.stream !== undefined || search.type !== undefined || search.by !== undefined
  return (
    <Page
      title={search.stream === undefined ? t.list.title : t.list.ofStream(search.stream)}
      note={t.list.note}
      breadcrumbs={[{ label: t.title, to: paths.ledger() }]}
      actions={isNarrowed && <ButtonLink to={paths.entries()}>{t.list.clear}</ButtonLink>}
    >
      <DataTable
        label={t.list.title}
        rows={entries}
        columns={columns}
        rowKey={(row) => row.seq.toString()}
        rowTo={(row) => paths.entry(row.seq)}
        saveAs="entries"
        empty={<EmptyState title={t.list.empty} text={t.list.emptyText} />}
      />
      <Pager search={search} entries={entries} total={total} />
    </Page>
  )
}

type PagerProps = {
  readonly search: EntriesSearch
  readonly entries: readonly Row[]
  readonly total: number
}

function Pager({ search, entries, total }: PagerProps) {
  const t = useMessages().ledger.list
  const format = useFormat()
  const oldest = entries.at(-1)
  const { before, ...rest } = search
  if (oldest === undefined || (before === undefined && total <= entries.length)) {
    return <p className="faint small">{format.number(total)}</p>
  }
  const isMore = entries.length === entriesOnPage && oldest.seq > 0
  return (
    <nav className="row" aria-label={t.title}>
      {before !== undefined && <ButtonLink to={paths.entries(rest)}>{t.newest}</ButtonLink>}
      {isMore && (
        <ButtonLink to={paths.entries({ ...rest, before: oldest.seq.toString() })}>
          {t.older}
        </ButtonLink>
      )}
    </nav>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages().ledger.list
  const word = useEventName()
  const format = useFormat()
  return [
    {
      key: 'seq',
      title: t.seq,
      value: (row) => row.seq,
      cell: (row) => <span className="figure">{format.number(row.seq)}</span>,
      tight: true,
    },
    {
      key: 'type',
      title: t.type,
      value: (row) => word(row.type),
      text: (row) => `${word(row.type)} ${row.type}`,
      cell: (row) => (
        <>
          {word(row.type)}
          <br />
          <code className="faint small">{row.type}</code>
        </>
      ),
    },
    {
      key: 'stream',
      title: t.stream,
      value: (row) => row.stream,
      cell: (row) => (
        <TextLink className="hash" to={paths.entries({ stream: row.stream })}>
          {row.stream}
        </TextLink>
      ),
      wide: true,
    },
    {
      key: 'by',
      title: t.by,
      value: (row) => row.by.name ?? row.by.id,
      cell: (row) => <Who who={row.by} />,
    },
    {
      key: 'at',
      title: t.at,
      value: (row) => row.recordedAt,
      cell: (row) => <When at={row.recordedAt} />,
      tight: true,
    },
  ]
}
