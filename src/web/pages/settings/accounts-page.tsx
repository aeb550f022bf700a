import { useState } from 'react'
import type { Output } from '../../../contract/route.ts'
import { listAccounts } from '../../../contract/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { AccountDialog } from './account-dialog.tsx'

export type Account = Output<typeof listAccounts>[number]

/** Who can sign in, as what, and whose passkeys may carry approvals. */
export function AccountsPage() {
  const t = useMessages().settings
  const accounts = useRead(listAccounts, {})
  const [managed, setManaged] = useState<string | null>(null)
  const columns = useColumns(setManaged)
  const account = accounts.find(({ person }) => person.id === managed) ?? null
  return (
    <Page
      title={t.accounts.title}
      note={t.accounts.note}
      breadcrumbs={[{ label: t.title, to: paths.settings() }]}
      actions={
        <CommandLink permission="accounts.write" to={paths.inviteAccount()} variant="filled">
          {t.accounts.invite}
        </CommandLink>
      }
    >
      <DataTable
        label={t.accounts.title}
        rows={accounts}
        columns={columns}
        rowKey={(row) => row.person.id}
        saveAs="accounts"
        empty={<EmptyState title={t.accounts.empty} text={t.accounts.note} />}
      />
      <AccountDialog
        account={account}
        onClose={() => {
          setManaged(null)
        }}
      />
    </Page>
  )
}

function useColumns(manage: (person: string) => void): readonly Column<Account>[] {
  const t = useMessages()
  const words = t.settings.accounts
  const rights = useRightsColumns()
  return [
    {
      key: 'person',
      title: words.person,
      value: (row) => row.person.name ?? row.person.id,
      text: (row) => `${row.person.name ?? ''} ${row.person.email ?? ''}`,
      cell: (row) => (
        <>
          <Who who={row.person} />
          <br />
          <span className="faint small">{row.person.email}</span>
        </>
      ),
    },
    ...rights,
    {
      key: 'passkey',
      title: words.passkey,
      value: (row) =>
        row.passkey === null ? words.noPasskey : words.standing[row.passkey.standing],
      cell: (row) => <PasskeyState account={row} />,
      wide: true,
    },
    {
      key: 'signed-in',
      title: words.lastSignIn,
      value: (row) => row.lastSignInAt,
      cell: (row) => (row.lastSignInAt === null ? words.never : <When at={row.lastSignInAt} />),
      wide: true,
    },
    {
      key: 'manage',
      title: '',
      cell: (row) => (
        <button
          type="button"
          className="quiet-button"
          aria-label={`${t.settings.account.manage}: ${row.person.name ?? row.person.id}`}
          onClick={() => {
            manage(row.person.id)
          }}
        >
          {t.settings.account.manage}
        </button>
      ),
      tight: true,
    },
  ]
}

function useRightsColumns(): readonly Column<Account>[] {
  const t = useMessages()
  const words = t.settings.accounts
  const states = (['active', 'invited', 'disabled'] as const).map((value) => ({
    value,
    label: words.states[value],
  }))
  return [
    {
      key: 'role',
      title: words.role,
      value: (row) => t.ui.role[row.role],
      facet: (row) => [row.role],
      choices: Object.entries(t.ui.role).map(([value, label]) => ({ value, label })),
      cell: (row) => t.ui.role[row.role],
    },
    {
      key: 'state',
      title: words.state,
      value: (row) => words.states[row.state],
      facet: (row) => [row.state],
      choices: states,
      cell: (row) => <AccountState account={row} />,
    },
  ]
}

function AccountState({ account }: { readonly account: Account }) {
  const t = useMessages().settings.accounts
  const format = useFormat()
  return (
    <>
      {t.states[account.state]}
      {account.invitation !== null && (
        <span className="faint small">
          <br />
          {t.pending(format.instant(account.invitation.expiresAt))}
        </span>
      )}
    </>
  )
}

function PasskeyState({ account }: { readonly account: Account }) {
  const t = useMessages().settings.accounts
  const { passkey } = account
  if (passkey === null) return <span className="faint">{t.noPasskey}</span>
  const sign = passkey.maySign ? 'met' : 'not-proven'
  return (
    <>
      <span className={`badge badge-sm tone-${sign}`}>
        <Mark sign={sign} />
        {passkey.maySign ? t.maySign : t.mayNotSign}
      </span>
      <br />
      <span className="faint small">
        {t.standing[passkey.standing]}
        {passkey.state === 'held' && ` — ${t.held}`}
      </span>
    </>
  )
}
