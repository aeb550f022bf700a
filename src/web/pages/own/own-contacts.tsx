import { useState } from 'react'
import { removeOwnContact } from '../../../contract/own-customer.ts'
import type { Act } from '../../../contract/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { CommandDialog } from '../../ui/command-dialog.tsx'
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
  const notListed = own.me.state === 'on-roster' ? null : all.contacts.states.invited
  return (
    <>
      {waiting !== undefined && !isMe && (
        <CommandButton
          permission="customer.own"
          size="xs"
          reason={notListed}
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
        reason={isMe ? null : notListed}
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
      <CommandDialog
        route={removeOwnContact}
        input={{ params: { person }, body: { why: 'left' } }}
        opened={removing}
        title={t.remove}
        text={t.removeText}
        done={t.removed}
        danger
        onClose={() => {
          setRemoving(false)
        }}
      />
    </>
  )
}
