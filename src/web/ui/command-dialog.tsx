import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Input, Route } from '../../contract/route.ts'
import { useCommand } from '../api/use-command.ts'
import { CommandButton } from './command-button.tsx'
import { ConfirmDialog, ReasonDialog } from './confirm-dialog.tsx'
import { notifySuccess } from './notify.tsx'

type Frame<R extends Route> = {
  readonly route: R
  readonly opened: boolean
  /** Names the dialog and its button: the very deed. */
  readonly title: string
  readonly text: ReactNode
  /** What is said when it is done. */
  readonly done: string
  readonly danger?: boolean
  readonly onClose: () => void
}

/** Asks once more, then gives one command. */
export function CommandDialog<const R extends Route>(
  props: Frame<R> & { readonly input: Input<R> },
) {
  const { route, input, done, onClose } = props
  const { opened, title, text, danger = false } = props
  const command = useCommand(route)
  const run = async () => {
    if ((await command.run(input)) === null) return
    notifySuccess(done)
    onClose()
  }
  const { running, problem } = command
  return (
    <ConfirmDialog
      {...{ opened, title, text, danger, running, problem, onClose }}
      confirm={title}
      onConfirm={() => {
        void run()
      }}
    />
  )
}

/** Asks for the reason, then gives one command with it. */
export function ReasonCommandDialog<const R extends Route>(
  props: Frame<R> & { readonly input: (reason: string) => Input<R> },
) {
  const { route, input, done, onClose } = props
  const { opened, title, text, danger = false } = props
  const command = useCommand(route)
  const run = async (reason: string) => {
    if ((await command.run(input(reason))) === null) return
    notifySuccess(done)
    onClose()
  }
  const { running, problem } = command
  return (
    <ReasonDialog
      {...{ opened, title, text, danger, running, problem, onClose }}
      confirm={title}
      onConfirm={(reason) => {
        void run(reason)
      }}
    />
  )
}

/** The button of a deed that takes something away: it asks for the reason, then does it. */
export function ReasonCommandButton<const R extends Route>(
  props: Omit<Frame<R>, 'opened' | 'danger' | 'onClose'> & {
    readonly input: (reason: string) => Input<R>
  },
) {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <CommandButton
        permission={props.route.permission}
        variant="subtle"
        onClick={() => {
          setAsked(true)
        }}
      >
        {props.title}
      </CommandButton>
      <ReasonCommandDialog
        {...props}
        opened={asked}
        danger
        onClose={() => {
          setAsked(false)
        }}
      />
    </>
  )
}
