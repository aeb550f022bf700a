import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/page.tsx'
import { TextLink } from '../../ui/link.tsx'
import type { Control } from './control-page.tsx'

type Mapping = Control['mappings'][number]

/** Which requirements of which framework the control answers, how far, and why. */
export function Mappings({ control }: { readonly control: Control }) {
  const t = useMessages().controls
  const columns = useColumns()
  return (
    <Section title={t.mappings} note={t.mappingsNote}>
      <DataTable
        label={t.mappings}
        rows={control.mappings}
        columns={columns}
        rowKey={(row) => `${row.framework} ${row.id}`}
        name="mappings"
        bare
        empty={null}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Mapping>[] {
  const t = useMessages().controls
  const text = useText()
  const relations: Readonly<Record<string, string>> = t.relations
  return [
    {
      key: 'framework',
      title: t.framework,
      value: (row) => t.frameworks[row.framework],
      cell: (row) => t.frameworks[row.framework],
      tight: true,
    },
    {
      key: 'requirement',
      title: t.requirement,
      value: (row) => row.id,
      cell: (row) => <Requirement mapping={row} />,
    },
    {
      key: 'relation',
      title: t.relation,
      value: (row) => row.relation,
      cell: (row) => relations[row.relation] ?? row.relation,
      tight: true,
    },
    {
      key: 'rationale',
      title: t.rationale,
      cell: (row) => text(row.rationale),
    },
  ]
}

function Requirement({ mapping }: { readonly mapping: Mapping }) {
  const text = useText()
  if (mapping.framework === 'soc2') {
    return (
      <TextLink to={paths.criterion(mapping.id)}>
        {mapping.id} {text(mapping.title)}
      </TextLink>
    )
  }
  return (
    <>
      <span className="id-code">{mapping.id}</span> {text(mapping.title)}
    </>
  )
}
