import { registerCustomer } from '../../../contract/customers.ts'
import { useSession } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { DayField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'

/** A new customer under a code that never changes. */
export function RegisterPage() {
  const all = useMessages().customers
  const t = all.form
  const { today } = useSession()
  const go = useGo()
  const command = useCommand(registerCustomer)
  const form = useForm(command, {
    initial: { customer: '', 'name.ja': '', 'name.en': '', since: today },
    input: (values) => ({
      body: {
        customer: values.customer,
        name: { ja: values['name.ja'], en: values['name.en'] },
        since: values.since,
      },
    }),
    done: async (_, { customer }) => {
      notifySuccess(t.registered)
      await go(paths.customer(customer))
    },
  })
  return (
    <Page title={all.register} breadcrumbs={[{ label: all.title, to: paths.customers() }]}>
      <Form
        form={form}
        label={all.register}
        submit={t.register}
        permission="customers.write"
        cancel={paths.customers()}
      >
        <TextField
          form={form}
          name="customer"
          label={t.code}
          hint={t.codeHint}
          placeholder="acme"
        />
        <TextField form={form} name="name.ja" label={t.nameJa} lang="ja" />
        <TextField form={form} name="name.en" label={t.nameEn} lang="en" />
        <DayField form={form} name="since" label={t.since} />
      </Form>
    </Page>
  )
}
