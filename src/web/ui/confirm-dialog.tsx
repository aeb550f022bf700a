import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { ApiProblem } from '../../contract/api-problem.ts'
import { useMessages } from '../messages/language.tsx'
import { ProblemNote } from './problem-note.tsx'

type Frame = {
  readonly opened: boolean
  readonly title: string
  /** What will happen, and whether it can be taken back. */
  readonly text: ReactNode
  /** What the button says: the very deed. */
  readonly confirm: string
  readonly danger?: boolean
  readonly running?: boolean
  readonly problem?: ApiProblem | null
  readonly onClose: () => void
}

/** Asks once more before something is done. */
export function ConfirmDialog(props: Frame & { readonly onConfirm: () => void }) {
  const { opened, title, text, problem = null, onClose, onConfirm } = props
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <div className="stack">
        <div>{text}</div>
        <ProblemNote problem={problem} />
        <Choices {...props} onConfirm={onConfirm} />
      </div>
    </Modal>
  )
}

/** Asks for the reason of a deed: it goes into the ledger with it. */
export function ReasonDialog(
  props: Frame & {
    /** What the reason is called here, where "reason" is not enough. */
    readonly label?: string
    readonly hint?: string
    /** Characters at most, as the route has it. */
    readonly max?: number
    readonly onConfirm: (reason: string) => void
  },
) {
  const t = useMessages().ui.reason
  const { opened, title, text, problem = null, onClose, onConfirm, max = 500 } = props
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() !== '') onConfirm(reason.trim())
  }
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <form className="stack" onSubmit={send} noValidate>
        <div>{text}</div>
        <ProblemNote problem={problem} />
        <Textarea
          data-autofocus
          label={props.label ?? t.label}
          description={props.hint ?? t.hint}
          autosize
          minRows={3}
          maxLength={max}
          value={reason}
          error={tried && reason.trim() === '' ? t.missing : null}
          onChange={(event) => {
            setReason(event.currentTarget.value)
          }}
        />
        <Choices {...props} onConfirm={undefined} />
      </form>
    </Modal>
  )
}

function Choices(props: Frame & { readonly onConfirm: (() => void) | undefined }) {
  const t = useMessages().ui
  const { confirm, danger = false, running = false, onClose, onConfirm } = props
  return (
    <div className="dialog-actions">
      <Button variant="default" size="sm" onClick={onClose}>
        {t.cancel}
      </Button>
      <Button
        size="sm"
        color={danger ? 'red' : 'indigo'}
        loading={running}
        {...(onConfirm === undefined ? { type: 'submit' } : { onClick: onConfirm })}
      >
        {confirm}
      </Button>
    </div>
  )
}
