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
  readonly 'proof.ja': string
  readonly 'proof.en': string
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
    ...proofOf(values),
    ownerRole: oneOf<OwnerRole>(ownerRole.options, values.ownerRole, 'security-lead'),
    cadence: oneOf<Cadence>(cadence.options, values.cadence, 'annual'),
    criteria: [...values.criteria],
    checks: [...values.checks],
    evidence: values.evidence,
  }
}

/** Left empty in both languages, the proof stays as it was. */
function proofOf(values: ControlValues) {
  const proof = { ja: values['proof.ja'], en: values['proof.en'] }
  return proof.ja.trim() === '' && proof.en.trim() === '' ? {} : { proof }
}

/** The fields that a new control and a new version share. */
export function ControlFields<V extends ControlValues>({ form }: { readonly form: Form<V> }) {
  const t = useMessages()
  const words = t.controls.form
  const plain: Form<ControlValues> = form
  return (
    <>
      <Texts form={plain} />
      <div className="form-pair">
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
      <Connections form={plain} />
      <SwitchField form={plain} name="evidence" label={words.evidence} />
    </>
  )
}

type PartProps = { readonly form: Form<ControlValues> }

/** What is done and what would prove it, in both languages side by side. */
function Texts({ form }: PartProps) {
  const words = useMessages().controls.form
  const statement = { form, hint: words.statementHint }
  const proof = { form, hint: words.proofHint, rows: 2, optional: true }
  return (
    <div className="form-pair">
      <TextField form={form} name="title.ja" label={words.titleJa} lang="ja" />
      <TextField form={form} name="title.en" label={words.titleEn} lang="en" />
      <LongTextField {...statement} name="statement.ja" label={words.statementJa} lang="ja" />
      <LongTextField {...statement} name="statement.en" label={words.statementEn} lang="en" />
      <LongTextField {...proof} name="proof.ja" label={words.proofJa} lang="ja" />
      <LongTextField {...proof} name="proof.en" label={words.proofEn} lang="en" />
    </div>
  )
}

/** The criteria that it answers and the checks that test it. */
function Connections({ form }: PartProps) {
  const words = useMessages().controls.form
  const text = useText()
  const { criteria } = useRead(getBoard, {})
  const checks = useRead(listChecks, {})
  return (
    <>
      <ManyField
        form={form}
        name="criteria"
        label={words.criteria}
        placeholder={words.criteriaPlaceholder}
        choices={criteria.map(({ id, title }) => ({ value: id, label: `${id} ${text(title)}` }))}
      />
      <ManyField
        form={form}
        name="checks"
        label={words.checks}
        optional
        placeholder={words.checksPlaceholder}
        choices={checks.map(({ id, title }) => ({ value: id, label: text(title) }))}
      />
    </>
  )
}

function oneOf<T extends string>(options: readonly T[], value: string, otherwise: T): T {
  return options.find((option) => option === value) ?? otherwise
}
