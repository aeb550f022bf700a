import { getOwnCustomer } from '../../../contract/own-customer.ts'
import type { Output } from '../../../contract/route.ts'
import { useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { Day } from '../../ui/when.tsx'
import { useAgreementColumns } from '../customers/agreements.tsx'
import { OwnBriefings } from './own-briefings.tsx'
import { OwnContacts } from './own-contacts.tsx'

export type Own = Output<typeof getOwnCustomer>

/** What is asked of a contact first; then what was agreed, understood, and who speaks. */
export function OwnPage() {
  const t = useMessages().customers
  const text = useText()
  const { organisation } = useSession()
  const own = useRead(getOwnCustomer, {})
  return (
    <Page
      title={t.own.titleOf(text(own.name))}
      note={t.own.note(organisation === null ? '' : text(organisation.name))}
    >
      <Asked own={own} />
      <UrlTabs
        label={t.own.title}
        tabs={[
          {
            value: 'agreements',
            label: t.tabs.agreements,
            count: own.agreements.length,
            content: <OwnAgreements own={own} />,
          },
          {
            value: 'contacts',
            label: t.tabs.contacts,
            count: own.contacts.length,
            content: <OwnContacts own={own} />,
          },
          {
            value: 'briefings',
            label: t.tabs.briefings,
            count: own.briefings.length,
            content: <OwnBriefings own={own} />,
          },
        ]}
      />
    </Page>
  )
}

function Asked({ own }: { readonly own: Own }) {
  const t = useMessages().customers.own
  const text = useText()
  const key = own.me.keys.find(({ state }) => state !== 'revoked')
  return (
    <Section title={t.asked} sheet>
      {own.asked.length === 0 && <p className="faint">{t.nothing}</p>}
      <ul className="story">
        {own.asked.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            <span className="story-what">
              <TextLink to={placeOf(one)}>{t.kinds[one.kind]}</TextLink>
            </span>
            {one.kind === 'key-not-on-roster' ? <p>{t.keyWaits}</p> : <p>{text(one.title)}</p>}
            {one.due !== null && (
              <span className="story-who">
                {t.due} <Day day={one.due} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {key !== undefined && (
        <FactList
          facts={[
            {
              label: t.fingerprint,
              value: (
                <>
                  <span className="hash">{key.fingerprint}</span>
                  <br />
                  <span className="faint small">{t.fingerprintHint}</span>
                </>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}

function placeOf({ kind, id }: Own['asked'][number]) {
  switch (kind) {
    case 'sign-agreement':
    case 'sign-agreement-again':
      return paths.ownAgreement(id)
    case 'countersign-contact':
    case 'key-not-on-roster':
      return paths.own({ tab: 'contacts' })
    case 'acknowledge-briefing':
      return paths.own({ tab: 'briefings' })
  }
}

function OwnAgreements({ own }: { readonly own: Own }) {
  const all = useMessages().customers
  const t = all.agreements
  const columns = useAgreementColumns()
  const format = useFormat()
  return (
    <Section title={all.tabs.agreements} note={all.own.agreementsNote}>
      <DataTable
        label={`${all.tabs.agreements} ${format.number(own.agreements.length)}`}
        rows={own.agreements}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.ownAgreement(row.id)}
        bare
        empty={<EmptyState title={t.none} text={all.own.noAgreements} />}
      />
    </Section>
  )
}
