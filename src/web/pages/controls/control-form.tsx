import { getBoard, listChecks } from '../../../contract/criteria.ts'
import { cadence, ownerRole } from '../../../contract/shared.ts'
import type { z } from 'zod'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { LongTextField, ManyField, SelectField, SwitchField, TextField } from '../../ui/fields.tsx'
import type { Form } from '../../ui/use-form.ts'

/** What is typed about a control; `bodyOf` makes the route's body of it. */
export type ControlValues = {
  readonly 'title.ja': string
  readonly 'title.en': string
  readonly 'statement.ja': string
  readonly 'statement.en': string
  readonly ownerRole: string
  readonly cadence: string
  readonly criteria: readonly string[]
  readonly checks: readonly string[]
  readonly evidence: boolean
}

type OwnerRole = z.infer<typeof ownerRole>
type Cadence = z.infer<typeof cadence>

export function bodyOf(values: ControlValues) {
  return {
    title: { ja: values['title.ja'], en: values['title.en'] },
    statement: { ja: values['statement.ja'], en: values['statement.en'] },
    ownerRole: oneOf<OwnerRole>(ownerRole.options, values.ownerRole, 'security-lead'),
    cadence: oneOf<Cadence>(cadence.options, values.cadence, 'annual'),
    criteria: [...values.criteria],
    checks: [...values.checks],
    evidence: values.evidence,
  }
}

/** The fields that a new control and a new version share. */
export function ControlFields<V extends ControlValues>({ form }: { readonly form: Form<V> }) {
  const t = useMessages()
  const words = t.controls.form
  const text = useText()
  const { criteria } = useRead(getBoard, {})
  const checks = useRead(listChecks, {})
  const plain: Form<ControlValues> = form
  return (
    <>
      <div className="form-pair">
        <TextField form={plain} name="title.ja" label={words.titleJa} lang="ja" />
        <TextField form={plain} name="title.en" label={words.titleEn} lang="en" />
        <LongTextField
          form={plain}
          name="statement.ja"
          label={words.statementJa}
          hint={words.statementHint}
          lang="ja"
        />
        <LongTextField
          form={plain}
          name="statement.en"
          label={words.statementEn}
          hint={words.statementHint}
          lang="en"
        />
        <SelectField
          form={plain}
          name="ownerRole"
          label={words.ownerRole}
          choices={ownerRole.options.map((value) => ({ value, label: t.ui.ownerRole[value] }))}
        />
        <SelectField
          form={plain}
          name="cadence"
          label={words.cadence}
          choices={cadence.options.map((value) => ({ value, label: t.ui.cadence[value] }))}
        />
      </div>
      <ManyField
        form={plain}
        name="criteria"
        label={words.criteria}
        placeholder={words.criteriaPlaceholder}
        choices={criteria.map(({ id, title }) => ({ value: id, label: `${id} ${text(title)}` }))}
      />
      <ManyField
        form={plain}
        name="checks"
        label={words.checks}
        optional
        placeholder={words.checksPlaceholder}
        choices={checks.map(({ id, title }) => ({ value: id, label: text(title) }))}
      />
      <SwitchField form={plain} name="evidence" label={words.evidence} />
    </>
  )
}

function oneOf<T extends string>(options: readonly T[], value: string, otherwise: T): T {
  return options.find((option) => option === value) ?? otherwise
}
