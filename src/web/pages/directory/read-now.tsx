import { Progress } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getDirectoryRun, observeDirectory } from '../../../contract/directory.ts'
import { api } from '../../api/api.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { Source } from './sources.tsx'

/** A run is asked about so often while it goes. */
const pollMs = 700

/** A look at the directory now: what has changed, or everything. */
export function ReadNow({ source }: { readonly source: Source }) {
  const t = useMessages().directory.sources
  const [started, setStarted] = useState<string | null>(null)
  const command = useCommand(observeDirectory)
  const run = started ?? source.running
  const isShrunk = source.lastFailure?.code === 'directory-shrunk' && source.failuresInARow > 0
  const start = async (full: boolean, lossAccepted: boolean) => {
    const body = { full, lossAccepted }
    const answer = await command.run({ params: { source: source.id }, body })
    if (answer !== null) setStarted(answer.run)
  }
  const button = (label: string, full: boolean, lossAccepted: boolean) => (
    <CommandButton
      permission="directory.write"
      running={command.running}
      variant={full ? 'default' : 'filled'}
      onClick={() => {
        void start(full, lossAccepted)
      }}
    >
      {label}
    </CommandButton>
  )
  return (
    <Section title={t.observe} sheet>
      <div className="stack">
        <div className="row">
          {button(t.observe, false, false)}
          {button(t.observeFull, true, false)}
          {isShrunk && button(t.lossAccepted, true, true)}
        </div>
        <ProblemNote problem={command.problem} />
        {run !== null && <RunProgress key={run} run={run} />}
      </div>
    </Section>
  )
}

function RunProgress({ run }: { readonly run: string }) {
  const t = useMessages().directory.sources
  const text = useText()
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['run', run],
    queryFn: ({ signal }) => api.call(getDirectoryRun, { params: { run } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMs : false),
  })
  const state = data?.state ?? 'running'
  useEffect(() => {
    // What the run recorded may change any status.
    if (state !== 'running') void client.invalidateQueries({ predicate: isNotRun })
  }, [state, client])
  if (data === undefined) return null
  return (
    <div className="stack">
      <Progress
        value={state === 'running' ? (data.done / Math.max(1, data.of)) * 100 : 100}
        color={state === 'failed' ? 'red' : 'indigo'}
        aria-label={t.observing}
      />
      <output>
        {state === 'running' && text(data.step)}
        {state === 'succeeded' && t.observed}
        {data.failure !== null && text(data.failure.explanation)}{' '}
        {data.seq !== null && <EntryLink seq={data.seq} />}
      </output>
    </div>
  )
}

function isNotRun({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== 'run'
}
