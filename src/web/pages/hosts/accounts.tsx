import { Modal } from '@mantine/core'
import { useState } from 'react'
import { assignAccount } from '../../../contract/devices.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { PersonField } from '../../ui/person-field.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Who } from '../../ui/who.tsx'
import type { Host } from './host-page.tsx'

type Account = Host['accounts'][number]

/** The machine's accounts, and who answers for each. */
export function Accounts({ host }: { readonly host: Host }) {
  const t = useMessages().hosts.one
  const [asked, setAsked] = useState<string | null>(null)
  const columns = useColumns(setAsked)
  const close = () => {
    setAsked(null)
  }
  return (
    <Section title={t.accountsTitle} note={t.accountsNote}>
      <DataTable
        label={t.accountsTitle}
        name="accounts"
        rows={host.accounts}
        columns={columns}
        rowKey={(row) => row.account}
        empty={<p className="faint">{t.nothing}</p>}
      />
      <Modal
        opened={asked !== null}
        onClose={close}
        centered
        title={asked === null ? '' : t.assignTitle(asked)}
      >
        {asked !== null && <AssignForm host={host.id} account={asked} onDone={close} />}
      </Modal>
    </Section>
  )
}

function useColumns(ask: (account: string) => void): readonly Column<Account>[] {
  const t = useMessages().hosts.one
  return [
    {
      key: 'account',
      title: t.account,
      value: (row) => row.account,
      cell: (row) => <code>{row.account}</code>,
    },
    {
      key: 'interactive',
      title: t.interactive,
      value: (row) => (row.interactive ? 0 : 1),
      cell: (row) => (row.interactive ? t.interactive : '—'),
      tight: true,
    },
    {
      key: 'owner',
      title: t.owner,
      value: (row) => row.owner?.name ?? null,
      cell: (row) => <Owner account={row} />,
    },
    {
      key: 'assign',
      title: '',
      cell: (row) => (
        <CommandButton
          permission="hosts.write"
          variant="subtle"
          size="xs"
          onClick={() => {
            ask(row.account)
          }}
        >
          {t.assign}
        </CommandButton>
      ),
      tight: true,
    },
  ]
}

function Owner({ account }: { readonly account: Account }) {
  const t = useMessages().hosts.one
  if (account.owner === null) {
    return <span className={account.interactive ? 'tone-not-met' : 'faint'}>{t.noOwner}</span>
  }
  return (
    <>
      <Who who={account.owner} /> <span className="faint small">{account.reason}</span>
    </>
  )
}

type AssignProps = {
  readonly host: string
  readonly account: string
  readonly onDone: () => void
}

function AssignForm({ host, account, onDone }: AssignProps) {
  const t = useMessages().hosts.one
  const command = useCommand(assignAccount)
  const form = useForm(command, {
    initial: { person: '', reason: '' },
    input: ({ person, reason }) => ({
      params: { host },
      body: { account, person: person === '' ? null : person, reason },
    }),
    done: () => {
      notifySuccess(t.saved)
      onDone()
    },
  })
  return (
    <Form
      form={form}
      label={t.assignTitle(account)}
      submit={t.assign}
      permission="hosts.write"
      cancel={onDone}
      unguarded
    >
      <PersonField form={form} name="person" label={t.person} optional />
      <TextField form={form} name="reason" label={t.reason} />
    </Form>
  )
}
