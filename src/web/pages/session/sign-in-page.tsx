import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect } from 'react'
import { signIn, signInOptions } from '../../../contract/session.ts'
import { api } from '../../api/api.ts'
import { signWithPasskey } from '../../api/passkey.ts'
import { useSession } from '../../api/session.ts'
import { usePasskeyTalk } from '../../api/use-passkey.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { pathOf, paths } from '../../paths.ts'
import { useGo, useSearchRecord } from '../../routing/use-search.ts'
import { TextLink } from '../../ui/link.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { FrontSheet } from './front-sheet.tsx'

/** The way in, by passkey; afterwards where the person wanted to go. */
export function SignInPage() {
  const all = useMessages()
  const t = all.session.signIn
  const { link } = all.customers.own
  const text = useText()
  const go = useGo()
  const { person, setUp, organisation } = useSession()
  const to = pathOf(useSearchRecord()['to'])
  const { talk, running, problem } = usePasskeyTalk()
  useEffect(() => {
    if (!setUp) void go(paths.setUp(), { replace: true })
    else if (person !== null) void go(to, { replace: true })
  }, [setUp, person, to, go])
  const enter = () =>
    talk(async () => {
      const credential = await signWithPasskey(await api.call(signInOptions, {}))
      await api.call(signIn, { body: { credential: { ...credential } } })
    })
  return (
    <FrontSheet
      title={t.title}
      note={organisation === null ? undefined : text(organisation.name)}
      small
    >
      <p>{t.text}</p>
      <ProblemNote problem={problem} />
      <Button
        fullWidth
        size="md"
        data-autofocus
        loading={running}
        leftSection={<IconFingerprint size={20} aria-hidden />}
        onClick={() => void enter()}
      >
        {t.button}
      </Button>
      <p className="faint small">{t.help}</p>
      <p className="faint small">
        <TextLink to={paths.askForLink()}>{link.contact}</TextLink>
      </p>
    </FrontSheet>
  )
}
