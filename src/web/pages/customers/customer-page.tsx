import { useState } from 'react'
import { endCustomer, getCustomer } from '../../../contract/customers.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { ReasonCommandDialog } from '../../ui/command-dialog.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Page } from '../../ui/page.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { Day } from '../../ui/when.tsx'
import { Agreements } from './agreements.tsx'
import { Briefings } from './briefings.tsx'
import { Contacts } from './contacts.tsx'
import { Contracts } from './contracts.tsx'
import { Concerns } from './states.tsx'
import { Systems } from './systems.tsx'

export type Customer = Output<typeof getCustomer>

/** One customer: who speaks for it, what is run for it, what was agreed and understood. */
export function CustomerPage({ params }: { readonly params: { readonly customer: string } }) {
  const t = useMessages().customers
  const text = useText()
  const customer = useRead(getCustomer, { params })
  const { contacts, systems, agreements, briefings, contracts } = customer
  return (
    <Page
      title={text(customer.name)}
      id={customer.id}
      breadcrumbs={[{ label: t.title, to: paths.customers() }]}
      actions={<End customer={customer} />}
    >
      <Facts customer={customer} />
      <UrlTabs
        label={text(customer.name)}
        tabs={[
          {
            value: 'contacts',
            label: t.tabs.contacts,
            count: contacts.length,
            content: <Contacts customer={customer} />,
          },
          {
            value: 'systems',
            label: t.tabs.systems,
            count: systems.length,
            content: <Systems customer={customer} />,
          },
          {
            value: 'agreements',
            label: t.tabs.agreements,
            count: agreements.length,
            content: <Agreements customer={customer} />,
          },
          {
            value: 'briefings',
            label: t.tabs.briefings,
            count: briefings.length,
            content: <Briefings customer={customer} />,
          },
          {
            value: 'contracts',
            label: t.tabs.contracts,
            count: contracts.length,
            content: <Contracts customer={customer} />,
          },
        ]}
      />
    </Page>
  )
}

function Facts({ customer }: { readonly customer: Customer }) {
  const t = useMessages().customers
  const format = useFormat()
  const { roster } = customer
  return (
    <FactList
      facts={[
        { label: t.state, value: t.states[customer.state] },
        { label: t.since, value: <Day day={customer.since} /> },
        { label: t.concern, value: <Concerns concerns={customer.concerns} /> },
        roster === null
          ? null
          : {
              label: t.roster,
              value: (
                <>
                  {t.rosterVersion(format.number(roster.version))} <EntryLink seq={roster.seq} />
                  <br />
                  <span className="hash">{roster.digest}</span>
                  <br />
                  <span className="faint small">{t.rosterNote}</span>
                </>
              ),
            },
      ]}
    />
  )
}

function End({ customer }: { readonly customer: Customer }) {
  const t = useMessages().customers
  const [opened, setOpened] = useState(false)
  const close = () => {
    setOpened(false)
  }
  return (
    <>
      <CommandButton
        permission="customers.write"
        reason={customer.state === 'ended' ? t.states.ended : null}
        variant="default"
        onClick={() => {
          setOpened(true)
        }}
      >
        {t.end}
      </CommandButton>
      <ReasonCommandDialog
        route={endCustomer}
        input={(reason) => ({ params: { customer: customer.id }, body: { reason } })}
        opened={opened}
        title={t.end}
        text={t.endText}
        done={t.ended}
        danger
        onClose={close}
      />
    </>
  )
}
