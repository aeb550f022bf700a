import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ApiProblem } from '../../../contract/api-problem.ts'
import { exportPeople, listPeople } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { api } from '../../api/api.ts'
import { asProblem } from '../../api/problem.ts'
import { useAsOf } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useLanguage, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Day } from '../../ui/when.tsx'
import { PersonState, Share } from './person-state.tsx'

type Row = Output<typeof listPeople>['people'][number]

/** Everybody on the roster, on the day that is shown. */
export function PeoplePage() {
  const t = useMessages().people
  const format = useFormat()
  const { people, importedAt } = useRead(listPeople, {})
  const columns = [...usePlaceColumns(), ...useDutyColumns()]
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const when = importedAt === null ? t.neverImported : t.importedAt(format.instant(importedAt))
  return (
    <Page
      title={t.title}
      note={`${t.note} ${when}`}
      actions={
        <>
          {people.length > 0 && <ExportButton onProblem={setProblem} />}
          <CommandLink permission="people.write" to={paths.importPeople()} variant="filled">
            {t.importList}
          </CommandLink>
        </>
      }
    >
      <ProblemNote problem={problem} />
      <DataTable
        label={t.list}
        rows={people}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.person(row.id)}
        empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
      />
    </Page>
  )
}

function ExportButton({ onProblem }: { readonly onProblem: (problem: ApiProblem | null) => void }) {
  const t = useMessages().people
  const { language } = useLanguage()
  const asOf = useAsOf()
  const run = async () => {
    onProblem(null)
    try {
      const query = { language, ...(asOf === null ? {} : { asOf }) }
      const { bytes, fileName } = await api.download(exportPeople, { query })
      saveFile(fileName ?? 'people.csv', bytes, 'text/csv')
    } catch (error) {
      onProblem(asProblem(error))
    }
  }
  return (
    <Button
      variant="default"
      size="sm"
      onClick={() => {
        void run()
      }}
    >
      {t.exportList}
    </Button>
  )
}

function usePlaceColumns(): readonly Column<Row>[] {
  const t = useMessages().people
  const { unknownPerson } = useMessages().ui
  const states = (['active', 'future', 'left', 'off-roster', 'erased'] as const).map((value) => ({
    value,
    label: t.states[value],
  }))
  return [
    {
      key: 'name',
      title: t.name,
      value: (row) => row.name ?? unknownPerson,
      text: (row) => `${row.name ?? ''} ${row.email ?? ''} ${row.employeeNumber ?? ''}`,
      cell: (row) => row.name ?? unknownPerson,
    },
    {
      key: 'department',
      title: t.department,
      value: (row) => row.department,
      facet: (row) => (row.department === null ? [] : [row.department]),
      cell: (row) => row.department ?? '—',
    },
    {
      key: 'position',
      title: t.position,
      value: (row) => row.title,
      cell: (row) => row.title ?? '—',
      wide: true,
    },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices: states,
      cell: (row) => <PersonState state={row.state} listed={row.listed} />,
    },
  ]
}

function useDutyColumns(): readonly Column<Row>[] {
  const t = useMessages().people
  return [
    {
      key: 'end',
      title: t.end,
      value: (row) => row.endDate,
      cell: (row) => (row.endDate === null ? '—' : <Day day={row.endDate} />),
      tight: true,
      wide: true,
    },
    {
      key: 'training',
      title: t.training,
      value: (row) => row.training.required - row.training.done,
      cell: (row) => <Share done={row.training.done} of={row.training.required} />,
      tight: true,
    },
    {
      key: 'policies',
      title: t.policies,
      value: (row) => row.policies.required - row.policies.acknowledged,
      cell: (row) => <Share done={row.policies.acknowledged} of={row.policies.required} />,
      tight: true,
    },
  ]
}
