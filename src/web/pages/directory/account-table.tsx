import type { ReactNode } from 'react'
import type { listDirectoryAccounts } from '../../../contract/directory.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'

type Accounts = Output<typeof listDirectoryAccounts>
type Row = Accounts['rows'][number]

type Props = {
  readonly label: string
  readonly name: string
  readonly accounts: Accounts
  readonly empty: ReactNode
}

/** Accounts with whose they are and when they were used. */
export function AccountTable({ label, name, accounts, empty }: Props) {
  const t = useMessages().directory
  const format = useFormat()
  const columns = [...useWhoColumns(), ...useStateColumns()]
  const { rows, total } = accounts
  return (
    <>
      {total > rows.length && (
        <p className="faint">{t.more(format.number(rows.length), format.number(total))}</p>
      )}
      <DataTable
        label={label}
        name={name}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.directoryAccount(row.id)}
        saveAs="accounts"
        empty={empty}
      />
    </>
  )
}

function useWhoColumns(): readonly Column<Row>[] {
  const t = useMessages().directory
  return [
    {
      key: 'account',
      title: t.account,
      value: (row) => row.login,
      cell: (row) => (
        <>
          {row.login}
          {row.name !== null && <span className="faint small"> {row.name}</span>}
        </>
      ),
    },
    {
      key: 'source',
      title: t.source,
      value: (row) => row.source.name,
      facet: (row) => [row.source.name],
      cell: (row) => row.source.name,
      wide: true,
    },
    {
      key: 'owner',
      title: t.owner,
      value: (row) => row.owner?.name ?? null,
      cell: (row) =>
        row.owner === null ? (
          <span className={row.state === 'enabled' ? 'tone-not-met' : 'faint'}>{t.noOwner}</span>
        ) : (
          <>
            <Who who={row.owner} />
            {row.use !== null && row.use !== 'person' && (
              <span className="faint small"> {t.uses[row.use]}</span>
            )}
          </>
        ),
    },
  ]
}

function useStateColumns(): readonly Column<Row>[] {
  const t = useMessages().directory
  const format = useFormat()
  return [
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices: choicesOf(t.states),
      cell: (row) => t.states[row.state],
      tight: true,
    },
    {
      key: 'kind',
      title: t.kind,
      facet: (row) => [row.kind],
      choices: choicesOf(t.kinds),
      value: (row) => t.kinds[row.kind],
      cell: (row) => t.kinds[row.kind],
      tight: true,
      wide: true,
    },
    {
      key: 'privileged',
      title: t.privileged,
      value: (row) => (row.privileged ? 0 : 1),
      facet: (row) => [row.privileged ? 'yes' : 'no'],
      choices: choicesOf({ yes: t.yes, no: t.no }),
      cell: (row) => (row.privileged ? t.privileged : '—'),
      tight: true,
      wide: true,
    },
    {
      key: 'used',
      title: t.lastUsed,
      value: (row) => row.lastUsedAt,
      cell: (row) =>
        row.lastUsedAt !== null ? (
          <When at={row.lastUsedAt} />
        ) : (
          <span className="faint">{row.neverUsed === true ? t.never : t.unknown}</span>
        ),
      tight: true,
    },
    {
      key: 'exceptions',
      title: t.exceptions,
      value: (row) => row.exceptions,
      cell: (row) => format.number(row.exceptions),
      numeric: true,
      tight: true,
    },
  ]
}

function choicesOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
