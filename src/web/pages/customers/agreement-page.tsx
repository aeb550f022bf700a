import { useState } from 'react'
import { getAgreement, revokeAgreement, suspendAgreement } from '../../../contract/agreements.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton, CommandLink } from '../../ui/command-button.tsx'
import { ReasonCommandDialog } from '../../ui/command-dialog.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Seal } from '../../ui/seal.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { AgreementText, type AgreementVersion } from './agreement-text.tsx'
import { useCustomerCrumbs } from './crumbs.ts'
import { AgreementState } from './states.tsx'

export type Agreement = Output<typeof getAgreement>

/** An agreement: what stands, what waits, and its whole story. */
export function AgreementPage({ params }: { readonly params: { readonly agreement: string } }) {
  const text = useText()
  const agreement = useRead(getAgreement, { params })
  const { customer: id, customerName: name } = agreement
  const breadcrumbs = useCustomerCrumbs({ id, name }, 'agreements')
  const [newest] = agreement.versions
  const shown = agreement.versions.find(({ version }) => version === agreement.version) ?? newest
  return (
    <Page
      title={text(agreement.title)}
      badge={<AgreementState state={agreement.state} />}
      breadcrumbs={breadcrumbs}
      actions={<Deeds agreement={agreement} />}
    >
      <AgreementStory agreement={agreement} />
      {newest !== undefined && newest !== shown && newest.state === 'draft' && (
        <VersionTitle version={newest} />
      )}
      {newest !== undefined && newest !== shown && newest.state === 'draft' && (
        <AgreementText version={newest} />
      )}
      {shown !== undefined && <VersionTitle version={shown} />}
      {shown !== undefined && <AgreementText version={shown} />}
    </Page>
  )
}

function VersionTitle({ version }: { readonly version: AgreementVersion }) {
  const t = useMessages().customers
  const format = useFormat()
  return (
    <h2 className="section-title">
      {t.systems.version(format.number(version.version))} <AgreementState state={version.state} />
    </h2>
  )
}

/** Who drafted, signed, declined, suspended, and why: newest first. */
export function AgreementStory({ agreement }: { readonly agreement: Agreement }) {
  const all = useMessages().customers
  const t = all.agreements
  const format = useFormat()
  return (
    <Section title={t.story}>
      <ul className="story">
        {agreement.versions.map((one) => (
          <li key={one.version}>
            <span className="story-what">
              {all.systems.version(format.number(one.version))} <AgreementState state={one.state} />
            </span>
            {one.said !== null && (
              <p className="pre-line">
                {t.said}: {one.said}
              </p>
            )}
            <span className="story-who">
              {t.draftedBy} <Who who={one.draftedBy} /> <When at={one.draftedAt} />
            </span>
            {one.decidedBy !== null && one.decidedAt !== null && (
              <span className="story-who">
                <Seal size="sm" /> {one.state === 'declined' ? t.declinedBy : t.signedBy}{' '}
                {one.decidedBy.name ?? '—'} <When at={one.decidedAt} />{' '}
                <EntryLink seq={one.signedSeq ?? one.seq} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Deeds({ agreement }: { readonly agreement: Agreement }) {
  const t = useMessages().customers.agreements
  const [asked, setAsked] = useState<'suspend' | 'revoke' | null>(null)
  const close = () => {
    setAsked(null)
  }
  const ended = agreement.state === 'revoked' ? t.states.revoked : null
  return (
    <>
      <CommandLink
        permission="customers.write"
        to={paths.editAgreement(agreement.id)}
        variant="default"
      >
        {t.newVersion}
      </CommandLink>
      <CommandButton
        permission="customers.write"
        variant="default"
        reason={agreement.state === 'active' ? null : t.states[agreement.state]}
        onClick={() => {
          setAsked('suspend')
        }}
      >
        {t.suspend}
      </CommandButton>
      <CommandButton
        permission="customers.write"
        variant="default"
        reason={ended}
        onClick={() => {
          setAsked('revoke')
        }}
      >
        {t.revoke}
      </CommandButton>
      <ReasonCommandDialog
        route={suspendAgreement}
        input={(reason) => ({ params: { agreement: agreement.id }, body: { reason } })}
        opened={asked === 'suspend'}
        title={t.suspend}
        text={t.suspendText}
        done={t.suspended}
        onClose={close}
      />
      <ReasonCommandDialog
        route={revokeAgreement}
        input={(reason) => ({ params: { agreement: agreement.id }, body: { reason } })}
        opened={asked === 'revoke'}
        title={t.revoke}
        text={t.revokeText}
        done={t.revoked}
        danger
        onClose={close}
      />
    </>
  )
}
