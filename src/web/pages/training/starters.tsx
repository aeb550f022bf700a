import { Modal } from '@mantine/core'
import { useState } from 'react'
import { offerCourse } from '../../../contract/people.ts'
import type { listCourses } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { audiences } from '../../../domain/people/audience.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { NumberField, SelectField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { TextLink } from '../../ui/link.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'

type Starter = Output<typeof listCourses>['starters'][number]

const monthsDefault = 12

/** Courses that come with the program and are not offered yet. */
export function Starters({ starters }: { readonly starters: readonly Starter[] }) {
  const t = useMessages().training.starters
  const text = useText()
  const [asked, setAsked] = useState<Starter | null>(null)
  const close = () => {
    setAsked(null)
  }
  return (
    <Section title={t.title} note={t.note} sheet>
      <ul className="lined-list">
        {starters.map((starter) => (
          <li key={starter.id} className="row">
            <TextLink to={paths.course(starter.id)}>{text(starter.title)}</TextLink>
            <CommandButton
              permission="training.write"
              variant="default"
              size="xs"
              onClick={() => {
                setAsked(starter)
              }}
            >
              {t.offer}
            </CommandButton>
          </li>
        ))}
      </ul>
      <Modal
        opened={asked !== null}
        onClose={close}
        centered
        title={asked === null ? '' : t.offerTitle(text(asked.title))}
      >
        {asked !== null && <OfferForm course={asked.id} onDone={close} />}
      </Modal>
    </Section>
  )
}

function OfferForm(props: { readonly course: string; readonly onDone: () => void }) {
  const t = useMessages().training
  const { course, onDone } = props
  const command = useCommand(offerCourse)
  const form = useForm(command, {
    initial: { audience: guessed(course), validMonths: monthsDefault },
    input: (values) => ({
      body: {
        course,
        audience: audiences.find((one) => one === values.audience) ?? 'everyone',
        validMonths: values.validMonths,
      },
    }),
    done: () => {
      notifySuccess(t.starters.offered)
      onDone()
    },
  })
  return (
    <Form
      form={form}
      label={t.starters.offer}
      submit={t.starters.offer}
      permission="training.write"
      cancel={onDone}
      unguarded
    >
      <SelectField
        form={form}
        name="audience"
        label={t.audience}
        choices={audiences.map((value) => ({ value, label: t.audiences[value] }))}
      />
      <NumberField
        form={form}
        name="validMonths"
        label={t.starters.validFor}
        min={1}
        max={36}
        unit={t.months('').trim()}
      />
    </Form>
  )
}

/** Whom a starter is meant for says its name; everybody else decides. */
function guessed(course: string): string {
  if (course.includes('operations')) return 'operations'
  return course.includes('development') ? 'development' : 'everyone'
}
