import { useState } from 'react'
import { importAccounts } from '../../../contract/directory.ts'
import { useCommand } from '../../api/use-command.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import type { ChosenFile } from '../../ui/file-drop.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

/** A list that the service exported, handed in whole. */
export function ImportAccounts({ source }: { readonly source: string }) {
  const t = useMessages().directory.sources
  const text = useText()
  const format = useFormat()
  const command = useCommand(importAccounts)
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const [shrunk, setShrunk] = useState(false)
  const run = async (isLoss: boolean) => {
    if (file === null) return
    const query = { lossAccepted: isLoss ? ('yes' as const) : ('no' as const) }
    const answer = await command.run({ params: { source }, query, body: file.bytes })
    if (answer === null) return
    const { failure, ignored } = answer
    setShrunk(failure !== null)
    setSaid(failure === null ? null : text(failure.explanation))
    if (failure !== null) return
    notifySuccess(t.imported(format.number(answer.accounts)))
    setSaid(ignored.length === 0 ? null : t.ignored(ignored.join(', ')))
    setFile(null)
  }
  return (
    <Section title={t.import} sheet>
      <div className="stack">
        <FileDrop
          label={t.file}
          hint={t.fileHint}
          bytesMax={importAccounts.body.bytes}
          accept=".csv,.json,.txt"
          file={file}
          onFile={setFile}
        />
        <ProblemNote problem={command.problem} />
        {said !== null && <output>{said}</output>}
        <div>
          <CommandButton
            permission="directory.write"
            running={command.running}
            onClick={() => {
              void run(shrunk)
            }}
          >
            {shrunk ? t.lossAccepted : t.import}
          </CommandButton>
        </div>
      </div>
    </Section>
  )
}
