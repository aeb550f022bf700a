import { useSession } from '../../api/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { DayField, LongTextField } from '../../ui/fields.tsx'
import { PersonField } from '../../ui/person-field.tsx'
import type { Form } from '../../ui/use-form.ts'

export type AnswerValues = {
  readonly cause: string
  readonly plan: string
  readonly owner: string
  readonly due: string
}

/** What an answer to an exception says, be it about one or about many. */
export function AnswerFields({ form }: { readonly form: Form<AnswerValues> }) {
  const t = useMessages().exceptions
  const { today } = useSession()
  return (
    <>
      <LongTextField form={form} name="cause" label={t.cause} hint={t.causeHint} />
      <LongTextField form={form} name="plan" label={t.plan} hint={t.planHint} />
      <div className="form-pair">
        <PersonField form={form} name="owner" label={t.owner} />
        <DayField form={form} name="due" label={t.due} min={today} />
      </div>
    </>
  )
}
