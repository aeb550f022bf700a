import { Button } from '@mantine/core'
import { useState } from 'react'
import { confirmPeople, previewPeople } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import type { ChosenFile } from '../../ui/file-drop.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Changes } from './changes.tsx'

export type Preview = Output<typeof previewPeople>

/** A list is read, what it would change is shown, and only then recorded. */
export function ImportPage() {
  const t = useMessages().people
  const [file, setFile] = useState<ChosenFile | null>(null)
  const preview = useCommand(previewPeople)
  const [read, setRead] = useState<Preview | null>(null)
  const choose = (chosen: ChosenFile | null) => {
    setFile(chosen)
    setRead(null)
    preview.forget()
  }
  const run = async () => {
    if (file !== null) setRead(await preview.run({ body: file.bytes }))
  }
  return (
    <Page
      title={t.import.title}
      note={t.import.note}
      breadcrumbs={[{ label: t.title, to: paths.people() }]}
    >
      <div className="stack">
        <FileDrop
          label={t.import.file}
          hint={t.import.fileHint}
          bytesMax={previewPeople.body.bytes}
          accept=".csv,.json,.txt"
          file={file}
          onFile={choose}
        />
        <ProblemNote problem={preview.problem} />
        {read === null && (
          <div>
            <CommandButton
              permission="people.write"
              running={preview.running}
              onClick={() => {
                void run()
              }}
            >
              {t.import.read}
            </CommandButton>
          </div>
        )}
      </div>
      {file !== null && read !== null && (
        <Confirm
          file={file}
          preview={read}
          onAgain={() => {
            choose(null)
          }}
        />
      )}
    </Page>
  )
}

type ConfirmProps = {
  readonly file: ChosenFile
  readonly preview: Preview
  readonly onAgain: () => void
}

function Confirm({ file, preview, onAgain }: ConfirmProps) {
  const t = useMessages().people.import
  const format = useFormat()
  const go = useGo()
  const command = useCommand(confirmPeople)
  const { digest, counts, columns } = preview
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const run = async () => {
    const answer = await command.run({ params: { digest }, body: file.bytes })
    if (answer === null) return
    notifySuccess(t.done(answer.recorded))
    await go(paths.people())
  }
  return (
    <Section
      title={t.changes}
      note={
        <>
          {t.found(format.number(preview.rows), preview.encoding)},{' '}
          {t.unchanged(format.number(preview.unchanged))}
          <br />
          {t.columns(columns.read.join(', '))}
          {columns.ignored.length > 0 && ` — ${t.ignored(columns.ignored.join(', '))}`}
        </>
      }
      actions={
        <>
          <Button variant="default" size="sm" onClick={onAgain}>
            {t.again}
          </Button>
          {total > 0 && (
            <CommandButton
              permission="people.write"
              running={command.running}
              onClick={() => {
                void run()
              }}
            >
              {t.confirm}
            </CommandButton>
          )}
        </>
      }
    >
      <ProblemNote problem={command.problem} />
      <Changes preview={preview} total={total} />
    </Section>
  )
}
