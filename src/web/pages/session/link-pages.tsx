import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { requestSignInLink, useSignInLink as signInByLink } from '../../../contract/mail.ts'
import { api } from '../../api/api.ts'
import { usePasskeyTalk } from '../../api/use-passkey.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { TextLink } from '../../ui/link.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useCommand } from '../../api/use-command.ts'
import { FrontSheet } from './front-sheet.tsx'

/** A contact asks for a link; the answer is the same whatever the address is. */
export function AskForLinkPage() {
  const t = useMessages().customers.own.link
  const command = useCommand(requestSignInLink)
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if ((await command.run({ body: { email: email.trim() } })) !== null) setSent(true)
  }
  return (
    <FrontSheet title={t.title} small>
      {sent ? (
        <output>{t.sent}</output>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            void send(event)
          }}
        >
          <p>{t.text}</p>
          <ProblemNote problem={command.problem} />
          <TextInput
            label={t.email}
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value)
            }}
          />
          <Button type="submit" fullWidth size="md" loading={command.running}>
            {t.send}
          </Button>
        </form>
      )}
      <p className="faint small">
        <TextLink to={paths.signIn()}>{t.passkey}</TextLink>
      </p>
    </FrontSheet>
  )
}

/** The link is used by a press, not by opening it: mail servers open links too. */
export function UseLinkPage({ params }: { readonly params: { readonly token: string } }) {
  const t = useMessages().customers.own.link
  const go = useGo()
  const { talk, running, problem } = usePasskeyTalk()
  const enter = async () => {
    const isIn = await talk(() => api.call(signInByLink, { params }))
    if (isIn) await go(paths.own(), { replace: true })
  }
  return (
    <FrontSheet title={t.title} small>
      <p>{t.useText}</p>
      <ProblemNote problem={problem} />
      <Button fullWidth size="md" loading={running} onClick={() => void enter()}>
        {t.use}
      </Button>
      <p className="faint small">
        <TextLink to={paths.askForLink()}>{t.another}</TextLink>
      </p>
    </FrontSheet>
  )
}
