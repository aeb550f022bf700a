import { getPolicy } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useLanguage, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { MarkdownView } from '../../ui/markdown-view.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { Day, When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { PolicyActions } from './policy-actions.tsx'
import { PolicyState } from './policy-state.tsx'
import { Readers } from './readers.tsx'
import { Versions } from './versions.tsx'

export type Policy = Output<typeof getPolicy>
export type Version = Policy['versions'][number]

type Props = {
  readonly params: { readonly policy: string }
  readonly search: { readonly version?: number | undefined }
}

/** One policy: the text that is in force (or another version), its signatures and its readers. */
export function PolicyPage({ params, search }: Props) {
  const t = useMessages().policies
  const text = useText()
  const policy = useRead(getPolicy, { params })
  const wanted = search.version ?? policy.version ?? policy.versions[0]?.version
  const shown = policy.versions.find(({ version }) => version === wanted) ?? policy.versions[0]
  return (
    <Page
      title={text(policy.title)}
      badge={<PolicyState state={policy.state} />}
      breadcrumbs={[{ label: t.title, to: paths.policies() }]}
      actions={shown !== undefined && <PolicyActions policy={policy} shown={shown} />}
    >
      <Facts policy={policy} />
      <UrlTabs
        label={text(policy.title)}
        tabs={[
          {
            value: 'text',
            label: t.one.text,
            content: shown !== undefined && <VersionText policy={policy} version={shown} />,
          },
          {
            value: 'readers',
            label: t.one.readers,
            count: policy.readers.length,
            content: <Readers readers={policy.readers} />,
          },
          {
            value: 'versions',
            label: t.one.versions,
            count: policy.versions.length,
            content: <Versions policy={policy} />,
          },
        ]}
      />
    </Page>
  )
}

function Facts({ policy }: { readonly policy: Policy }) {
  const t = useMessages()
  const words = t.policies
  const { withdrawal } = policy
  return (
    <FactList
      facts={[
        { label: words.owner, value: t.ui.ownerRole[policy.ownerRole] },
        { label: words.audience, value: words.audiences[policy.audience] },
        policy.reviewDue === null
          ? null
          : { label: words.reviewDue, value: <Day day={policy.reviewDue} /> },
        withdrawal === null
          ? null
          : {
              label: words.one.withdrawnBy,
              value: (
                <>
                  <Who who={withdrawal.by} /> <When at={withdrawal.at} />{' '}
                  <EntryLink seq={withdrawal.seq} />
                  <br />
                  {withdrawal.reason}
                </>
              ),
            },
      ]}
    />
  )
}

function VersionText(props: { readonly policy: Policy; readonly version: Version }) {
  const t = useMessages().policies
  const format = useFormat()
  const { language } = useLanguage()
  const { policy, version } = props
  const isDraft = version.approval === null
  return (
    <Section
      title={t.versionNumber(format.number(version.version))}
      note={isDraft && policy.state !== 'withdrawn' ? t.one.draftNote : undefined}
      sheet
    >
      <div lang={language}>
        <MarkdownView text={version.text[language]} />
      </div>
      <p className="faint small">
        {t.one.digest}: <span className="hash">{version.digest}</span>
      </p>
    </Section>
  )
}
