import { Button } from '@mantine/core'
import { getEntry } from '../../../contract/ledger.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { ButtonLink, TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useEventName } from '../../ui/story.tsx'
import { Statement } from '../../ui/sign-dialog.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { Copyable } from '../../ui/copyable.tsx'

type Entry = Output<typeof getEntry>

/** One entry: what it says, its exact bytes, its signature and its proof. */
export function EntryPage({ params }: { readonly params: { readonly seq: number } }) {
  const t = useMessages().ledger
  const format = useFormat()
  const entry = useRead(getEntry, { params })
  const word = useEventName()
  return (
    <Page
      title={t.entry.title(format.number(entry.seq))}
      note={
        <>
          {word(entry.type)} <code>{entry.type}</code>
        </>
      }
      breadcrumbs={[
        { label: t.title, to: paths.ledger() },
        { label: t.list.title, to: paths.entries() },
      ]}
      actions={
        <>
          {entry.previous !== null && (
            <ButtonLink to={paths.entry(entry.previous)}>{t.entry.previous}</ButtonLink>
          )}
          {entry.next !== null && (
            <ButtonLink to={paths.entry(entry.next)}>{t.entry.next}</ButtonLink>
          )}
        </>
      }
    >
      <Facts entry={entry} />
      {entry.signed !== null && <Signature signed={entry.signed} />}
      <Section
        title={t.entry.bytes}
        note={t.entry.bytesNote}
        actions={
          <SaveButton
            label={t.entry.save}
            name={`entry-${entry.seq}.json`}
            text={entry.canonical}
            mediaType="application/json"
          />
        }
      >
        <Copyable label={entry.type} text={indented(entry.canonical)} />
      </Section>
      <Proof entry={entry} />
    </Page>
  )
}

function Facts({ entry }: { readonly entry: Entry }) {
  const t = useMessages().ledger.entry
  return (
    <FactList
      facts={[
        { label: t.recorded, value: <When at={entry.recordedAt} /> },
        { label: t.effective, value: <When at={entry.effectiveAt} /> },
        { label: t.by, value: <Who who={entry.by} /> },
        {
          label: t.stream,
          value: (
            <TextLink className="hash" to={paths.entries({ stream: entry.stream })}>
              {entry.stream}
            </TextLink>
          ),
        },
        { label: t.leaf, value: <span className="hash">{entry.leafHash}</span> },
      ]}
    />
  )
}

function Signature({ signed }: { readonly signed: NonNullable<Entry['signed']> }) {
  const t = useMessages().ledger.entry
  const sign = signed.valid ? 'met' : 'not-met'
  return (
    <Section title={t.signature} sheet>
      <div className="stack">
        <p className={`badge badge-lg tone-${sign}`} role={signed.valid ? undefined : 'alert'}>
          <Mark sign={sign} />
          {signed.valid ? t.valid : t.invalid}
        </p>
        <FactList facts={[{ label: t.signedBy, value: <Who who={signed.by} /> }]} />
        <Statement statement={signed.statement} />
      </div>
    </Section>
  )
}

function Proof({ entry }: { readonly entry: Entry }) {
  const t = useMessages().ledger.entry
  const name = `entry-${entry.seq}.tlog-proof`
  if (entry.proof === null) {
    return (
      <Section title={t.proof} note={t.noProof}>
        <></>
      </Section>
    )
  }
  return (
    <Section
      title={t.proof}
      note={t.proofNote}
      actions={
        <SaveButton label={t.saveProof} name={name} text={entry.proof} mediaType="text/plain" />
      }
    >
      <Copyable label={name} text={entry.proof} />
      <Copyable
        label={t.how}
        text={`arinomama ledger check ${name} --entry entry-${entry.seq}.json`}
      />
    </Section>
  )
}

type SaveProps = {
  readonly label: string
  readonly name: string
  readonly text: string
  readonly mediaType: string
}

function SaveButton({ label, name, text, mediaType }: SaveProps) {
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() => {
        saveFile(name, text, mediaType)
      }}
    >
      {label}
    </Button>
  )
}

/** The same JSON, easier to read; what is saved stays byte for byte. */
function indented(canonical: string): string {
  return JSON.stringify(JSON.parse(canonical), null, 2)
}
