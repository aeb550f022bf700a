import { useState } from 'react'
import { answerException } from '../../../contract/criteria.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Day } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { AnswerValues } from './answer-fields.tsx'
import { AnswerFields } from './answer-fields.tsx'
import type { Exception } from './exception-page.tsx'

/** Why it happened and what is done about it; written once or again, never erased. */
export function Answer({ exception }: { readonly exception: Exception }) {
  const t = useMessages().exceptions
  const [writing, setWriting] = useState(false)
  const write = (label: string, variant: 'filled' | 'default') => (
    <CommandButton
      permission="exceptions.answer"
      variant={variant}
      onClick={() => {
        setWriting(true)
      }}
    >
      {label}
    </CommandButton>
  )
  if (writing) {
    return (
      <Section title={t.answerTitle} note={t.answerNote} sheet>
        <AnswerForm
          exception={exception}
          onClose={() => {
            setWriting(false)
          }}
        />
      </Section>
    )
  }
  const { cause, response, state, answeredBy } = exception
  if (cause === null || response === null) {
    return (
      <EmptyState
        title={t.notAnswered.title}
        text={t.notAnswered.text}
        actions={state === 'fixed' ? undefined : write(t.answer, 'filled')}
      />
    )
  }
  return (
    <Section
      title={t.answerTitle}
      actions={state === 'fixed' ? undefined : write(t.answerAgain, 'default')}
    >
      <FactList
        facts={[
          { label: t.cause, value: <p className="pre-line">{cause}</p> },
          { label: t.plan, value: <p className="pre-line">{response.plan}</p> },
          { label: t.owner, value: <Who who={response.owner} /> },
          { label: t.due, value: <Day day={response.due} /> },
          answeredBy === null ? null : { label: t.answeredBy, value: <Who who={answeredBy} /> },
        ]}
      />
    </Section>
  )
}

type FormProps = { readonly exception: Exception; readonly onClose: () => void }

function AnswerForm({ exception, onClose }: FormProps) {
  const t = useMessages().exceptions
  const command = useCommand(answerException)
  const initial: AnswerValues = {
    cause: exception.cause ?? '',
    plan: exception.response?.plan ?? '',
    owner: exception.response?.owner.id ?? '',
    due: exception.response?.due ?? '',
  }
  const form = useForm(command, {
    initial,
    input: (values) => ({ params: { exception: exception.id }, body: values }),
    done: () => {
      notifySuccess(t.answered)
      onClose()
    },
  })
  return (
    <Form
      form={form}
      label={t.answerTitle}
      submit={t.answer}
      permission="exceptions.answer"
      cancel={onClose}
    >
      <AnswerFields form={form} />
    </Form>
  )
}
