import type { ReactNode } from 'react'
import { risks as allRisks } from '../../../domain/customers/words.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Section } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { ContactDeeds } from './contact-deeds.tsx'
import type { Customer } from './customer-page.tsx'
import { ContactState, KeyState } from './states.tsx'

export type Contact = Customer['contacts'][number]
type Key = Contact['keys'][number]

/** Who speaks for the customer, with which key, and who vouched for it. */
export function Contacts({ customer }: { readonly customer: Customer }) {
  const t = useMessages().customers.contacts
  return (
    <Section
      title={useMessages().customers.tabs.contacts}
      note={t.note}
      actions={
        <CommandLink permission="customers.write" to={paths.inviteContact(customer.id)}>
          {t.invite}
        </CommandLink>
      }
    >
      {customer.contacts.length === 0 ? (
        <EmptyState title={t.none} text={t.noneText} />
      ) : (
        <div className="stack">
          {customer.contacts.map((contact) => (
            <ContactCard
              key={contact.person.id}
              contact={contact}
              deeds={<ContactDeeds customer={customer} contact={contact} />}
            />
          ))}
        </div>
      )}
    </Section>
  )
}

type CardProps = { readonly contact: Contact; readonly deeds: ReactNode }

/** One contact on a sheet: rights, keys with fingerprints, who vouched. */
export function ContactCard({ contact, deeds }: CardProps) {
  const all = useMessages()
  const t = all.customers.contacts
  const { person, state, leftAt, leftWhy } = contact
  return (
    <Section
      title={person.name ?? all.ui.unknownPerson}
      note={person.email ?? undefined}
      actions={deeds}
      sheet
    >
      <FactList
        facts={[
          { label: all.customers.state, value: <ContactState state={state} /> },
          { label: t.mayApprove, value: <Entitlement contact={contact} /> },
          {
            label: t.invitedBy,
            value: (
              <>
                <Who who={contact.invitedBy} /> <When at={contact.invitedAt} />
              </>
            ),
          },
          leftAt === null || leftWhy === null
            ? null
            : {
                label: t.leftWhy[leftWhy],
                value: <When at={leftAt} />,
              },
        ]}
      />
      {contact.keys.length === 0 ? (
        <p className="faint">{t.noKey}</p>
      ) : (
        <ul className="story">
          {contact.keys.map((key) => (
            <KeyItem key={key.credentialId} shown={key} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Entitlement({ contact }: { readonly contact: Contact }) {
  const t = useMessages().customers.contacts
  const { systems, risks } = contact.entitlement
  const where = systems === 'all' ? t.allSystems : systems.join(', ')
  return (
    <>
      {allRisks
        .filter((risk) => risks.includes(risk))
        .map((risk) => t.risks[risk])
        .join(', ')}
      <span className="faint"> — {where}</span>
    </>
  )
}

function KeyItem({ shown }: { readonly shown: Key }) {
  const t = useMessages().customers.contacts
  return (
    <li>
      <span className="story-what">
        <KeyState state={shown.state} /> <span className="hash">{shown.fingerprint}</span>
      </span>
      {shown.vouchers.length > 0 && (
        <span className="story-who">
          {t.vouchedBy}{' '}
          {shown.vouchers.map(({ by, at, seq }) => (
            <span key={seq}>
              {by.name ?? '—'} <When at={at} /> <EntryLink seq={seq} />{' '}
            </span>
          ))}
          {shown.vouched === 'contract' && <span>({t.byContract})</span>}
        </span>
      )}
    </li>
  )
}
