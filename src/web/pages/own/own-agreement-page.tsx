import { useState } from 'react'
import { getOwnAgreement, stopOwnAgreement } from '../../../contract/own-customer.ts'
import type { Act } from '../../../contract/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { ReasonCommandDialog } from '../../ui/command-dialog.tsx'
import { ReasonDialog } from '../../ui/confirm-dialog.tsx'
import { Page } from '../../ui/page.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import { AgreementStory, type Agreement } from '../customers/agreement-page.tsx'
import { AgreementText } from '../customers/agreement-text.tsx'
import { AgreementState } from '../customers/states.tsx'

/** The version that waits, or the one in force: whole, then signed, declined or stopped. */
export function OwnAgreementPage({ params }: { readonly params: { readonly agreement: string } }) {
  const t = useMessages().customers
  const text = useText()
  const agreement = useRead(getOwnAgreement, { params })
  const [newest] = agreement.versions
  const waits = newest?.state === 'draft'
  const shown = waits
    ? newest
    : (agreement.versions.find(({ version }) => version === agreement.version) ?? newest)
  return (
    <Page
      title={text(agreement.title)}
      badge={<AgreementState state={waits ? 'draft' : agreement.state} />}
      breadcrumbs={[{ label: t.own.title, to: paths.own() }]}
      actions={shown !== undefined && <Deeds agreement={agreement} version={shown.version} />}
    >
      {shown !== undefined && <AgreementText version={shown} />}
      <AgreementStory agreement={agreement} />
    </Page>
  )
}

type DeedsProps = { readonly agreement: Agreement; readonly version: number }

function Deeds({ agreement, version }: DeedsProps) {
  const t = useMessages().customers
  const [act, setAct] = useState<Act | null>(null)
  const [asked, setAsked] = useState<'decline' | 'stop' | null>(null)
  const state = agreement.versions.find((one) => one.version === version)?.state
  const isDraft = state === 'draft'
  const again = state === 'suspended' || (state === 'active' && agreement.resignBy !== null)
  const close = () => {
    setAsked(null)
  }
  const { id } = agreement
  return (
    <>
      {(isDraft || again) && (
        <CommandButton
          permission="customer.own"
          onClick={() => {
            setAct({ act: 'sign-agreement', agreement: id, version })
          }}
        >
          {t.agreements.sign}
        </CommandButton>
      )}
      {isDraft && (
        <CommandButton
          permission="customer.own"
          variant="default"
          onClick={() => {
            setAsked('decline')
          }}
        >
          {t.agreements.decline}
        </CommandButton>
      )}
      {agreement.state === 'active' && (
        <CommandButton
          permission="customer.own"
          variant="default"
          onClick={() => {
            setAsked('stop')
          }}
        >
          {t.own.stop}
        </CommandButton>
      )}
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
      <ReasonDialog
        opened={asked === 'decline'}
        title={t.agreements.decline}
        text={t.agreements.declineText}
        confirm={t.agreements.decline}
        onClose={close}
        onConfirm={(reason) => {
          close()
          setAct({ act: 'decline-agreement', agreement: id, version, reason })
        }}
      />
      <Stop agreement={id} opened={asked === 'stop'} onClose={close} />
    </>
  )
}

type StopProps = {
  readonly agreement: string
  readonly opened: boolean
  readonly onClose: () => void
}

function Stop({ agreement, opened, onClose }: StopProps) {
  const t = useMessages().customers.own
  return (
    <ReasonCommandDialog
      route={stopOwnAgreement}
      input={(reason) => ({ params: { agreement }, body: { how: 'suspend' as const, reason } })}
      opened={opened}
      title={t.stop}
      text={t.stopText}
      done={t.stopped}
      danger
      onClose={onClose}
    />
  )
}
