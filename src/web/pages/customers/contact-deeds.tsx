import { Select } from '@mantine/core'
import { useState } from 'react'
import { inviteContactAgain, removeContact, revokeContactKey } from '../../../contract/customers.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { CommandDialog } from '../../ui/command-dialog.tsx'
import { ConfirmKey } from './confirm-key.tsx'
import type { Contact } from './contacts.tsx'
import type { Customer } from './customer-page.tsx'

type Props = { readonly customer: Customer; readonly contact: Contact }
type Asked = 'confirm' | 'again' | 'remove' | 'revoke' | null
const reasons = ['left', 'for-cause', 'withdrawn'] as const

/** What can be done about a contact from our side: nothing that makes a key count alone. */
export function ContactDeeds({ customer, contact }: Props) {
  const t = useMessages().customers.contacts
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => {
    setAsked(null)
  }
  if (contact.state === 'left' || customer.state === 'ended') return null
  const waits = contact.keys.some(({ state }) => state === 'waiting' || state === 'half-confirmed')
  const isFirst = !customer.contacts.some(({ state }) => state === 'on-roster')
  const button = (deed: Exclude<Asked, null>, label: string) => (
    <CommandButton
      permission={deed === 'confirm' ? 'customers.confirm' : 'customers.write'}
      variant={deed === 'confirm' ? 'filled' : 'default'}
      size="xs"
      onClick={() => {
        setAsked(deed)
      }}
    >
      {label}
    </CommandButton>
  )
  return (
    <>
      {waits && isFirst && button('confirm', t.confirm)}
      {button('again', t.again)}
      {contact.state === 'on-roster' && button('revoke', t.revoke)}
      {button('remove', t.remove)}
      <ConfirmKey
        customer={customer}
        contact={contact}
        opened={asked === 'confirm'}
        onClose={close}
      />
      <Again customer={customer} contact={contact} opened={asked === 'again'} onClose={close} />
      <Revoke customer={customer} contact={contact} opened={asked === 'revoke'} onClose={close} />
      <Remove customer={customer} contact={contact} opened={asked === 'remove'} onClose={close} />
    </>
  )
}

type DeedProps = Props & { readonly opened: boolean; readonly onClose: () => void }

function Again({ customer, contact, opened, onClose }: DeedProps) {
  const t = useMessages().customers.contacts
  return (
    <CommandDialog
      route={inviteContactAgain}
      input={{ params: { customer: customer.id, person: contact.person.id } }}
      opened={opened}
      title={t.again}
      text={t.againText}
      done={t.sent}
      onClose={onClose}
    />
  )
}

function Revoke({ customer, contact, opened, onClose }: DeedProps) {
  const t = useMessages().customers.contacts
  const key = contact.keys.find(({ state }) => state === 'on-roster')
  if (key === undefined) return null
  const { credentialId: credential } = key
  return (
    <CommandDialog
      route={revokeContactKey}
      input={{ params: { customer: customer.id, person: contact.person.id, credential } }}
      opened={opened}
      title={t.revoke}
      text={t.revokeText}
      done={t.revoked}
      danger
      onClose={onClose}
    />
  )
}

function Remove({ customer, contact, opened, onClose }: DeedProps) {
  const t = useMessages().customers.contacts
  const [why, setWhy] = useState<(typeof reasons)[number]>('left')
  return (
    <CommandDialog
      route={removeContact}
      input={{ params: { customer: customer.id, person: contact.person.id }, body: { why } }}
      opened={opened}
      title={t.remove}
      text={
        <div className="stack">
          <p>{t.removeText}</p>
          <Select
            size="sm"
            label={t.why}
            allowDeselect={false}
            data={reasons.map((value) => ({ value, label: t.leftWhy[value] }))}
            value={why}
            onChange={(next) => {
              setWhy(reasons.find((one) => one === next) ?? 'left')
            }}
          />
        </div>
      }
      done={t.removed}
      danger
      onClose={onClose}
    />
  )
}
