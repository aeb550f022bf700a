import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat, useMessages } from '../messages/language.tsx'
import { useSetSearch } from '../routing/use-search.ts'
import type { Column, TableProps } from './data-table.tsx'
import { saveFile } from './save-file.ts'
import type { TableState } from './table-view.ts'
import { csvOf, facetCounts, parameterName, said } from './table-view.ts'

/** The address follows the typing so long after the last key. */
const typingPauseMs = 150

type Props<Row> = TableProps<Row> & {
  readonly state: TableState
  readonly found: readonly Row[]
  readonly chosen: number
}

/** The search field, the filters, the exact counts and the way to a CSV file. */
export function TableTools<Row>(props: Props<Row>) {
  const t = useMessages().ui.table
  const format = useFormat()
  const { rows, columns, state, found, name = '', saveAs, chosen } = props
  const count =
    found.length === rows.length
      ? t.total(format.number(rows.length))
      : t.shown(format.number(found.length), format.number(rows.length))
  return (
    <div className="table-tools">
      <SearchField key={name} name={name} text={state.text} />
      {columns.map((column) =>
        column.choices === undefined ? null : (
          <Filter key={column.key} {...props} column={column} />
        ),
      )}
      <output className="table-count">
        {count}
        {chosen > 0 && ` · ${t.chosen(format.number(chosen))}`}
      </output>
      {saveAs !== undefined && (
        <button
          type="button"
          className="quiet-button table-save"
          onClick={() => {
            saveFile(`${saveAs}.csv`, csvOf(csvRows(columns, found)), 'text/csv')
          }}
        >
          <IconDownload size={15} aria-hidden /> {t.csv}
        </button>
      )}
    </div>
  )
}

function SearchField({ name, text }: { readonly name: string; readonly text: string }) {
  const t = useMessages().ui.table
  const setSearch = useSetSearch()
  const [typed, setTyped] = useState(text)
  const [told, setTold] = useState(text)
  // A link or "clear filters" changed the address: the field follows it.
  if (text !== told) {
    setTold(text)
    setTyped(text)
  }
  const tell = useDebouncedCallback((next: string) => {
    setTold(next)
    setSearch({ [parameterName(name, 'q')]: next })
  }, typingPauseMs)
  return (
    <TextInput
      className="table-search"
      size="xs"
      type="search"
      aria-label={t.filter}
      placeholder={t.filterHint}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        tell(event.currentTarget.value)
      }}
    />
  )
}

function Filter<Row>(props: Props<Row> & { readonly column: Column<Row> }) {
  const t = useMessages().ui.table
  const format = useFormat()
  const setSearch = useSetSearch()
  const { rows, columns, state, name = '', column } = props
  const counts = facetCounts(rows, columns, state, column.key)
  const value = state.chosen[column.key] ?? null
  const data = (column.choices ?? [])
    .filter((choice) => (counts.get(choice.value) ?? 0) > 0 || choice.value === value)
    .map((choice) => ({
      value: choice.value,
      label: `${choice.label} (${format.number(counts.get(choice.value) ?? 0)})`,
    }))
  return (
    <Select
      className="table-filter"
      size="xs"
      aria-label={column.title}
      placeholder={t.any(column.title)}
      data={data}
      value={value}
      clearable
      searchable={data.length > 12}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      onChange={(next) => {
        setSearch({ [parameterName(name, column.key)]: next ?? undefined })
      }}
    />
  )
}

function csvRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]) {
  const kept = columns.filter(({ value, text }) => value !== undefined || text !== undefined)
  return [
    kept.map(({ title }) => title),
    ...rows.map((row) => kept.map((column) => said(column, row))),
  ]
}
