import { useState } from 'react'
import { downloadOwnMaterial } from '../../../contract/own-customer.ts'
import type { Act } from '../../../contract/session.ts'
import { api } from '../../api/api.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { Section } from '../../ui/page.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import { BriefingCard, Coverage } from '../customers/briefings.tsx'
import type { Own } from './own-page.tsx'

/** What the company was told; confirmed here with a signature. */
export function OwnBriefings({ own }: { readonly own: Own }) {
  const all = useMessages().customers
  const t = all.briefings
  const [act, setAct] = useState<Act | null>(null)
  const isListed = own.me.state === 'on-roster'
  return (
    <>
      <Section title={t.coverage} note={all.own.briefingsNote}>
        <Coverage customer={own} />
      </Section>
      <div className="stack">
        {own.briefings.map((briefing) => (
          <BriefingCard
            key={briefing.id}
            briefing={briefing}
            load={(digest) => api.download(downloadOwnMaterial, { params: { digest } })}
            actions={
              briefing.acknowledged.some(({ by }) => by.id === own.me.person.id) ? undefined : (
                <CommandButton
                  permission="customer.own"
                  size="xs"
                  reason={isListed ? null : all.contacts.states.invited}
                  onClick={() => {
                    setAct({ act: 'acknowledge-briefing', briefing: briefing.id })
                  }}
                >
                  {t.confirm}
                </CommandButton>
              )
            }
          />
        ))}
      </div>
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </>
  )
}
