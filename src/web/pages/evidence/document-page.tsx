import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { downloadEvidence, getEvidence } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import { api } from '../../api/api.ts'
import type { ApiProblem } from '../../../contract/api-problem.ts'
import { asProblem } from '../../api/problem.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Seal } from '../../ui/seal.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { ControlLinks } from './evidence-page.tsx'
import { EvidenceState } from './evidence-state.tsx'
import { InspectButtons } from './inspect.tsx'

type Document = Output<typeof getEvidence>

/** One document: what it shows, who brought it, who looked at it. */
export function DocumentPage({ params }: { readonly params: { readonly evidence: string } }) {
  const t = useMessages().evidence
  const document = useRead(getEvidence, { params })
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const download = async () => {
    setProblem(null)
    try {
      const { bytes } = await api.download(downloadEvidence, { params })
      saveFile(document.fileName, bytes, 'application/octet-stream')
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <Page
      title={document.title}
      badge={<EvidenceState state={document.state} />}
      breadcrumbs={[{ label: t.title, to: paths.evidence() }]}
      actions={
        <Button
          variant="default"
          size="sm"
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => {
            void download()
          }}
        >
          {t.download}
        </Button>
      }
    >
      <ProblemNote problem={problem} />
      <Section title={t.document} note={t.downloadNote} sheet>
        <Facts document={document} />
      </Section>
      <Inspections document={document} />
    </Page>
  )
}

function Facts({ document }: { readonly document: Document }) {
  const t = useMessages().evidence
  const format = useFormat()
  return (
    <FactList
      facts={[
        {
          label: t.period,
          value: `${format.day(document.from)} – ${format.day(document.to)}`,
        },
        { label: t.controls, value: <ControlLinks controls={document.controls} /> },
        { label: t.by, value: <Who who={document.by} /> },
        { label: t.uploaded, value: <When at={document.uploadedAt} /> },
        { label: t.file, value: document.fileName },
        { label: t.mediaType, value: document.mediaType },
        { label: t.size, value: format.bytes(document.size) },
        { label: t.sha256, value: <span className="hash">{document.sha256}</span> },
        { label: t.entry, value: <EntryLink seq={document.seq} /> },
      ]}
    />
  )
}

function Inspections({ document }: { readonly document: Document }) {
  const t = useMessages().evidence
  return (
    <Section
      title={t.inspect.title}
      note={t.inspect.note}
      actions={<InspectButtons evidence={document.id} uploader={document.by.id} />}
    >
      {document.inspections.length === 0 ? (
        <p className="faint">{t.inspect.none}</p>
      ) : (
        <ul className="story">
          {document.inspections.map((inspection) => (
            <li key={inspection.seq}>
              <span className="story-what">
                <Seal size="sm" /> <EvidenceState state={inspection.conclusion} />
              </span>
              <p className="pre-line">{inspection.note}</p>
              <span className="story-who">
                <Who who={inspection.by} />
                <When at={inspection.at} />
                <EntryLink seq={inspection.seq} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
