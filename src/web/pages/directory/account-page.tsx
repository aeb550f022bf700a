import { Modal } from '@mantine/core'
import { useState } from 'react'
import { assignDirectoryAccount, getDirectoryAccount } from '../../../contract/directory.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { TextLink } from '../../ui/link.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PersonField } from '../../ui/person-field.tsx'
import { useForm } from '../../ui/use-form.ts'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { AccountFacts } from './account-facts.tsx'

export type Account = Output<typeof getDirectoryAccount>

/** One account: whose it is, what it reaches, what the checks find about it. */
export function AccountPage({ params }: { readonly params: { readonly account: string } }) {
  const t = useMessages().directory
  const account = useRead(getDirectoryAccount, { params })
  return (
    <Page
      title={account.login}
      note={account.name ?? undefined}
      breadcrumbs={[{ label: t.title, to: paths.directory() }]}
      actions={<Assign account={account} />}
    >
      <div className="columns">
        <div>
          <Unclear account={account} />
          <Findings account={account} />
          <Reach account={account} />
        </div>
        <div>
          <Section title={t.one.facts} sheet>
            <AccountFacts account={account} />
          </Section>
        </div>
      </div>
    </Page>
  )
}

/** What may help to find out whose it is. */
function Unclear({ account }: { readonly account: Account }) {
  const t = useMessages().directory.one
  const { suggestions, formerly } = account
  if (suggestions.length === 0 && formerly === null) return null
  return (
    <Section title={t.maybe} sheet>
      {formerly !== null && (
        <p>
          {t.formerly} <TextLink to={paths.directoryAccount(formerly.id)}>{t.former}</TextLink> (
          <When at={formerly.goneAt} />)
        </p>
      )}
      <ul className="lined-list">
        {suggestions.map((one) => (
          <li key={one.id}>
            <Who who={one} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Findings({ account }: { readonly account: Account }) {
  const t = useMessages().directory.one
  const text = useText()
  if (account.findings.length === 0) return <p className="faint">{t.noFindings}</p>
  return (
    <Section title={t.findings} sheet>
      <ul className="lined-list">
        {account.findings.map(({ id, title, reason }) => (
          <li key={id}>
            <TextLink to={paths.exception(id)}>{text(title)}</TextLink>{' '}
            <span className="faint">{text(reason)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Reach({ account }: { readonly account: Account }) {
  const t = useMessages().directory
  return (
    <Section title={t.one.reach} note={t.one.reachNote}>
      {account.groups.length === 0 && <p className="faint">{t.one.reachEmpty}</p>}
      <ul className="lined-list">
        {account.groups.map(({ name, privileged, direct, since }) => (
          <li key={name}>
            {name} {privileged && <span className="tone-not-proven">{t.privileged}</span>}{' '}
            <span className="faint small">
              {direct ? t.one.direct : t.one.nested}
              {since !== null && (
                <>
                  {' '}
                  · {t.one.since} <When at={since} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Assign({ account }: { readonly account: Account }) {
  const t = useMessages().directory.one
  const [asked, setAsked] = useState(false)
  const close = () => {
    setAsked(false)
  }
  return (
    <>
      <CommandButton
        permission="directory.write"
        onClick={() => {
          setAsked(true)
        }}
      >
        {t.assign}
      </CommandButton>
      <Modal opened={asked} onClose={close} centered title={t.assignTitle(account.login)}>
        <AssignForm account={account} onDone={close} />
      </Modal>
    </>
  )
}

type FormProps = { readonly account: Account; readonly onDone: () => void }

const uses = ['person', 'shared', 'service'] as const

function AssignForm({ account, onDone }: FormProps) {
  const t = useMessages().directory
  const command = useCommand(assignDirectoryAccount)
  const [first] = account.suggestions
  const form = useForm(command, {
    initial: {
      use: account.kind === 'service' ? 'service' : 'person',
      person: account.owner?.id ?? first?.id ?? '',
      reason: '',
    },
    input: ({ use, person, reason }) => ({
      params: { account: account.id },
      body: {
        use: uses.find((one) => one === use) ?? 'person',
        person: person === '' ? null : person,
        reason,
      },
    }),
    done: () => {
      notifySuccess(t.one.saved)
      onDone()
    },
  })
  return (
    <Form
      form={form}
      label={t.one.assignTitle(account.login)}
      submit={t.one.assign}
      permission="directory.write"
      cancel={onDone}
      unguarded
    >
      <SelectField
        form={form}
        name="use"
        label={t.use}
        choices={uses.map((value) => ({ value, label: t.uses[value] }))}
      />
      <PersonField
        form={form}
        name="person"
        label={t.one.person}
        hint={t.one.personHint}
        optional
      />
      <TextField form={form} name="reason" label={t.one.reason} />
    </Form>
  )
}
