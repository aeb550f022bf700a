import { getBoard } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { StatusBar } from '../../ui/status-bar.tsx'
import { useStatusColumn } from '../../ui/status-column.tsx'

type Board = Output<typeof getBoard>
type Row = Board['criteria'][number]

/** Every criterion in scope as it is, now or on the day that is shown. */
export function BoardPage() {
  const t = useMessages().criteria
  const board = useRead(getBoard, {})
  const columns = useColumns(board)
  const group = useSeriesTitle(board)
  return (
    <Page title={t.title} note={t.note}>
      <StatusBar
        tally={board.totals}
        label={t.totals}
        to={(status) => paths.criteria({ status })}
      />
      <DataTable
        label={t.list}
        rows={board.criteria}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.criterion(row.id)}
        group={group}
        saveAs="criteria"
        empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
      />
    </Page>
  )
}

function useColumns(board: Board): readonly Column<Row>[] {
  const t = useMessages()
  const text = useText()
  const format = useFormat()
  const status = useStatusColumn<Row>((row) => row.status)
  const categories = [...new Set(board.criteria.map((row) => row.category))]
  return [
    {
      key: 'criterion',
      title: t.criteria.criterion,
      value: (row) => `${row.id} ${text(row.title)}`,
      cell: (row) => (
        <>
          <span className="id-code">{row.id}</span>
          {text(row.title)}
        </>
      ),
    },
    status,
    {
      key: 'category',
      title: t.criteria.category,
      facet: (row) => [row.category],
      choices: categories.map((value) => ({ value, label: t.ui.category[value] })),
      value: (row) => t.ui.category[row.category],
      cell: (row) => <span className="faint">{t.ui.category[row.category]}</span>,
      wide: true,
    },
    {
      key: 'controls',
      title: t.criteria.controls,
      value: (row) => row.controls,
      cell: (row) => format.number(row.controls),
      numeric: true,
      tight: true,
    },
    {
      key: 'exceptions',
      title: t.criteria.exceptions,
      value: (row) => row.exceptions,
      cell: (row) => format.number(row.exceptions),
      numeric: true,
      tight: true,
    },
  ]
}

function useSeriesTitle(board: Board) {
  const t = useMessages().criteria
  const text = useText()
  const format = useFormat()
  return ({ series }: Row) => {
    const title = board.series.find(({ id }) => id === series)?.title
    const members = board.criteria.filter((row) => row.series === series)
    const met = members.filter((row) => row.status === 'met').length
    return {
      key: series,
      title: (
        <>
          <span className="id-code">{series}</span> {title === undefined ? '' : text(title)}
          <span className="group-extra">
            {t.seriesCount(format.number(met), format.number(members.length))}
          </span>
        </>
      ),
    }
  }
}
