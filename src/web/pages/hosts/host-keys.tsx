import { Button } from '@mantine/core'
import { useState } from 'react'
import { readHostKeys } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

type Props = {
  readonly host: string
  readonly port: number
  readonly onKey: (hostKey: string) => void
}

/** What the machine says its keys are, to be compared before one is pinned. */
export function HostKeys({ host, port, onKey }: Props) {
  const t = useMessages().hosts.form
  const command = useCommand(readHostKeys)
  const [keys, setKeys] = useState<Output<typeof readHostKeys>>([])
  const ask = async () => {
    setKeys((await command.run({ body: { host, port } })) ?? [])
  }
  return (
    <div className="stack">
      <div>
        <CommandButton
          permission="hosts.write"
          variant="default"
          size="xs"
          running={command.running}
          onClick={() => {
            void ask()
          }}
        >
          {t.askKeys}
        </CommandButton>
      </div>
      <ProblemNote problem={command.problem} />
      <ul className="lined-list">
        {keys.map(({ type, hostKey, fingerprint }) => (
          <li key={hostKey} className="row">
            <span>{type}</span>
            <span className="hash">{fingerprint}</span>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                onKey(hostKey)
              }}
            >
              {t.use}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
