import { useMessages } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Section } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { Policy } from './policy-page.tsx'

type Reader = Policy['readers'][number]

/** Who must read the version in force, and who has. */
export function Readers({ readers }: { readonly readers: readonly Reader[] }) {
  const t = useMessages().policies.one
  const columns = useColumns()
  return (
    <Section title={t.readers} note={t.readersNote}>
      <DataTable
        label={t.readers}
        name="readers"
        rows={readers}
        columns={columns}
        rowKey={(row) => row.person.id}
        saveAs="readers"
        empty={<p className="faint">{t.noReaders}</p>}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Reader>[] {
  const t = useMessages().policies.one
  return [
    {
      key: 'person',
      title: t.reader,
      value: (row) => row.person.name ?? row.person.id,
      cell: (row) => <Who who={row.person} />,
    },
    {
      key: 'read',
      title: t.readAt,
      value: (row) => row.acknowledgedAt,
      cell: (row) =>
        row.acknowledgedAt === null ? (
          <span className="tone-not-met">{t.notRead}</span>
        ) : (
          <When at={row.acknowledgedAt} />
        ),
    },
    {
      key: 'entry',
      title: '',
      cell: (row) => row.seq !== null && <EntryLink seq={row.seq} />,
      tight: true,
    },
  ]
}
