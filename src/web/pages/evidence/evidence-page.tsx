import { listEvidence } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ButtonLink, TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { EvidenceState } from './evidence-state.tsx'

type Row = Output<typeof listEvidence>[number]

/** Every document, with what it shows and whether it counts. */
export function EvidencePage() {
  const t = useMessages().evidence
  const rows = useRead(listEvidence, {})
  const columns = [...useDocumentColumns(), ...useOriginColumns()]
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={
        <CommandLink permission="evidence.write" to={paths.uploadEvidence()} variant="filled">
          {t.upload}
        </CommandLink>
      }
    >
      <DataTable
        label={t.title}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.evidenceItem(row.id)}
        saveAs="evidence"
        empty={
          <EmptyState
            title={t.empty.title}
            text={t.empty.text}
            actions={<ButtonLink to={paths.controls()}>{t.controls}</ButtonLink>}
          />
        }
      />
    </Page>
  )
}

function useDocumentColumns(): readonly Column<Row>[] {
  const t = useMessages().evidence
  const format = useFormat()
  const choices = (['awaiting-inspection', 'accepted', 'rejected'] as const).map((value) => ({
    value,
    label: t.states[value],
  }))
  return [
    {
      key: 'title',
      title: t.document,
      value: (row) => row.title,
      text: (row) => `${row.title} ${row.fileName}`,
      cell: (row) => row.title,
    },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices,
      cell: (row) => <EvidenceState state={row.state} />,
      tight: true,
    },
    {
      key: 'period',
      title: t.period,
      value: (row) => row.to,
      text: (row) => `${row.from} ${row.to}`,
      cell: (row) => (
        <span className="figure">
          {format.shortDay(row.from)} – {format.shortDay(row.to)}
        </span>
      ),
    },
  ]
}

function useOriginColumns(): readonly Column<Row>[] {
  const t = useMessages().evidence
  return [
    {
      key: 'control',
      title: t.controls,
      value: (row) => row.controls.join(' '),
      facet: (row) => row.controls,
      cell: (row) => <ControlLinks controls={row.controls} />,
      wide: true,
    },
    {
      key: 'by',
      title: t.by,
      value: (row) => row.by.name ?? row.by.id,
      cell: (row) => <Who who={row.by} />,
      wide: true,
    },
    {
      key: 'at',
      title: t.uploaded,
      value: (row) => row.uploadedAt,
      cell: (row) => <When at={row.uploadedAt} />,
      wide: true,
    },
  ]
}

/** The controls that a document is evidence for. */
export function ControlLinks({ controls }: { readonly controls: readonly string[] }) {
  return (
    <ul className="chips">
      {controls.map((control) => (
        <li key={control}>
          <TextLink className="id-code" to={paths.control(control)}>
            {control}
          </TextLink>
        </li>
      ))}
    </ul>
  )
}
