import { useState } from 'react'
import { retireSystem } from '../../../contract/customers.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton, CommandLink } from '../../ui/command-button.tsx'
import { ReasonCommandDialog } from '../../ui/command-dialog.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Section } from '../../ui/page.tsx'
import type { Customer } from './customer-page.tsx'

type System = Customer['systems'][number]

/** What is run for the customer, with hosts and cloud accounts. */
export function Systems({ customer }: { readonly customer: Customer }) {
  const all = useMessages().customers
  const t = all.systems
  return (
    <Section
      title={all.tabs.systems}
      actions={
        <CommandLink permission="customers.write" to={paths.newSystem(customer.id)}>
          {t.add}
        </CommandLink>
      }
    >
      {customer.systems.length === 0 && <p className="faint">{t.none}</p>}
      <div className="stack">
        {customer.systems.map((system) => (
          <SystemCard key={system.id} customer={customer.id} system={system} />
        ))}
      </div>
    </Section>
  )
}

type CardProps = { readonly customer: string; readonly system: System }

function SystemCard({ customer, system }: CardProps) {
  const t = useMessages().customers.systems
  const text = useText()
  const format = useFormat()
  return (
    <Section
      title={text(system.name)}
      note={
        <>
          <code>{system.id}</code> {t.version(format.number(system.version))}{' '}
          <EntryLink seq={system.seq} />
          {system.state === 'retired' && ` — ${t.retired}`}
        </>
      }
      actions={system.state === 'active' && <SystemDeeds customer={customer} system={system} />}
      sheet
    >
      <HostTable system={system} />
      {system.accounts.length > 0 && <AccountTable system={system} />}
    </Section>
  )
}

function SystemDeeds({ customer, system }: CardProps) {
  const t = useMessages().customers.systems
  const [opened, setOpened] = useState(false)
  const close = () => {
    setOpened(false)
  }
  return (
    <>
      <CommandLink
        permission="customers.write"
        to={paths.editSystem(customer, system.id)}
        variant="default"
        size="xs"
      >
        {t.edit}
      </CommandLink>
      <CommandButton
        permission="customers.write"
        variant="default"
        size="xs"
        onClick={() => {
          setOpened(true)
        }}
      >
        {t.retire}
      </CommandButton>
      <ReasonCommandDialog
        route={retireSystem}
        input={(reason) => ({ params: { customer, system: system.id }, body: { reason } })}
        opened={opened}
        title={t.retire}
        text={t.retireText}
        done={t.retired}
        danger
        onClose={close}
      />
    </>
  )
}

function HostTable({ system }: { readonly system: System }) {
  const t = useMessages().customers.systems
  if (system.hosts.length === 0) return <p className="faint">{t.noHosts}</p>
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.host}</th>
            <th scope="col">{t.environment}</th>
            <th scope="col">{t.address}</th>
            <th scope="col">{t.principals}</th>
            <th scope="col">{t.hostKey}</th>
          </tr>
        </thead>
        <tbody>
          {system.hosts.map((host) => (
            <tr key={host.id}>
              <th scope="row">
                <code>{host.id}</code>
              </th>
              <td>
                {host.environment} ({host.production ? t.production : t.notProduction})
              </td>
              <td>
                {host.address}:{host.port}
              </td>
              <td>{host.principals.join(', ')}</td>
              <td className="hash">{host.hostKey === null ? '—' : host.hostKey.slice(0, 40)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AccountTable({ system }: { readonly system: System }) {
  const t = useMessages().customers.systems
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.account}</th>
            <th scope="col">{t.environment}</th>
            <th scope="col">{t.roles}</th>
          </tr>
        </thead>
        <tbody>
          {system.accounts.map((account) => (
            <tr key={account.number}>
              <th scope="row">
                <code>{account.number}</code>
              </th>
              <td>
                {account.environment} ({account.production ? t.production : t.notProduction})
              </td>
              <td>{account.roles.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
