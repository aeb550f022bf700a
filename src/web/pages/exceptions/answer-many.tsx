import { Modal } from '@mantine/core'
import { useState } from 'react'
import { answerException } from '../../../contract/criteria.ts'
import type { Input } from '../../../contract/route.ts'
import { useMany } from '../../api/use-many.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { Form } from '../../ui/form.tsx'
import { ManyProgress } from '../../ui/many-progress.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { AnswerValues } from './answer-fields.tsx'
import { AnswerFields } from './answer-fields.tsx'

type Props = {
  /** Ids of the exceptions that are selected. */
  readonly chosen: readonly string[]
  readonly onDone: () => void
}

/** One cause and one response for many exceptions; each gets an entry of its own. */
export function AnswerMany({ chosen, onDone }: Props) {
  const t = useMessages().exceptions
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  const close = () => {
    setOpened(false)
  }
  return (
    <>
      <CommandButton
        permission="exceptions.answer"
        variant={chosen.length === 0 ? 'default' : 'filled'}
        reason={chosen.length === 0 ? t.chooseFirst : null}
        onClick={() => {
          setOpened(true)
        }}
      >
        {chosen.length === 0 ? t.answerNone : t.answerMany(format.number(chosen.length))}
      </CommandButton>
      <Modal opened={opened} onClose={close} title={t.answerTitle} size="lg" centered>
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

const initial: AnswerValues = { cause: '', plan: '', owner: '', due: '' }

function ManyForm({ chosen, onDone, onClose }: Props & { readonly onClose: () => void }) {
  const t = useMessages().exceptions
  const format = useFormat()
  const many = useMany(answerException)
  const run = async ({ body }: Pick<Input<typeof answerException>, 'body'>) => {
    const done = await many.run(chosen.map((exception) => ({ params: { exception }, body })))
    return done === chosen.length ? done : null
  }
  const form = useForm(
    { route: answerException, run, running: many.progress !== null, problem: many.problem },
    {
      initial,
      input: (body) => ({ body }),
      done: (done) => {
        notifySuccess(t.answeredMany(format.number(done)))
        onDone()
      },
    },
  )
  return (
    <Form
      form={form}
      label={t.answerTitle}
      submit={t.answerMany(format.number(chosen.length))}
      permission="exceptions.answer"
      cancel={onClose}
      unguarded
    >
      <p className="faint">{t.manyNote}</p>
      <AnswerFields form={form} />
      <ManyProgress progress={many.progress} />
    </Form>
  )
}
