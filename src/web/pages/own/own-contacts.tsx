import { useState } from 'react'
import { removeOwnContact } from '../../../contract/own-customer.ts'
import type { Act } from '../../../contract/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import { ContactCard, type Contact } from '../customers/contacts.tsx'
import type { Own } from './own-page.tsx'

/** Colleagues who speak for the company; a key of theirs is countersigned here. */
export function OwnContacts({ own }: { readonly own: Own }) {
  const t = useMessages().customers.own
  return (
    <Section title={t.contacts} note={t.contactsNote}>
      <div className="stack">
        {own.contacts.map((contact) => (
          <ContactCard
            key={contact.person.id}
            contact={contact}
            deeds={<OwnDeeds own={own} contact={contact} />}
          />
        ))}
      </div>
    </Section>
  )
}

function OwnDeeds({ own, contact }: { readonly own: Own; readonly contact: Contact }) {
  const all = useMessages().customers
  const t = all.own
  const [act, setAct] = useState<Act | null>(null)
  const [removing, setRemoving] = useState(false)
  if (contact.state === 'left') return null
  const { id: person } = contact.person
  const waiting = contact.keys.find(({ state }) => state === 'waiting')
  const isMe = person === own.me.person.id
  return (
    <>
      {waiting !== undefined && !isMe && (
        <CommandButton
          permission="customer.own"
          size="xs"
          reason={own.me.state === 'on-roster' ? null : all.contacts.states.invited}
          onClick={() => {
            const { fingerprint } = waiting
            const { entitlement } = contact
            setAct({ act: 'countersign-contact', person, fingerprint, entitlement })
          }}
        >
          {t.countersign}
        </CommandButton>
      )}
      <CommandButton
        permission="customer.own"
        size="xs"
        variant="default"
        onClick={() => {
          setRemoving(true)
        }}
      >
        {t.remove}
      </CommandButton>
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
      <Remove
        person={person}
        opened={removing}
        onClose={() => {
          setRemoving(false)
        }}
      />
    </>
  )
}

type RemoveProps = {
  readonly person: string
  readonly opened: boolean
  readonly onClose: () => void
}

function Remove({ person, opened, onClose }: RemoveProps) {
  const t = useMessages().customers.own
  const command = useCommand(removeOwnContact)
  const run = async () => {
    if ((await command.run({ params: { person }, body: { why: 'left' } })) === null) return
    notifySuccess(t.removed)
    onClose()
  }
  return (
    <ConfirmDialog
      opened={opened}
      title={t.remove}
      text={t.removeText}
      confirm={t.remove}
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
