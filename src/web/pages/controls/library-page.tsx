import { useState } from 'react'
import { adoptControls, getBoard, listLibrary } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageLink, TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useDutyColumns } from './control-table.tsx'

type Row = Output<typeof listLibrary>[number]

/** The library: read each control, adopt what is really done. */
export function LibraryPage() {
  const t = useMessages().controls
  const rows = useRead(listLibrary, {})
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const adopt = useCommand(adoptControls)
  const format = useFormat()
  const columns = useColumns()
  const count = keys.size
  const send = async () => {
    const answer = await adopt.run({ body: { controls: [...keys] } })
    if (answer === null) return
    notifySuccess(t.libraryPage.done(format.number(count)))
    setKeys(new Set())
  }
  return (
    <Page
      title={t.libraryPage.title}
      note={t.libraryPage.note}
      breadcrumbs={[{ label: t.title, to: paths.controls() }]}
      actions={
        <CommandButton
          permission="controls.write"
          reason={count === 0 ? t.libraryPage.chooseFirst : null}
          running={adopt.running}
          onClick={() => void send()}
        >
          {count === 0 ? t.libraryPage.adoptNone : t.libraryPage.adopt(format.number(count))}
        </CommandButton>
      }
    >
      <Coverage />
      <ProblemNote problem={adopt.problem} />
      <DataTable
        label={t.libraryPage.list}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        sortedBy="control"
        saveAs="control-library"
        selection={{
          keys,
          change: setKeys,
          label: (row) => t.libraryPage.select(row.id),
          can: (row) => !row.adopted,
        }}
        empty={<EmptyState title={t.empty.title} text={t.empty.past} />}
      />
    </Page>
  )
}

/** How many criteria nobody answers yet: what the library is opened for. */
function Coverage() {
  const t = useMessages().controls.libraryPage
  const format = useFormat()
  const { criteria } = useRead(getBoard, {})
  const open = criteria.filter((row) => row.controls === 0 && row.status !== 'not-applicable')
  return (
    <div className={open.length === 0 ? 'note' : 'note note-warning'}>
      <Mark sign={open.length === 0 ? 'met' : 'not-proven'} />
      <div>
        <p>{open.length === 0 ? t.covered : t.uncovered(format.number(open.length))}</p>
        {open.length > 0 && (
          <ul className="chips">
            {open.map(({ id }) => (
              <li key={id}>
                <PageLink className="chip" to={paths.library({ q: id })}>
                  {id}
                </PageLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useMessages()
  const text = useText()
  const duties = useDutyColumns<Row>()
  const yesNo = (yes: string, no: string) => [
    { value: 'yes', label: yes },
    { value: 'no', label: no },
  ]
  return [
    {
      key: 'control',
      title: t.controls.control,
      value: (row) => `${row.id} ${text(row.title)}`,
      text: (row) => `${row.id} ${text(row.title)} ${text(row.statement)}`,
      cell: (row) => <LibraryEntry row={row} />,
    },
    {
      key: 'adoption',
      title: t.controls.libraryPage.adoption,
      value: (row) => Number(row.adopted),
      text: (row) => (row.adopted ? t.controls.libraryPage.adopted : ''),
      facet: (row) => [row.adopted ? 'yes' : 'no'],
      choices: yesNo(t.controls.libraryPage.adopted, t.controls.libraryPage.notAdopted),
      cell: (row) => <Adoption row={row} />,
      tight: true,
    },
    {
      key: 'scope',
      title: t.controls.libraryPage.scope,
      facet: (row) => [row.inScope ? 'yes' : 'no'],
      choices: yesNo(t.controls.libraryPage.inScope, t.controls.libraryPage.outOfScope),
      cell: () => null,
      filterOnly: true,
    },
    ...duties,
    {
      key: 'criteria',
      title: t.controls.criteria,
      value: (row) => row.criteria.join(' '),
      cell: (row) => <span className="faint small">{row.criteria.join(' ')}</span>,
      wide: true,
    },
  ]
}

function Adoption({ row }: { readonly row: Row }) {
  const t = useMessages().controls.libraryPage
  if (row.adopted) return <TextLink to={paths.control(row.id)}>{t.adopted}</TextLink>
  return row.inScope ? null : <span className="faint">{t.outOfScope}</span>
}

function LibraryEntry({ row }: { readonly row: Row }) {
  const t = useMessages().controls
  const text = useText()
  return (
    <details className="library-entry">
      <summary>
        <span className="id-code">{row.id}</span> {text(row.title)}
      </summary>
      <p>{text(row.statement)}</p>
      <p className="faint small">
        {t.proof}: {text(row.proof)}
      </p>
      {row.checks.length > 0 && (
        <p className="faint small">
          {t.checks}: {row.checks.join(', ')}
        </p>
      )}
    </details>
  )
}
