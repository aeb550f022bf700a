import { useState } from 'react'
import { importCompletions } from '../../../contract/people.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import type { ChosenFile } from '../../ui/file-drop.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

/** Results of another training system, all or nothing. */
export function ImportPage() {
  const t = useMessages().training
  const go = useGo()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [tried, setTried] = useState(false)
  const command = useCommand(importCompletions)
  const run = async () => {
    setTried(true)
    if (file === null) return
    const answer = await command.run({ body: file.bytes })
    if (answer === null) return
    notifySuccess(t.import.done(answer.recorded, answer.unchanged))
    await go(paths.training())
  }
  return (
    <Page
      title={t.import.title}
      note={t.import.note}
      breadcrumbs={[{ label: t.title, to: paths.training() }]}
    >
      <div className="stack">
        <FileDrop
          label={t.import.file}
          hint={t.import.fileHint}
          bytesMax={importCompletions.body.bytes}
          accept=".csv,.json,.txt"
          file={file}
          onFile={(chosen) => {
            setFile(chosen)
            command.forget()
          }}
          error={tried && file === null ? t.import.missing : null}
        />
        <ProblemNote problem={command.problem} />
        <div>
          <CommandButton
            permission="training.write"
            running={command.running}
            onClick={() => {
              void run()
            }}
          >
            {t.import.submit}
          </CommandButton>
        </div>
      </div>
    </Page>
  )
}
