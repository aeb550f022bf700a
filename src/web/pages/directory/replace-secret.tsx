import { Modal } from '@mantine/core'
import { useState } from 'react'
import { replaceDirectorySecret } from '../../../contract/directory.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { useForm } from '../../ui/use-form.ts'

/** Another password for the connection; the old one is shown to nobody. */
export function ReplaceSecret({ source }: { readonly source: string }) {
  const t = useMessages().directory.sources
  const [asked, setAsked] = useState(false)
  const close = () => {
    setAsked(false)
  }
  return (
    <>
      <CommandButton
        permission="directory.write"
        variant="subtle"
        onClick={() => {
          setAsked(true)
        }}
      >
        {t.secret}
      </CommandButton>
      <Modal opened={asked} onClose={close} centered title={t.secret}>
        <SecretForm source={source} onDone={close} />
      </Modal>
    </>
  )
}

function SecretForm(props: { readonly source: string; readonly onDone: () => void }) {
  const t = useMessages().directory.sources
  const { source, onDone } = props
  const command = useCommand(replaceDirectorySecret)
  const form = useForm(command, {
    initial: { password: '' },
    input: ({ password }) => ({ params: { source }, body: { password } }),
    done: () => {
      notifySuccess(t.secretSaved)
      onDone()
    },
  })
  return (
    <Form
      form={form}
      label={t.secret}
      submit={t.secret}
      permission="directory.write"
      cancel={onDone}
      unguarded
    >
      <TextField
        form={form}
        name="password"
        type="password"
        autoComplete="new-password"
        label={t.secretField}
        hint={t.secretText}
      />
    </Form>
  )
}
