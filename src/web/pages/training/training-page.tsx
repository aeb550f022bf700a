import { listCourses } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page } from '../../ui/page.tsx'
import { Starters } from './starters.tsx'

type Row = Output<typeof listCourses>['courses'][number]

/** Courses with who must and who did; starter courses while some are not offered. */
export function TrainingPage() {
  const t = useMessages().training
  const { courses, starters } = useRead(listCourses, {})
  const columns = [...useCourseColumns(), ...useResultColumns()]
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={
        <CommandLink permission="training.write" to={paths.importTraining()}>
          {t.importResults}
        </CommandLink>
      }
    >
      <DataTable
        label={t.list}
        rows={courses}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.course(row.id)}
        empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
      />
      {starters.length > 0 && <Starters starters={starters} />}
    </Page>
  )
}

function useCourseColumns(): readonly Column<Row>[] {
  const t = useMessages().training
  const text = useText()
  const states = (['offered', 'available', 'withdrawn'] as const).map((value) => ({
    value,
    label: t.states[value],
  }))
  return [
    {
      key: 'title',
      title: t.course,
      value: (row) => text(row.title),
      cell: (row) => text(row.title),
    },
    {
      key: 'audience',
      title: t.audience,
      value: (row) => t.audiences[row.audience],
      cell: (row) => t.audiences[row.audience],
      tight: true,
    },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices: states,
      cell: (row) => t.states[row.state],
      tight: true,
    },
  ]
}

function useResultColumns(): readonly Column<Row>[] {
  const t = useMessages().training
  const format = useFormat()
  return [
    {
      key: 'done',
      title: t.done,
      value: (row) => (row.required === 0 ? null : row.completed / row.required),
      text: (row) => `${row.completed}/${row.required}`,
      cell: (row) =>
        row.required === 0
          ? '—'
          : t.doneOf(format.number(row.completed), format.number(row.required)),
    },
    {
      key: 'valid',
      title: t.valid,
      value: (row) => row.validMonths,
      cell: (row) => t.months(format.number(row.validMonths)),
      tight: true,
      wide: true,
    },
    { key: 'mine', title: t.mine, cell: (row) => <Mine row={row} />, tight: true },
  ]
}

function Mine({ row }: { readonly row: Row }) {
  const t = useMessages().training.mineStates
  const { mine } = row
  if (mine === null || (!mine.required && mine.completedOn === null)) {
    return <span className="faint">{t.none}</span>
  }
  const sign = mine.current ? 'met' : 'not-met'
  return (
    <span className={`badge badge-sm tone-${sign}`}>
      <Mark sign={sign} />
      {mine.current ? t.current : t.todo}
    </span>
  )
}
