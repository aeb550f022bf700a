import { useState } from 'react'
import { adoptPolicies } from '../../../contract/people.ts'
import type { listPolicies } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

type Starter = Output<typeof listPolicies>['starters'][number]

/** The starter policies that are not used yet, all chosen at first. */
export function Starters({ starters }: { readonly starters: readonly Starter[] }) {
  const t = useMessages().policies.starters
  const text = useText()
  const columns = useColumns()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const command = useCommand(adoptPolicies)
  const chosen = starters.map(({ id }) => id).filter((id) => !left.has(id))
  const take = async () => {
    const answer = await command.run({ body: { policies: chosen } })
    if (answer !== null) notifySuccess(t.taken)
  }
  return (
    <Section
      title={t.title}
      note={t.note}
      actions={
        <CommandButton
          permission="policies.write"
          running={command.running}
          onClick={() => {
            if (chosen.length > 0) void take()
          }}
        >
          {t.take}
        </CommandButton>
      }
    >
      <ProblemNote problem={command.problem} />
      <DataTable
        label={t.title}
        name="starters"
        rows={starters}
        columns={columns}
        rowKey={(row) => row.id}
        bare
        selection={{
          keys: new Set(chosen),
          change: (keys) => {
            setLeft(new Set(starters.map(({ id }) => id).filter((id) => !keys.has(id))))
          },
          label: (row) => t.select(text(row.title)),
        }}
        empty={null}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Starter>[] {
  const t = useMessages().policies
  const text = useText()
  return [
    {
      key: 'title',
      title: t.policy,
      value: (row) => text(row.title),
      cell: (row) => text(row.title),
    },
    {
      key: 'summary',
      title: t.starters.summary,
      cell: (row) => <span className="faint">{text(row.summary)}</span>,
    },
  ]
}
