import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useState } from 'react'
import { withdrawPolicy } from '../../../contract/people.ts'
import type { Act } from '../../../contract/session.ts'
import { useAsOf, useSession } from '../../api/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton, CommandLink } from '../../ui/command-button.tsx'
import { ReasonCommandButton } from '../../ui/command-dialog.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import type { Policy, Version } from './policy-page.tsx'

type Props = { readonly policy: Policy; readonly shown: Version }

/** What can be done with the version that is shown. */
export function PolicyActions({ policy, shown }: Props) {
  const t = useMessages().policies.one
  const { person } = useSession()
  const asOf = useAsOf()
  const [act, setAct] = useState<Act | null>(null)
  const { id, mine, state } = policy
  const isNewest = shown.version === policy.versions[0]?.version
  const isToApprove = state !== 'withdrawn' && shown.approval === null && isNewest
  const isToRead = mine.required && !mine.acknowledged && shown.version === policy.version
  const sign = (named: 'approve-policy' | 'acknowledge-policy') => {
    setAct({ act: named, policy: id, version: shown.version })
  }
  return (
    <>
      {isToRead && asOf === null && (
        <Button
          size="sm"
          leftSection={<IconFingerprint size={18} aria-hidden />}
          onClick={() => {
            sign('acknowledge-policy')
          }}
        >
          {t.acknowledge}
        </Button>
      )}
      {mine.acknowledged && <span className="faint small">{t.acknowledged}</span>}
      {isToApprove && (
        <CommandButton
          permission="policies.approve"
          reason={person?.id === shown.author.id ? t.own : null}
          icon={<IconFingerprint size={18} aria-hidden />}
          onClick={() => {
            sign('approve-policy')
          }}
        >
          {t.approve}
        </CommandButton>
      )}
      {state !== 'withdrawn' && (
        <>
          <CommandLink permission="policies.write" to={paths.editPolicy(id)} variant="default">
            {t.edit}
          </CommandLink>
          <Withdraw policy={id} />
        </>
      )}
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </>
  )
}

function Withdraw({ policy }: { readonly policy: string }) {
  const t = useMessages().policies.one
  return (
    <ReasonCommandButton
      route={withdrawPolicy}
      input={(reason) => ({ params: { policy }, body: { reason } })}
      title={t.withdraw}
      text={t.withdrawText}
      done={t.withdrawn}
    />
  )
}
