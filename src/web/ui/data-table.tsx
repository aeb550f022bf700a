import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { useFormat, useMessages } from '../messages/language.tsx'
import type { Path } from '../paths.ts'
import { useGo, useSearchRecord, useSetSearch } from '../routing/use-search.ts'
import { PageLink } from './link.tsx'
import { TableTools } from './table-tools.tsx'
import type { ColumnRule, TableState } from './table-view.ts'
import { nextSort, parameterName, sortWord, tableState, visibleRows } from './table-view.ts'

/** So many rows are drawn at first and with each press on "more": thousands stay quick. */
const rowsStep = 100

type Choice = { readonly value: string; readonly label: string }

export type Column<Row> = ColumnRule<Row> & {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** The filter's choices, in the order in which they are offered; needs `facet`. */
  readonly choices?: readonly Choice[]
  /** Numbers stand at the end of their column. */
  readonly numeric?: boolean
  /** Left out where there is little room; the row's own page has it. */
  readonly wide?: boolean
  /** Takes only the room that it needs. */
  readonly tight?: boolean
  /** A filter without a column of its own: what it says shows elsewhere in the row. */
  readonly filterOnly?: boolean
}

type Group = { readonly key: string; readonly title: ReactNode }

export type Selection<Row> = {
  readonly keys: ReadonlySet<string>
  readonly change: (keys: ReadonlySet<string>) => void
  /** Names a row for those who cannot see it. */
  readonly label: (row: Row) => string
  readonly can?: (row: Row) => boolean
}

export type TableProps<Row> = {
  /** What the rows are, for those who cannot see the table. */
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /** Where a row leads; its first column becomes the link. */
  readonly rowTo?: (row: Row) => Path
  /** A column's key, `-` before it for downwards: the order when the address names none. */
  readonly sortedBy?: string
  /** Keeps the parameters of two tables on one page apart. */
  readonly name?: string
  /** Shown instead of the table when there are no rows at all. */
  readonly empty: ReactNode
  /** No field to search in, no filters: for a short list. */
  readonly bare?: boolean
  readonly selection?: Selection<Row>
  /** Puts rows that follow each other under a title, as long as no column is sorted by. */
  readonly group?: (row: Row) => Group
  /** Name of the CSV file that can be saved, without its ending. */
  readonly saveAs?: string
}

/**
 * Rows that can be searched, filtered and sorted; all of that lives in the address. Where there is
 * little room each row becomes a card.
 */
export function DataTable<Row>(props: TableProps<Row>) {
  const { rows, columns, name = '', sortedBy = null, bare = false } = props
  const search = useSearchRecord()
  const { compare } = useFormat()
  const [limit, setLimit] = useState(rowsStep)
  const state = tableState(search, name, columns, sortedBy)
  if (rows.length === 0) return props.empty
  const found = visibleRows(rows, columns, state, compare)
  const keys = props.selection?.keys
  return (
    <div className="data">
      {!bare && <TableTools {...props} state={state} found={found} chosen={keys?.size ?? 0} />}
      <div className="table-scroll">
        <table className="table">
          <caption className="visually-hidden">{props.label}</caption>
          <Head {...props} found={found} state={state} />
          {grouped(found.slice(0, limit), state.sort === null ? props.group : undefined).map(
            ({ group, rows: members }) => (
              <tbody key={group?.key ?? ''}>
                {group !== null && (
                  <tr className="group-row">
                    <th
                      scope="rowgroup"
                      colSpan={drawn(columns).length + (keys === undefined ? 0 : 1)}
                    >
                      {group.title}
                    </th>
                  </tr>
                )}
                {members.map((row) => (
                  <BodyRow key={props.rowKey(row)} row={row} table={props} />
                ))}
              </tbody>
            ),
          )}
        </table>
      </div>
      {found.length === 0 && <NoMatch name={name} columns={columns} />}
      {found.length > limit && (
        <More
          rest={found.length - limit}
          onMore={() => {
            setLimit(limit + rowsStep)
          }}
          onAll={() => {
            setLimit(found.length)
          }}
        />
      )}
    </div>
  )
}

type HeadProps<Row> = TableProps<Row> & {
  readonly found: readonly Row[]
  readonly state: TableState
}

