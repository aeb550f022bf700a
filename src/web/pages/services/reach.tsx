import { useFormat, useMessages } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/page.tsx'
import type { Service } from './register-page.tsx'

type Row = Service['reach'][number]

/** Who can get in, by group: bars stay readable where a thousand lines would not. */
export function Reach({ service }: { readonly service: Service }) {
  const t = useMessages().services
  const columns = useColumns(Math.max(1, ...service.reach.map(({ accounts }) => accounts)))
  return (
    <Section title={t.reach} note={t.reachNote}>
      <DataTable
        label={t.reach}
        name="reach"
        rows={service.reach}
        columns={columns}
        rowKey={(row) => row.group}
        empty={<p className="faint">{t.reachEmpty}</p>}
      />
    </Section>
  )
}

function useColumns(most: number): readonly Column<Row>[] {
  const t = useMessages().services
  const format = useFormat()
  return [
    {
      key: 'group',
      title: t.group,
      value: (row) => row.group,
      cell: (row) => (
        <>
          {row.group}
          {row.privileged && <span className="tone-not-proven small"> {t.privileged}</span>}
        </>
      ),
    },
    {
      key: 'bar',
      title: '',
      cell: (row) => (
        <svg width="100%" height="10" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
          <rect
            width={Math.max(0.5, (row.accounts / most) * 100)}
            height="10"
            fill="currentColor"
            opacity={row.privileged ? 0.7 : 0.3}
          />
        </svg>
      ),
      wide: true,
    },
    {
      key: 'accounts',
      title: t.accounts,
      value: (row) => row.accounts,
      cell: (row) => format.number(row.accounts),
      numeric: true,
      tight: true,
    },
    {
      key: 'people',
      title: t.people,
      value: (row) => row.people,
      cell: (row) => format.number(row.people),
      numeric: true,
      tight: true,
    },
  ]
}
