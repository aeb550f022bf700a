import {
  listDirectoryAccounts,
  listDirectorySources,
  listLeavers,
} from '../../../contract/directory.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { AccountTable } from './account-table.tsx'
import { Leavers } from './leavers.tsx'
import { PasswordPolicies } from './password-policies.tsx'
import { Sources } from './sources.tsx'

/** Accounts of everybody, everywhere; whose they are, and what is unclear. */
export function AccountsPage() {
  const t = useMessages().directory
  const accounts = useRead(listDirectoryAccounts, {})
  const queue = useRead(listDirectoryAccounts, { query: { queue: 'yes' } })
  const sources = useRead(listDirectorySources, {})
  const leavers = useRead(listLeavers, {})
  const add = (
    <CommandLink permission="directory.write" to={paths.newDirectorySource()} variant="filled">
      {t.sources.add}
    </CommandLink>
  )
  const nothing = <EmptyState title={t.empty.title} text={t.empty.text} actions={add} />
  return (
    <Page title={t.title} note={t.note} actions={sources.length > 0 && add}>
      <UrlTabs
        label={t.title}
        tabs={[
          {
            value: 'all',
            label: t.tabs.all,
            count: accounts.total,
            content: (
              <AccountTable label={t.tabs.all} name="all" accounts={accounts} empty={nothing} />
            ),
          },
          {
            value: 'queue',
            label: t.tabs.queue,
            count: queue.total,
            content: (
              <Section title={t.tabs.queue} note={t.queueNote}>
                <AccountTable
                  label={t.tabs.queue}
                  name="queue"
                  accounts={queue}
                  empty={<p className="faint">{t.queueEmpty}</p>}
                />
              </Section>
            ),
          },
          {
            value: 'leavers',
            label: t.tabs.leavers,
            count: leavers.length,
            content: <Leavers leavers={leavers} />,
          },
          { value: 'policies', label: t.tabs.policies, content: <PasswordPolicies /> },
          {
            value: 'sources',
            label: t.tabs.sources,
            count: sources.length,
            content: <Sources sources={sources} empty={nothing} />,
          },
        ]}
      />
    </Page>
  )
}
