import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { acceptInvitation, getInvitation } from '../../../contract/session.ts'
import { api } from '../../api/api.ts'
import { createPasskey } from '../../api/passkey.ts'
import { usePasskeyTalk } from '../../api/use-passkey.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { When } from '../../ui/when.tsx'
import { FrontSheet } from './front-sheet.tsx'

type Props = { readonly params: { readonly token: string } }

/** What an invitation offers, and its acceptance by a new passkey. */
export function InvitationPage({ params }: Props) {
  const t = useMessages()
  const words = t.session.invitation
  const text = useText()
  const go = useGo()
  const { organisation, person, role, expiresAt, options } = useRead(getInvitation, { params })
  const { talk, running, problem } = usePasskeyTalk()
  const accept = async () => {
    const isIn = await talk(async () => {
      const credential = await createPasskey(options)
      await api.call(acceptInvitation, { params, body: { credential } })
    })
    if (!isIn) return
    notifySuccess(words.done)
    // Whoever is not signed in by it is shown to the way in from there.
    await go(paths.home(), { replace: true })
  }
  return (
    <FrontSheet title={words.title(text(organisation))} small>
      <p>{words.text(person.name ?? t.ui.unknownPerson)}</p>
      <FactList
        facts={[
          {
            label: words.role,
            value: (
              <>
                <strong>{t.ui.role[role]}</strong>
                <br />
                <span className="faint small">{words.roles[role]}</span>
              </>
            ),
          },
          { label: words.expires, value: <When at={expiresAt} /> },
        ]}
      />
      <ProblemNote problem={problem} />
      <Button
        fullWidth
        size="md"
        loading={running}
        leftSection={<IconFingerprint size={20} aria-hidden />}
        onClick={() => void accept()}
      >
        {words.button}
      </Button>
      <p className="faint small">{words.notYou}</p>
    </FrontSheet>
  )
}
