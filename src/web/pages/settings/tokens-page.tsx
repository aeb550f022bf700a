import { useState } from 'react'
import type { Output } from '../../../contract/route.ts'
import { createToken, listTokens, revokeToken } from '../../../contract/session.ts'
import { may, permissions } from '../../../domain/access/permission.ts'
import { useSession } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ManyField, NumberField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { When } from '../../ui/when.tsx'

type Token = Output<typeof listTokens>[number]
const daysDefault = 90
const daysMax = 365

/** The API tokens of the person who is signed in. */
export function TokensPage() {
  const t = useMessages().settings
  const tokens = useRead(listTokens, {})
  const [secret, setSecret] = useState<string | null>(null)
  const [revoked, setRevoked] = useState<Token | null>(null)
  const columns = useColumns(setRevoked)
  return (
    <Page
      title={t.tokens.title}
      note={t.tokens.note}
      breadcrumbs={[{ label: t.title, to: paths.settings() }]}
    >
      {secret !== null && (
        <Section title={t.tokens.secret} note={t.tokens.secretNote} sheet>
          <Copyable label={t.tokens.secret} text={secret} />
        </Section>
      )}
      <DataTable
        label={t.tokens.title}
        rows={tokens}
        columns={columns}
        rowKey={(row) => row.id}
        bare
        empty={<EmptyState title={t.tokens.emptyTitle} text={t.tokens.emptyText} />}
      />
      <Section title={t.tokens.create} sheet>
        <TokenForm key={tokens.length} onMade={setSecret} />
      </Section>
      <Revoke
        token={revoked}
        onClose={() => {
          setRevoked(null)
        }}
      />
    </Page>
  )
}

function useColumns(revoke: (token: Token) => void): readonly Column<Token>[] {
  const t = useMessages().settings
  const { today } = useSession()
  const stateOf = (row: Token) =>
    row.revoked ? 'revoked' : row.expiresAt.slice(0, 10) < today ? 'expired' : 'live'
  return [
    { key: 'name', title: t.tokens.name, value: (row) => row.name, cell: (row) => row.name },
    {
      key: 'scopes',
      title: t.tokens.scopes,
      value: (row) => row.scopes.length,
      cell: (row) => (
        <ul className="chips">
          {row.scopes.map((scope) => (
            <li key={scope} className="chip">
              {wordOf(t.permissions, scope)}
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'expires',
      title: t.tokens.expires,
      value: (row) => row.expiresAt,
      cell: (row) => <When at={row.expiresAt} />,
      tight: true,
    },
    {
      key: 'state',
      title: t.tokens.state,
      value: (row) => t.tokens.states[stateOf(row)],
      cell: (row) => t.tokens.states[stateOf(row)],
      tight: true,
    },
    {
      key: 'revoke',
      title: '',
      cell: (row) =>
        stateOf(row) === 'live' && (
          <button
            type="button"
            className="quiet-button"
            aria-label={`${t.tokens.revoke}: ${row.name}`}
            onClick={() => {
              revoke(row)
            }}
          >
            {t.tokens.revoke}
          </button>
        ),
      tight: true,
    },
  ]
}

/** A scope that this page does not know yet is shown as it is written. */
function wordOf(words: Readonly<Record<string, string>>, scope: string): string {
  return words[scope] ?? scope
}

function TokenForm({ onMade }: { readonly onMade: (secret: string) => void }) {
  const t = useMessages().settings
  const { person } = useSession()
  const command = useCommand(createToken)
  const mine = permissions.filter((one) => may(person?.role ?? null, one))
  const scopes: readonly string[] = []
  const form = useForm(command, {
    initial: { name: '', scopes, days: daysDefault },
    input: (values) => ({
      body: {
        name: values.name,
        scopes: permissions.filter((one) => values.scopes.includes(one)),
        days: values.days,
      },
    }),
    done: ({ secret }) => {
      onMade(secret)
    },
  })
  return (
    <Form form={form} label={t.tokens.create} submit={t.tokens.create} permission="signed-in">
      <TextField form={form} name="name" label={t.tokens.name} />
      <ManyField
        form={form}
        name="scopes"
        label={t.tokens.scopes}
        choices={mine.map((value) => ({ value, label: t.permissions[value] }))}
      />
      <NumberField
        form={form}
        name="days"
        label={t.tokens.days}
        min={1}
        max={daysMax}
        unit={t.tokens.daysUnit}
      />
    </Form>
  )
}

function Revoke(props: { readonly token: Token | null; readonly onClose: () => void }) {
  const t = useMessages().settings.tokens
  const command = useCommand(revokeToken)
  const { token, onClose } = props
  const run = async () => {
    if (token === null) return
    const answer = await command.run({ params: { token: token.id } })
    if (answer === null) return
    notifySuccess(t.revoked)
    onClose()
  }
  return (
    <ConfirmDialog
      opened={token !== null}
      title={t.revoke}
      text={t.revokeText}
      confirm={t.revoke}
      danger
      running={command.running}
      problem={command.problem}
      onClose={onClose}
      onConfirm={() => {
        void run()
      }}
    />
  )
}
