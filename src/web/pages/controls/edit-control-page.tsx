import { editControl, getControl } from '../../../contract/criteria.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { LongTextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { bodyOf, ControlFields } from './control-form.tsx'

type Props = { readonly params: { readonly control: string } }

/** A new version of a control; the server refuses it when somebody else was faster. */
export function EditControlPage({ params }: Props) {
  const t = useMessages().controls
  const text = useText()
  const go = useGo()
  const control = useRead(getControl, { params })
  const command = useCommand(editControl)
  const form = useForm(command, {
    initial: {
      'title.ja': control.title.ja,
      'title.en': control.title.en,
      'statement.ja': control.statement.ja,
      'statement.en': control.statement.en,
      'proof.ja': control.proof.ja,
      'proof.en': control.proof.en,
      ownerRole: control.ownerRole,
      cadence: control.cadence,
      criteria: control.criteria,
      checks: control.checks,
      evidence: control.evidence,
      change: '',
    },
    input: (values) => ({
      params,
      body: { ...bodyOf(values), version: control.version, change: values.change },
    }),
    done: () => {
      notifySuccess(t.form.edited(control.id))
      return go(paths.control(control.id))
    },
  })
  return (
    <Page
      title={t.form.editTitle}
      id={control.id}
      note={t.form.editNote}
      breadcrumbs={[
        { label: t.title, to: paths.controls() },
        { label: `${control.id} ${text(control.title)}`, to: paths.control(control.id) },
      ]}
    >
      <div className="sheet form-sheet">
        <Form
          form={form}
          label={t.form.editTitle}
          submit={t.form.saveEdit}
          permission="controls.write"
          cancel={paths.control(control.id)}
        >
          <ControlFields form={form} />
          <LongTextField form={form} name="change" label={t.form.change} rows={2} />
        </Form>
      </div>
    </Page>
  )
}
