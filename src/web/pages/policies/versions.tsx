import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Seal } from '../../ui/seal.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { Policy, Version } from './policy-page.tsx'

/** Every version that there was: who wrote it, who approved it, who confirmed that it still holds. */
export function Versions({ policy }: { readonly policy: Policy }) {
  const t = useMessages().policies.one
  return (
    <>
      <Section title={t.versions}>
        <ol className="story">
          {policy.versions.map((version) => (
            <OneVersion key={version.version} policy={policy.id} version={version} />
          ))}
        </ol>
      </Section>
      {policy.reviews.length > 0 && (
        <Section title={t.reviews}>
          <ul className="story">
            {policy.reviews.map((review) => (
              <li key={review.seq}>
                <span className="story-who">
                  <Seal size="sm" />
                  <Who who={review.by} />
                  <When at={review.at} />
                  <EntryLink seq={review.seq} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function OneVersion(props: { readonly policy: string; readonly version: Version }) {
  const t = useMessages().policies
  const format = useFormat()
  const { policy, version } = props
  const number = format.number(version.version)
  return (
    <li>
      <span className="story-what">
        <TextLink to={paths.policy(policy, { version: version.version.toString() })}>
          {t.versionNumber(number)}
        </TextLink>{' '}
        {version.change}
      </span>
      <span className="story-who">
        <span>
          {t.one.author}: <Who who={version.author} />
        </span>
        <When at={version.draftedAt} />
        <EntryLink seq={version.seq} />
      </span>
      <span className="story-who">
        {version.approval === null ? (
          <span>{t.one.notApproved}</span>
        ) : (
          <>
            <span>
              <Seal size="sm" /> {t.one.approvedBy}: <Who who={version.approval.by} />
            </span>
            <When at={version.approval.at} />
            <EntryLink seq={version.approval.seq} />
          </>
        )}
      </span>
    </li>
  )
}
