import { useState } from 'react'
import { getLedger, verifyLedger } from '../../../contract/ledger.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { ButtonLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { When } from '../../ui/when.tsx'
import { Copyable } from '../../ui/copyable.tsx'

type Ledger = Output<typeof getLedger>
type Verified = Output<typeof verifyLedger>

/** The ledger's health, its witnesses, and how a stranger checks it. */
export function LedgerPage() {
  const t = useMessages().ledger
  const ledger = useRead(getLedger, {})
  const verify = useCommand(verifyLedger)
  const [verified, setVerified] = useState<Verified | null>(null)
  const run = async () => {
    const answer = await verify.run({})
    if (answer === null) return
    setVerified(answer)
    notifySuccess(t.verified(answer.findings.length))
  }
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={
        <>
          <ButtonLink to={paths.entries()}>{t.entries}</ButtonLink>
          <CommandButton
            permission="ledger.read"
            running={verify.running}
            onClick={() => {
              void run()
            }}
          >
            {t.verify}
          </CommandButton>
        </>
      }
    >
      <ProblemNote problem={verify.problem} />
      {verified !== null && <Findings verified={verified} />}
      <Alarms ledger={ledger} />
      <Section title={t.health} sheet>
        <Health ledger={ledger} />
      </Section>
      <Witnesses ledger={ledger} />
      <Strangers ledger={ledger} />
    </Page>
  )
}

function Alarms({ ledger }: { readonly ledger: Ledger }) {
  const t = useMessages().ledger
  const text = useText()
  const format = useFormat()
  if (ledger.alarms.length === 0) return null
  return (
    <Section title={t.alarms}>
      {ledger.alarms.map((alarm) => (
        <div key={alarm.code} className="problem" role="alert">
          <Mark sign="not-met" />
          <div>
            <p>{text(alarm.message)}</p>
            <p className="problem-code">
              <code>{alarm.code}</code> {t.alarmSince(format.instant(alarm.since))}
            </p>
          </div>
        </div>
      ))}
    </Section>
  )
}

function Health({ ledger }: { readonly ledger: Ledger }) {
  const t = useMessages().ledger.facts
  const format = useFormat()
  const { checkpoint, lastVerified, size } = ledger
  const waiting = size - (checkpoint?.size ?? 0)
  return (
    <FactList
      facts={[
        { label: t.size, value: <span className="figure">{format.number(size)}</span> },
        {
          label: t.published,
          value: waiting <= 0 ? t.publishedAll : t.waiting(format.number(waiting)),
        },
        {
          label: t.checkpoint,
          value: checkpoint === null ? t.never : <When at={checkpoint.at} />,
        },
        checkpoint === null
          ? null
          : { label: t.root, value: <span className="hash">{checkpoint.root}</span> },
        {
          label: t.quorum,
          value: (
            <>
              <span className="pre-line">{ledger.quorum.policy}</span>{' '}
              {ledger.quorum.met ? t.quorumMet : t.quorumUnmet}
            </>
          ),
        },
        {
          label: t.lastVerified,
          value:
            lastVerified === null ? (
              t.lastVerifiedNever
            ) : (
              <>
                <When at={lastVerified.at} /> — {t.findings(lastVerified.findings)}{' '}
                <EntryLink seq={lastVerified.seq} />
              </>
            ),
        },
        { label: t.origin, value: <span className="hash">{ledger.origin}</span> },
        { label: t.vkey, value: <span className="hash">{ledger.vkey}</span> },
      ]}
    />
  )
}

type Witness = Ledger['witnesses'][number]

function useWitnessColumns(): readonly Column<Witness>[] {
  const t = useMessages().ledger.witnesses
  const format = useFormat()
  return [
    { key: 'name', title: t.name, value: (row) => row.name, cell: (row) => row.name },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      cell: (row) => (
        <span className={`badge badge-sm tone-${row.state === 'cosigned' ? 'met' : 'not-met'}`}>
          <Mark sign={row.state === 'cosigned' ? 'met' : 'not-met'} />
          {t.states[row.state]}
        </span>
      ),
      tight: true,
    },
    {
      key: 'size',
      title: t.size,
      value: (row) => row.size,
      cell: (row) => (row.size === null ? '—' : format.number(row.size)),
      numeric: true,
      tight: true,
    },
    {
      key: 'at',
      title: t.at,
      value: (row) => row.at,
      cell: (row) => (row.at === null ? '—' : <When at={row.at} />),
    },
    {
      key: 'message',
      title: t.message,
      value: (row) => row.message,
      cell: (row) => row.message ?? '—',
      wide: true,
    },
  ]
}

function Witnesses({ ledger }: { readonly ledger: Ledger }) {
  const t = useMessages().ledger.witnesses
  const columns = useWitnessColumns()
  return (
    <Section title={t.title} note={t.note}>
      <DataTable
        label={t.title}
        rows={ledger.witnesses}
        columns={columns}
        rowKey={(row) => row.name}
        bare
        empty={<EmptyState title={t.emptyTitle} text={t.emptyText} />}
      />
    </Section>
  )
}

function Strangers({ ledger }: { readonly ledger: Ledger }) {
  const t = useMessages().ledger.strangers
  const { origin } = globalThis.location
  return (
    <Section title={t.title} note={t.note}>
      <Copyable label={t.verify} text={`arinomama ledger verify ${origin}/ledger/`} />
      <Copyable label={t.check} text="arinomama ledger check entry-42.tlog-proof" />
      {ledger.checkpoint !== null && (
        <Copyable label={t.checkpoint} text={ledger.checkpoint.text} />
      )}
    </Section>
  )
}

type Finding = Verified['findings'][number]

function useFindingColumns(): readonly Column<Finding>[] {
  const t = useMessages().ledger.findings
  return [
    { key: 'where', title: t.where, value: (row) => row.where, cell: (row) => row.where },
    { key: 'what', title: t.what, value: (row) => row.message, cell: (row) => row.message },
    {
      key: 'code',
      title: t.code,
      value: (row) => row.code,
      cell: (row) => <code>{row.code}</code>,
      wide: true,
    },
  ]
}

function Findings({ verified }: { readonly verified: Verified }) {
  const t = useMessages().ledger.findings
  const columns = useFindingColumns()
  if (verified.findings.length === 0) {
    return (
      <output className="note">
        <Mark sign="met" />
        <span>{t.none}</span>
      </output>
    )
  }
  return (
    <Section title={t.title}>
      <DataTable
        label={t.title}
        name="found"
        rows={verified.findings}
        rowKey={(row) => `${row.code} ${row.where}`}
        columns={columns}
        saveAs="findings"
        empty={null}
      />
    </Section>
  )
}
