import { Modal } from '@mantine/core'
import { useState } from 'react'
import { assignOwner } from '../../../contract/criteria.ts'
import type { Input } from '../../../contract/route.ts'
import { useMany } from '../../api/use-many.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { Form } from '../../ui/form.tsx'
import { ManyProgress } from '../../ui/many-progress.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { PersonField } from '../../ui/person-field.tsx'
import { useForm } from '../../ui/use-form.ts'

type Props = {
  /** Ids of the controls that are selected. */
  readonly chosen: readonly string[]
  readonly onDone: () => void
}

/** One owner for many controls; each gets an entry of its own. */
export function AssignMany({ chosen, onDone }: Props) {
  const t = useMessages().controls
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  const close = () => {
    setOpened(false)
  }
  return (
    <>
      <CommandButton
        permission="controls.write"
        variant={chosen.length === 0 ? 'default' : 'filled'}
        reason={chosen.length === 0 ? t.chooseFirst : null}
        onClick={() => {
          setOpened(true)
        }}
      >
        {chosen.length === 0 ? t.assign : t.assignMany(format.number(chosen.length))}
      </CommandButton>
      <Modal opened={opened} onClose={close} title={t.assign} centered>
        <ManyForm
          chosen={chosen}
          onClose={close}
          onDone={() => {
            close()
            onDone()
          }}
        />
      </Modal>
    </>
  )
}

function ManyForm({ chosen, onDone, onClose }: Props & { readonly onClose: () => void }) {
  const t = useMessages().controls
  const format = useFormat()
  const many = useMany(assignOwner)
  const run = async ({ body }: Pick<Input<typeof assignOwner>, 'body'>) => {
    const done = await many.run(chosen.map((control) => ({ params: { control }, body })))
    return done === chosen.length ? done : null
  }
  const form = useForm(
    { route: assignOwner, run, running: many.progress !== null, problem: many.problem },
    {
      initial: { person: '' },
      input: (body) => ({ body }),
      done: (done) => {
        notifySuccess(t.assignedMany(format.number(done)))
        onDone()
      },
    },
  )
  return (
    <Form
      form={form}
      label={t.assign}
      submit={t.assignMany(format.number(chosen.length))}
      permission="controls.write"
      cancel={onClose}
      unguarded
    >
      <p className="faint">{t.assignText}</p>
      <PersonField form={form} name="person" label={t.owner} />
      <ManyProgress progress={many.progress} />
    </Form>
  )
}