function Head<Row>({ columns, name = '', found, state, selection, rowKey }: HeadProps<Row>) {
  const t = useMessages().ui.table
  const setSearch = useSetSearch()
  return (
    <thead>
      <tr>
        {selection !== undefined && (
          <th scope="col" className="col-tight">
            <SelectAll found={found} selection={selection} rowKey={rowKey} />
          </th>
        )}
        {drawn(columns).map((column) => {
          const sorted = state.sort?.key === column.key ? state.sort : null
          const order = sorted === null ? 'none' : sorted.down ? 'descending' : 'ascending'
          if (column.value === undefined) {
            return (
              <th key={column.key} scope="col" className={columnClass(column)}>
                {column.title}
              </th>
            )
          }
          return (
            <th key={column.key} scope="col" className={columnClass(column)} aria-sort={order}>
              <button
                type="button"
                className="sort"
                title={t.sortBy(column.title)}
                onClick={() => {
                  const sort = sortWord(nextSort(sorted, column.key))
                  setSearch({ [parameterName(name, 'sort')]: sort })
                }}
              >
                {column.title}
                <span className={`sort-mark sort-${order}`} aria-hidden />
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function BodyRow<Row>({ row, table }: { readonly row: Row; readonly table: TableProps<Row> }) {
  const go = useGo()
  const { columns, selection, rowTo, rowKey } = table
  const to = rowTo?.(row)
  const key = rowKey(row)
  const open = (event: MouseEvent<HTMLTableRowElement>) => {
    if (to !== undefined && isForRow(event)) void go(to)
  }
  return (
    // The link inside is the way for the keyboard; a press anywhere on the row is a convenience.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr className={to === undefined ? '' : 'row-link'} onClick={open} onKeyDown={moveFocus}>
      {selection !== undefined && (
        <td className="col-tight col-select">
          <Checkbox
            aria-label={selection.label(row)}
            size="xs"
            checked={selection.keys.has(key)}
            disabled={selection.can?.(row) === false}
            onChange={() => {
              selection.change(toggled(selection.keys, key))
            }}
          />
        </td>
      )}
      {drawn(columns).map((column, at) => (
        <td key={column.key} className={columnClass(column)} data-label={column.title}>
          {at === 0 && to !== undefined ? (
            <PageLink to={to} className="row-title">
              {column.cell(row)}
            </PageLink>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

function SelectAll<Row>(props: {
  readonly found: readonly Row[]
  readonly selection: Selection<Row>
  readonly rowKey: (row: Row) => string
}) {
  const t = useMessages().ui.table
  const { found, selection, rowKey } = props
  const keys = found.filter((row) => selection.can?.(row) !== false).map(rowKey)
  const chosen = keys.filter((key) => selection.keys.has(key)).length
  const all = keys.length > 0 && chosen === keys.length
  return (
    <Checkbox
      aria-label={t.selectAll}
      size="xs"
      checked={all}
      indeterminate={chosen > 0 && !all}
      onChange={() => {
        const others = [...selection.keys].filter((key) => !keys.includes(key))
        selection.change(new Set(all ? others : [...others, ...keys]))
      }}
    />
  )
}

function NoMatch<Row>(props: { readonly name: string; readonly columns: readonly Column<Row>[] }) {
  const t = useMessages().ui.table
  const setSearch = useSetSearch()
  const keys = ['q', ...props.columns.map(({ key }) => key)]
  return (
    <p className="no-match">
      {t.nothing}{' '}
      <button
        type="button"
        className="quiet-button"
        onClick={() => {
          const cleared = keys.map((key) => [parameterName(props.name, key), undefined] as const)
          setSearch(Object.fromEntries(cleared))
        }}
      >
        {t.clear}
      </button>
    </p>
  )
}

type MoreProps = {
  readonly rest: number
  readonly onMore: () => void
  readonly onAll: () => void
}

function More({ rest, onMore, onAll }: MoreProps) {
  const t = useMessages().ui.table
  const format = useFormat()
  return (
    <p className="more">
      <button type="button" className="quiet-button" onClick={onMore}>
        {t.more(format.number(Math.min(rest, rowsStep)))}
      </button>
      {rest > rowsStep && (
        <button type="button" className="quiet-button" onClick={onAll}>
          {t.more(format.number(rest))}
        </button>
      )}
    </p>
  )
}

type Grouped<Row> = { readonly group: Group | null; readonly rows: readonly Row[] }

function grouped<Row>(
  rows: readonly Row[],
  groupOf: ((row: Row) => Group) | undefined,
): readonly Grouped<Row>[] {
  if (groupOf === undefined) return [{ group: null, rows }]
  const groups = new Map<string, { group: Group; rows: Row[] }>()
  for (const row of rows) {
    const group = groupOf(row)
    const known = groups.get(group.key)
    if (known === undefined) groups.set(group.key, { group, rows: [row] })
    else known.rows.push(row)
  }
  return [...groups.values()]
}

function drawn<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.filter(({ filterOnly }) => filterOnly !== true)
}

function columnClass<Row>({ numeric = false, wide = false, tight = false }: Column<Row>): string {
  return [numeric && 'col-numeric', wide && 'col-wide', tight && 'col-tight']
    .filter(Boolean)
    .join(' ')
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return next
}

/** Presses on links and fields inside the row are theirs; selecting text opens nothing. */
function isForRow(event: MouseEvent): boolean {
  const { target } = event
  if (!(target instanceof Element) || target.closest('a, button, input, label') !== null) {
    return false
  }
  return (globalThis.getSelection()?.toString() ?? '') === ''
}

/** Up and down go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLTableRowElement>) {
  const { target, currentTarget, key } = event
  if (!(target instanceof HTMLAnchorElement) || !target.classList.contains('row-title')) return
  const sibling =
    key === 'ArrowDown'
      ? currentTarget.nextElementSibling
      : key === 'ArrowUp'
        ? currentTarget.previousElementSibling
        : null
  const link = sibling?.querySelector('a.row-title')
  if (!(link instanceof HTMLElement)) return
  event.preventDefault()
  link.focus()
}
