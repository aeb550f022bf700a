import type { ReactNode } from 'react'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Day, When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { Service } from './register-page.tsx'

/** What is claimed of a service; beside each claim its evidence, or that there is none. */
export function ServiceFacts({ service }: { readonly service: Service }) {
  const t = useMessages().services
  const { details, sources, retirement } = service
  const claims = useClaims(service)
  return (
    <FactList
      facts={[
        { label: t.kind, value: t.kinds[details.kind] },
        details.vendor === null ? null : { label: t.vendor, value: details.vendor },
        details.url === null
          ? null
          : {
              label: t.url,
              value: (
                <a href={details.url} rel="noreferrer" target="_blank">
                  {details.url}
                </a>
              ),
            },
        { label: t.owner, value: <Who who={service.owner} /> },
        { label: t.dataClass, value: t.dataClasses[details.dataClass] },
        { label: t.audience, value: details.audience },
        ...claims,
        {
          label: t.breakGlass,
          value: details.breakGlass.length === 0 ? t.none : details.breakGlass.join(', '),
        },
        {
          label: t.sources,
          value:
            sources.length === 0
              ? t.none
              : sources.map(({ id, name }) => (
                  <span key={id}>
                    <TextLink to={paths.directorySource(id)}>{name}</TextLink>{' '}
                  </span>
                )),
        },
        retirement === null ? null : { label: t.states.retired, value: retirement },
        {
          label: t.changed,
          value: (
            <>
              <Who who={service.changedBy} /> <When at={service.changedAt} />{' '}
              <EntryLink seq={service.seq} />
            </>
          ),
        },
      ]}
    />
  )
}

function useClaims(service: Service): { label: string; value: ReactNode }[] {
  const t = useMessages().services
  const format = useFormat()
  const { signOn, ownPolicy, report } = service.details
  const proof = (id: string | null) => <Proof service={service} evidence={id} />
  return [
    {
      label: t.signOn,
      value: (
        <>
          {t.signOns[signOn.state]} {signOn.checkedOn !== null && <Day day={signOn.checkedOn} />}{' '}
          {proof(signOn.evidence)}
        </>
      ),
    },
    {
      label: t.ownPolicy,
      value:
        ownPolicy === null ? (
          t.none
        ) : (
          <>
            {t.minLength} {format.number(ownPolicy.minLength)} {t.characters} · {t.lockAfter}{' '}
            {format.number(ownPolicy.lockAfter)} {t.tries} · {t.mfa}: {ownPolicy.mfa ? t.yes : t.no}{' '}
            {proof(ownPolicy.evidence)}
          </>
        ),
    },
    {
      label: t.report,
      value:
        report === null ? (
          t.none
        ) : (
          <>
            {t.reportKinds[report.kind]} <Day day={report.expires} /> {proof(report.evidence)}
          </>
        ),
    },
  ]
}

function Proof(props: { readonly service: Service; readonly evidence: string | null }) {
  const t = useMessages().services
  const { service, evidence } = props
  if (evidence === null) return <span className="tone-not-met small">{t.noEvidence}</span>
  const title = service.evidence.find(({ id }) => id === evidence)?.title ?? t.evidence
  return (
    <TextLink to={paths.evidenceItem(evidence)}>
      {t.evidence}: {title}
    </TextLink>
  )
}
