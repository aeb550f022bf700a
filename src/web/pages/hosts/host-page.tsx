import { getHost } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { Day, When } from '../../ui/when.tsx'
import { Accounts } from './accounts.tsx'
import { Areas } from './areas.tsx'
import { Ports } from './ports.tsx'

export type Host = Output<typeof getHost>

/** One machine: everything that was seen, what could not be read, who answers for what. */
export function HostPage({ params }: { readonly params: { readonly host: string } }) {
  const t = useMessages().hosts
  const host = useRead(getHost, { params })
  return (
    <Page
      title={host.hostname}
      note={host.os}
      breadcrumbs={[{ label: t.title, to: paths.hosts() }]}
    >
      <Exceptions host={host} />
      <UrlTabs
        label={host.hostname}
        tabs={[
          { value: 'areas', label: t.one.areas, content: <Areas host={host} /> },
          {
            value: 'ports',
            label: t.one.portsTitle,
            count: host.ports.length,
            content: <Ports host={host} />,
          },
          {
            value: 'accounts',
            label: t.one.accountsTitle,
            count: host.accounts.length,
            content: <Accounts host={host} />,
          },
          { value: 'facts', label: t.one.facts, content: <Facts host={host} /> },
        ]}
      />
    </Page>
  )
}

function Exceptions({ host }: { readonly host: Host }) {
  const t = useMessages().hosts
  const text = useText()
  if (host.exceptionRows.length === 0) return <p className="faint">{t.one.noExceptions}</p>
  return (
    <Section title={t.exceptions} sheet>
      <ul className="lined-list">
        {host.exceptionRows.map(({ id, title, reason }) => (
          <li key={id}>
            <TextLink to={paths.exception(id)}>{text(title)}</TextLink>{' '}
            <span className="faint">{text(reason)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Facts({ host }: { readonly host: Host }) {
  const t = useMessages().hosts
  const { today } = useSession()
  const { observer } = host
  const isUnsupported = host.supportEnds !== null && host.supportEnds < today
  return (
    <FactList
      facts={[
        { label: t.os, value: host.os },
        host.supportEnds === null
          ? null
          : {
              label: t.supportEnds,
              value: (
                <>
                  <Day day={host.supportEnds} />{' '}
                  {isUnsupported && <span className="tone-not-met">{t.supportEnded}</span>}
                </>
              ),
            },
        { label: t.one.kernel, value: host.kernel },
        { label: t.one.architecture, value: host.architecture },
        host.virtualisation === null
          ? null
          : { label: t.one.virtualisation, value: host.virtualisation },
        host.bootedAt === null ? null : { label: t.one.booted, value: <When at={host.bootedAt} /> },
        {
          label: t.observedAt,
          value: (
            <>
              <When at={host.observedAt} /> <EntryLink seq={host.seq} />
            </>
          ),
        },
        {
          label: t.one.observer,
          value: observer.root ? t.one.observerRoot : t.one.observerPlain(observer.account),
        },
        {
          label: t.one.source,
          value: <TextLink to={paths.source(host.source)}>{host.source}</TextLink>,
        },
        host.retirement === null ? null : { label: t.one.retirement, value: host.retirement },
      ]}
    />
  )
}
