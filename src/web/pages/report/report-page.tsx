import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import { getBoard } from '../../../contract/criteria.ts'
import { getAssertion, makeReport } from '../../../contract/evidence.ts'
import { api } from '../../api/api.ts'
import type { ApiProblem } from '../../../contract/api-problem.ts'
import { asProblem } from '../../api/problem.ts'
import { useAsOf, useMay, useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useLanguage, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useSetSearch } from '../../routing/use-search.ts'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { StatusBar } from '../../ui/status-bar.tsx'
import { Assertion } from './assertion.tsx'
import type { ReportSearch } from './report-search.ts'

type Format = 'pdf' | 'markdown' | 'json'

const files = {
  pdf: { ending: 'pdf', mediaType: 'application/pdf' },
  markdown: { ending: 'md', mediaType: 'text/markdown' },
  json: { ending: 'json', mediaType: 'application/json' },
} as const

/** The report: for which day, in which language, what it will say, and the file itself. */
export function ReportPage({ search }: { readonly search: ReportSearch }) {
  const t = useMessages().report
  const spoken = useLanguage().language
  const language = search.language ?? spoken
  const { today } = useSession()
  const day = useAsOf() ?? today
  const assertion = useRead(getAssertion, { query: { language } })
  const mayI = useMay()
  return (
    <Page title={t.title} note={t.note}>
      <div className="columns">
        <div>
          <Section title={t.choose} sheet>
            <Choice day={day} language={language} />
            <Files day={day} language={language} />
            <p className="faint small">{t.same}</p>
          </Section>
          <Assertion assertion={assertion} day={day} language={language} />
        </div>
        <div>
          {mayI('criteria.read') && <Outlook />}
          <Contents />
        </div>
      </div>
    </Page>
  )
}

type Chosen = { readonly day: string; readonly language: 'ja' | 'en' }

function Choice({ day, language }: Chosen) {
  const t = useMessages()
  const { today, firstDay } = useSession()
  const setSearch = useSetSearch()
  return (
    <div className="row">
      <TextInput
        className="field-day"
        type="date"
        size="sm"
        label={t.report.day}
        description={t.report.dayHint}
        min={firstDay}
        max={today}
        value={day}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          setSearch({ asOf: chosen === today || chosen === '' ? undefined : chosen })
        }}
      />
      <div>
        <p className="field-label">{t.report.language}</p>
        <SegmentedControl
          size="sm"
          aria-label={t.report.language}
          value={language}
          data={[
            { value: 'ja', label: '日本語' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(next) => {
            setSearch({ language: next })
          }}
        />
      </div>
    </div>
  )
}

function Files({ day, language }: Chosen) {
  const t = useMessages().report
  const [making, setMaking] = useState<Format | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const make = async (format: Format) => {
    setMaking(format)
    setProblem(null)
    try {
      const query = { asOf: day, language, format }
      const { bytes, fileName } = await api.download(makeReport, { query })
      const { ending, mediaType } = files[format]
      saveFile(fileName ?? `type1-${day}-${language}.${ending}`, bytes, mediaType)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setMaking(null)
    }
  }
  const button = (format: Format, label: string) => (
    <Button
      key={format}
      size="sm"
      variant={format === 'pdf' ? 'filled' : 'default'}
      leftSection={format === 'pdf' ? <IconFileTypePdf size={18} aria-hidden /> : undefined}
      loading={making === format}
      disabled={making !== null && making !== format}
      onClick={() => {
        void make(format)
      }}
    >
      {label}
    </Button>
  )
  return (
    <>
      <div className="row">
        {button('pdf', t.pdf)}
        {button('markdown', t.markdown)}
        {button('json', t.json)}
        {making !== null && <output className="faint small">{t.making}</output>}
      </div>
      <ProblemNote problem={problem} />
    </>
  )
}

function Outlook() {
  const t = useMessages().report
  const format = useFormat()
  const board = useRead(getBoard, {})
  const { open } = board.exceptions
  return (
    <Section title={t.now} sheet>
      <StatusBar tally={board.totals} label={t.now} to={(status) => paths.criteria({ status })} />
      <p>
        {open === 0 ? (
          t.noOpen
        ) : (
          <TextLink to={paths.exceptions({ state: 'open' })}>
            {t.open(format.number(open))}
          </TextLink>
        )}
      </p>
      <p>
        <TextLink to={paths.criteria()}>{t.toBoard}</TextLink>
      </p>
    </Section>
  )
}

function Contents() {
  const t = useMessages().report.contents
  return (
    <Section title={t.title}>
      <ol className="lined-list">
        {t.items.map(({ part, text }) => (
          <li key={part}>
            <span className="id-code">{part}</span> {text}
          </li>
        ))}
      </ol>
    </Section>
  )
}
