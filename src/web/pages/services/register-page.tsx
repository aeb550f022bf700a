import { getService, retireService } from '../../../contract/services.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { ReasonCommandButton } from '../../ui/command-dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ServiceFacts } from './claims.tsx'
import { Reach } from './reach.tsx'

export type Service = Output<typeof getService>

/** One service: what is claimed, what proves it, what the checks find, who reaches it. */
export function ServicePage({ params }: { readonly params: { readonly service: string } }) {
  const t = useMessages().services
  const service = useRead(getService, { params })
  return (
    <Page
      title={service.name}
      note={service.covered ? t.covered : t.notCovered}
      breadcrumbs={[{ label: t.title, to: paths.services() }]}
      actions={
        service.state === 'in-use' && (
          <>
            <CommandLink permission="services.write" to={paths.editService(service.id)}>
              {t.edit}
            </CommandLink>
            <Retire service={service.id} />
          </>
        )
      }
    >
      <div className="columns">
        <div>
          <Findings service={service} />
          <Reach service={service} />
        </div>
        <div>
          <Section title={t.facts} sheet>
            <ServiceFacts service={service} />
          </Section>
        </div>
      </div>
    </Page>
  )
}

function Findings({ service }: { readonly service: Service }) {
  const t = useMessages().services
  const text = useText()
  if (service.findings.length === 0) return <p className="faint">{t.noFindings}</p>
  return (
    <Section title={t.findings} sheet>
      <ul className="lined-list">
        {service.findings.map(({ id, title, reason }) => (
          <li key={id}>
            <TextLink to={paths.exception(id)}>{text(title)}</TextLink>{' '}
            <span className="faint">{text(reason)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Retire({ service }: { readonly service: string }) {
  const t = useMessages().services
  return (
    <ReasonCommandButton
      route={retireService}
      input={(reason) => ({ params: { service }, body: { reason } })}
      title={t.retire}
      text={t.retireText}
      done={t.retired}
    />
  )
}
