import { Progress } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getRun, observe } from '../../../contract/devices.ts'
import { api } from '../../api/api.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Section } from '../../ui/page.tsx'

/** A run is asked about so often while it goes. */
const pollMs = 700

type Props = { readonly source: string; readonly running: string | null }

/** A look at the source now, with its progress. */
export function ObserveNow({ source, running }: Props) {
  const t = useMessages().hosts.source
  const [started, setStarted] = useState<string | null>(null)
  const command = useCommand(observe)
  const run = started ?? running
  const start = async () => {
    const answer = await command.run({ params: { source } })
    if (answer !== null) setStarted(answer.run)
  }
  return (
    <Section title={t.observe} sheet>
      <div className="stack">
        <div>
          <CommandButton
            permission="hosts.write"
            running={command.running}
            onClick={() => {
              void start()
            }}
          >
            {t.observe}
          </CommandButton>
        </div>
        <ProblemNote problem={command.problem} />
        {run !== null && <RunProgress key={run} run={run} />}
      </div>
    </Section>
  )
}

function RunProgress({ run }: { readonly run: string }) {
  const t = useMessages().hosts.source
  const text = useText()
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['run', run],
    queryFn: ({ signal }) => api.call(getRun, { params: { run } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMs : false),
  })
  const state = data?.state ?? 'running'
  useEffect(() => {
    // What the run recorded may change any status.
    if (state !== 'running') void client.invalidateQueries({ predicate: isNotRun })
  }, [state, client])
  if (data === undefined) return null
  const share = data.of === 0 ? 0 : (data.done / data.of) * 100
  return (
    <div className="stack">
      <Progress
        value={state === 'running' ? share : 100}
        color={state === 'failed' ? 'red' : 'indigo'}
        aria-label={t.observing}
      />
      <output>
        {state === 'running' && text(data.step)}
        {state === 'succeeded' && t.observed}
        {data.failure !== null && text(data.failure.explanation)}{' '}
        {data.seq !== null && <EntryLink seq={data.seq} />}
      </output>
      {data.failure !== null && data.failure.message !== '' && (
        <pre className="exact">{data.failure.message}</pre>
      )}
    </div>
  )
}

function isNotRun({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== 'run'
}
