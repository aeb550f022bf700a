import { Modal } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { assignOwner, retireControl } from '../../../contract/criteria.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton, CommandLink } from '../../ui/command-button.tsx'
import { ReasonDialog } from '../../ui/confirm-dialog.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { PersonField } from '../../ui/person-field.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Control } from './control-page.tsx'

/** Edit, give an owner, retire. A retired control is only read. */
export function ControlActions({ control }: { readonly control: Control }) {
  const t = useMessages().controls
  const [asking, setAsking] = useState<'owner' | 'retire' | null>(null)
  const close = () => {
    setAsking(null)
  }
  if (control.state === 'retired') return null
  return (
    <>
      <CommandLink
        permission="controls.write"
        to={paths.editControl(control.id)}
        variant="default"
        icon={<IconPencil size={16} stroke={1.7} />}
      >
        {t.edit}
      </CommandLink>
      <CommandButton
        permission="controls.write"
        variant={control.owner === null ? 'filled' : 'default'}
        onClick={() => {
          setAsking('owner')
        }}
      >
        {t.assign}
      </CommandButton>
      <CommandButton
        permission="controls.write"
        variant="subtle"
        onClick={() => {
          setAsking('retire')
        }}
      >
        {t.retire}
      </CommandButton>
      <Modal opened={asking === 'owner'} onClose={close} title={t.assign} centered>
        <AssignForm control={control} onClose={close} />
      </Modal>
      <Retire control={control} opened={asking === 'retire'} onClose={close} />
    </>
  )
}

type FormProps = { readonly control: Control; readonly onClose: () => void }

function AssignForm({ control, onClose }: FormProps) {
  const t = useMessages().controls
  const command = useCommand(assignOwner)
  const form = useForm(command, {
    initial: { person: control.owner?.id ?? '' },
    input: ({ person }) => ({ params: { control: control.id }, body: { person } }),
    done: () => {
      notifySuccess(t.assigned)
      onClose()
    },
  })
  return (
    <Form
      form={form}
      label={t.assign}
      submit={t.assign}
      permission="controls.write"
      cancel={onClose}
      unguarded
    >
      <p className="faint">{t.assignText}</p>
      <PersonField form={form} name="person" label={t.owner} />
    </Form>
  )
}

function Retire({ control, opened, onClose }: FormProps & { readonly opened: boolean }) {
  const t = useMessages().controls
  const command = useCommand(retireControl)
  return (
    <ReasonDialog
      opened={opened}
      title={t.retire}
      text={t.retireText}
      confirm={t.retire}
      danger
      max={4_000}
      running={command.running}
      problem={command.problem}
      onClose={onClose}
      onConfirm={(reason) => {
        const input = { params: { control: control.id }, body: { reason } }
        void command.run(input).then((answer) => {
          if (answer === null) return
          notifySuccess(t.retiredDone(control.id))
          onClose()
        })
      }}
    />
  )
}
