import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { Act } from '../../../contract/session.ts'
import { act as actSchema } from '../../../contract/session.ts'
import { useSession } from '../../api/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { addDays, addMonths } from '../../ui/days.ts'
import { faultsOf } from '../../ui/form-errors.ts'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import type { Exception } from './exception-page.tsx'

type Props = { readonly exception: string }

/** Carries an exception knowingly for a while: a reason, a last day, a signature. */
export function AcceptButton({
  exception: { id: exception, cause, answeredBy, response },
}: {
  readonly exception: Exception
}) {
  const { person } = useSession()
  const t = useMessages().exceptions
  const isMine = person !== null && [answeredBy?.id, response?.owner.id].includes(person.id)
  const [asking, setAsking] = useState(false)
  const [act, setAct] = useState<Act | null>(null)
  return (
    <>
      <CommandButton
        permission="exceptions.accept"
        variant="default"
        reason={cause === null ? t.acceptFirst : isMine ? t.acceptOther : null}
        onClick={() => {
          setAsking(true)
        }}
      >
        {t.accept}
      </CommandButton>
      <Modal
        opened={asking}
        title={t.acceptTitle}
        centered
        onClose={() => {
          setAsking(false)
        }}
      >
        <Asking
          exception={exception}
          onAct={(next) => {
            setAsking(false)
            setAct(next)
          }}
        />
      </Modal>
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </>
  )
}

function Asking({ exception, onAct }: Props & { readonly onAct: (act: Act) => void }) {
  const t = useMessages().exceptions
  const faultWords = useMessages().ui.form.faults
  const { today } = useSession()
  const [until, setUntil] = useState(addMonths(today, 3))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const act = { act: 'accept-exception', exception, until, reason } as const
  const faults = tried ? faultsOf(actSchema, act) : {}
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faultsOf(actSchema, act)).length === 0) onAct(act)
  }
  return (
    <form className="stack" noValidate onSubmit={send}>
      <p className="faint">{t.acceptText}</p>
      <TextInput
        type="date"
        className="field-day"
        label={t.acceptUntil}
        min={addDays(today, 1)}
        max={addMonths(today, 12)}
        value={until}
        error={'until' in faults ? faultWords.required : null}
        onChange={(event) => {
          setUntil(event.currentTarget.value)
        }}
      />
      <Textarea
        data-autofocus
        label={t.acceptReason}
        autosize
        minRows={3}
        maxLength={4_000}
        value={reason}
        error={'reason' in faults ? faultWords.required : null}
        onChange={(event) => {
          setReason(event.currentTarget.value)
        }}
      />
      <div className="dialog-actions">
        <Button type="submit" size="sm">
          {t.continueToSign}
        </Button>
      </div>
    </form>
  )
}
