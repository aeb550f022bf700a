import { addControl } from '../../../contract/criteria.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo, useSearchRecord } from '../../routing/use-search.ts'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { bodyOf, ControlFields } from './control-form.tsx'

/** A control of the organisation's own. */
export function NewControlPage() {
  const t = useMessages().controls
  const go = useGo()
  const { criterion } = useSearchRecord()
  const command = useCommand(addControl)
  const form = useForm(command, {
    initial: {
      id: '',
      'title.ja': '',
      'title.en': '',
      'statement.ja': '',
      'statement.en': '',
      'proof.ja': '',
      'proof.en': '',
      ownerRole: 'security-lead',
      cadence: 'annual',
      criteria: criterion === undefined ? [] : [criterion],
      checks: [],
      evidence: true,
    },
    input: (values) => ({ body: { ...bodyOf(values), id: values.id.trim() } }),
    done: (_, values) => {
      notifySuccess(t.form.added(values.id.trim()))
      return go(paths.control(values.id.trim()))
    },
  })
  return (
    <Page
      title={t.form.newTitle}
      note={t.form.newNote}
      breadcrumbs={[{ label: t.title, to: paths.controls() }]}
    >
      <div className="sheet form-sheet">
        <Form
          form={form}
          label={t.form.newTitle}
          submit={t.form.saveNew}
          permission="controls.write"
          cancel={paths.controls()}
        >
          <TextField form={form} name="id" label={t.form.id} hint={t.form.idHint} />
          <ControlFields form={form} />
        </Form>
      </div>
    </Page>
  )
}
