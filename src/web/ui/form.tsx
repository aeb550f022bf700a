import { Button } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useRef } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { Permission } from '../../domain/access/permission.ts'
import { useWhyNot } from '../api/session.ts'
import { useMessages } from '../messages/language.tsx'
import type { Path } from '../paths.ts'
import { CommandButton } from './command-button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ButtonLink } from './link.tsx'
import { ProblemNote } from './problem-note.tsx'
import type { Form as FormState, Values } from './use-form.ts'

type Props<V extends Values> = {
  readonly form: FormState<V>
  /** Names the form for those who cannot see it. */
  readonly label: string
  /** What the button says: the very deed, never "OK". */
  readonly submit: string
  /** Null for what needs no sign-in. */
  readonly permission: Permission | null
  /** Where "cancel" leads, or what it does. */
  readonly cancel?: Path | (() => void)
  /** Not asked before leaving: for a form of one field. */
  readonly unguarded?: boolean
  readonly children: ReactNode
}

/** The one pattern of forms: fields, what is wrong at its field, one deed, no silent loss. */
export function Form<V extends Values>(props: Props<V>) {
  const { form, label, submit, permission, cancel, unguarded = false, children } = props
  const t = useMessages().ui
  const element = useRef<HTMLFormElement>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    void form.submit().then((sent) => {
      if (!sent) focusFirstFault(element.current)
    })
  }
  return (
    <form ref={element} className="form" aria-label={label} noValidate onSubmit={send}>
      <ProblemNote problem={form.problem} title={t.form.problem} />
      {children}
      <div className="form-actions">
        <SubmitButton form={form} label={submit} permission={permission} />
        {typeof cancel === 'string' && (
          <ButtonLink to={cancel} variant="subtle">
            {t.cancel}
          </ButtonLink>
        )}
        {typeof cancel === 'function' && (
          <Button variant="subtle" size="sm" onClick={cancel}>
            {t.cancel}
          </Button>
        )}
      </div>
      {!unguarded && <LeaveGuard isLosing={form.isLosing} />}
    </form>
  )
}

function SubmitButton<V extends Values>(props: {
  readonly form: FormState<V>
  readonly label: string
  readonly permission: Permission | null
}) {
  const whyNot = useWhyNot()
  const { form, label, permission } = props
  const why = permission === null ? null : whyNot(permission)
  if (why === null || permission === null) {
    return (
      <Button type="submit" size="sm" loading={form.running}>
        {label}
      </Button>
    )
  }
  return (
    <CommandButton permission={permission} onClick={noDeed}>
      {label}
    </CommandButton>
  )
}

/** Asks before what was typed is lost; a change of filters or of the day shown loses nothing. */
function LeaveGuard({ isLosing }: { readonly isLosing: () => boolean }) {
  const t = useMessages().ui.form.leave
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isLosing(),
    enableBeforeUnload: isLosing,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      opened={blocker.status === 'blocked'}
      title={t.title}
      text={t.text}
      confirm={t.confirm}
      danger
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    />
  )
}

function focusFirstFault(form: HTMLFormElement | null) {
  // The fields are drawn with their faults first.
  requestAnimationFrame(() => {
    const field = form?.querySelector('[aria-invalid="true"], [data-invalid="true"]')
    if (field instanceof HTMLElement) field.focus()
    else form?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' })
  })
}

function noDeed() {
  // The button says why it does nothing.
}
