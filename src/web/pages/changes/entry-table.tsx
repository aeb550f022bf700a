import type { listEntries } from '../../../contract/ledger.ts'
import type { Output } from '../../../contract/route.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { TextLink } from '../../ui/link.tsx'
import { useEventName } from '../../ui/story.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'

type Entry = Output<typeof listEntries>['entries'][number]

/** Entries, newest first, in words; each leads to its bytes and its proof. */
export function EntryTable({ entries }: { readonly entries: readonly Entry[] }) {
  const t = useMessages().changes
  const columns = useColumns(entries)
  return (
    <DataTable
      label={t.entries}
      rows={entries}
      columns={columns}
      rowKey={(row) => row.seq.toString()}
      rowTo={(row) => paths.entry(row.seq)}
      name="entries"
      sortedBy="-when"
      saveAs="entries"
      empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
    />
  )
}

function useColumns(entries: readonly Entry[]): readonly Column<Entry>[] {
  const t = useMessages()
  const word = useEventName()
  const names: Readonly<Record<string, string>> = t.changes.areas
  const types = [...new Set(entries.map(({ type }) => type))].toSorted()
  const areas = [...new Set(entries.map(areaOf))].toSorted()
  return [
    {
      key: 'what',
      title: t.changes.what,
      value: (row) => word(row.type),
      text: (row) => `${word(row.type)} ${row.type}`,
      facet: (row) => [row.type],
      choices: types.map((value) => ({ value, label: word(value) })),
      cell: (row) => word(row.type),
    },
    {
      key: 'when',
      title: t.changes.when,
      value: (row) => row.seq,
      text: (row) => row.recordedAt,
      cell: (row) => <When at={row.recordedAt} />,
      tight: true,
    },
    {
      key: 'by',
      title: t.changes.by,
      value: (row) => row.by.name ?? row.by.id,
      cell: (row) => <Who who={row.by} />,
    },
    {
      key: 'about',
      title: t.changes.about,
      value: (row) => row.stream,
      cell: (row) => <Stream stream={row.stream} />,
      wide: true,
    },
    {
      key: 'area',
      title: t.changes.area,
      facet: (row) => [areaOf(row)],
      choices: areas.map((value) => ({ value, label: names[value] ?? value })),
      cell: () => null,
      filterOnly: true,
    },
    {
      key: 'entry',
      title: t.changes.entry,
      cell: (row) => <EntryLink seq={row.seq} />,
      tight: true,
      wide: true,
    },
  ]
}

/** The history of whatever the entry is about. */
function Stream({ stream }: { readonly stream: string }) {
  return (
    <TextLink className="hash" to={paths.entries({ stream })}>
      {stream}
    </TextLink>
  )
}

function areaOf({ type }: Entry): string {
  return type.split('.')[0] ?? type
}
