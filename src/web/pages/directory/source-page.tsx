import { notFound } from '@tanstack/react-router'
import {
  listDirectoryAccounts,
  listDirectoryObservations,
  listDirectorySources,
  removeDirectorySource,
} from '../../../contract/directory.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { ReasonCommandButton } from '../../ui/command-dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Page } from '../../ui/page.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { AccountTable } from './account-table.tsx'
import { ImportAccounts } from './import-accounts.tsx'
import { ObservationHistory } from './observation-history.tsx'
import { ReadNow } from './read-now.tsx'
import { ReplaceSecret } from './replace-secret.tsx'
import { DirectoryHealth, type Source } from './sources.tsx'

/** One source of accounts: how it fares, a look now, what it shows, its whole history. */
export function SourcePage({ params }: { readonly params: { readonly source: string } }) {
  const t = useMessages().directory
  const source = useRead(listDirectorySources, {}).find(({ id }) => id === params.source)
  const accounts = useRead(listDirectoryAccounts, { query: { source: params.source } })
  const observations = useRead(listDirectoryObservations, { params })
  // The router's own signal, which is not an Error.
  // oxlint-disable-next-line typescript/only-throw-error
  if (source === undefined) throw notFound()
  const isActive = source.state === 'active'
  return (
    <Page
      title={source.name}
      breadcrumbs={[
        { label: t.title, to: paths.directory() },
        { label: t.tabs.sources, to: paths.directory({ tab: 'sources' }) },
      ]}
      actions={
        isActive && (
          <>
            {source.connector === 'active-directory' && <ReplaceSecret source={source.id} />}
            <Remove source={source.id} />
          </>
        )
      }
    >
      {isActive && source.connector === 'list' && <ImportAccounts source={source.id} />}
      {isActive && source.connector === 'active-directory' && <ReadNow source={source} />}
      <Facts source={source} />
      <UrlTabs
        label={source.name}
        tabs={[
          {
            value: 'accounts',
            label: t.sources.count,
            count: accounts.total,
            content: (
              <AccountTable
                label={t.sources.count}
                name="accounts"
                accounts={accounts}
                empty={<p className="faint">{t.empty.title}</p>}
              />
            ),
          },
          {
            value: 'history',
            label: t.sources.history,
            count: observations.length,
            content: <ObservationHistory observations={observations} />,
          },
        ]}
      />
    </Page>
  )
}

function Facts({ source }: { readonly source: Source }) {
  const t = useMessages().directory.sources
  const format = useFormat()
  const { everyHours, lastFullAt, lastSuccessAt } = source
  return (
    <FactList
      facts={[
        { label: t.health, value: <DirectoryHealth source={source} /> },
        source.place === '' ? null : { label: t.place, value: <code>{source.place}</code> },
        {
          label: t.every,
          value: everyHours === null ? t.byHand : t.hours(format.number(everyHours)),
        },
        lastSuccessAt === null
          ? null
          : { label: t.lastSuccess, value: <When at={lastSuccessAt} /> },
        lastFullAt === null ? null : { label: t.lastFull, value: <When at={lastFullAt} /> },
        { label: t.addedBy, value: <Who who={source.addedBy} /> },
      ]}
    />
  )
}

function Remove({ source }: { readonly source: string }) {
  const t = useMessages().directory.sources
  return (
    <ReasonCommandButton
      route={removeDirectorySource}
      input={(reason) => ({ params: { source }, body: { reason } })}
      title={t.remove}
      text={t.removeText}
      done={t.removedNotice}
    />
  )
}
