import { draftPolicy } from '../../../contract/people.ts'
import type { Input } from '../../../contract/route.ts'
import { ownerRole } from '../../../contract/shared.ts'
import { audiences } from '../../../domain/people/audience.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import type { Path } from '../../paths.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { LongTextField, NumberField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { MarkdownField } from '../../ui/markdown-field.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { useForm } from '../../ui/use-form.ts'

type Body = Input<typeof draftPolicy>['body']

type Props = {
  /** Null for a new policy, which is still to be named. */
  readonly policy: string | null
  readonly initial: Body
  readonly cancel: Path
}

/** A version of a policy in both languages; saving makes a draft. */
export function PolicyForm({ policy, initial, cancel }: Props) {
  const t = useMessages()
  const words = t.policies.form
  const form = usePolicyForm(policy, initial)
  return (
    <Form
      form={form}
      label={words.label}
      submit={words.save}
      permission="policies.write"
      cancel={cancel}
    >
      {policy === null && (
        <TextField
          form={form}
          name="policy"
          label={words.id}
          hint={words.idHint}
          placeholder="access-control"
        />
      )}
      <TextField form={form} name="title.ja" label={words.titleJa} lang="ja" />
      <TextField form={form} name="title.en" label={words.titleEn} lang="en" />
      <div className="row">
        <SelectField
          form={form}
          name="ownerRole"
          label={words.owner}
          choices={ownerRole.options.map((value) => ({ value, label: t.ui.ownerRole[value] }))}
        />
        <SelectField
          form={form}
          name="audience"
          label={words.audience}
          choices={audiences.map((value) => ({ value, label: t.policies.audiences[value] }))}
        />
        <NumberField
          form={form}
          name="reviewMonths"
          label={words.review}
          min={1}
          max={36}
          unit={words.months}
        />
      </div>
      <MarkdownField form={form} name="text.ja" label={words.textJa} lang="ja" rows={22} />
      <MarkdownField form={form} name="text.en" label={words.textEn} lang="en" rows={22} />
      <LongTextField form={form} name="change" label={words.change} rows={2} />
    </Form>
  )
}

function usePolicyForm(policy: string | null, initial: Body) {
  const t = useMessages().policies.form
  const go = useGo()
  const command = useCommand(draftPolicy)
  return useForm(command, {
    initial: {
      policy: policy ?? '',
      'title.ja': initial.title.ja,
      'title.en': initial.title.en,
      'text.ja': initial.text.ja,
      'text.en': initial.text.en,
      ownerRole: initial.ownerRole,
      audience: initial.audience,
      reviewMonths: initial.reviewMonths,
      change: initial.change,
    },
    input: (values) => ({
      params: { policy: values.policy },
      body: {
        title: { ja: values['title.ja'], en: values['title.en'] },
        text: { ja: values['text.ja'], en: values['text.en'] },
        ownerRole: ownerRole.parse(values.ownerRole),
        audience: audiences.find((one) => one === values.audience) ?? initial.audience,
        reviewMonths: values.reviewMonths,
        change: values.change,
        after: initial.after,
      },
    }),
    done: async ({ version }, values) => {
      notifySuccess(t.saved)
      await go(paths.policy(values.policy, { version: version.toString() }))
    },
  })
}
