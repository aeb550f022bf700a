import { getCustomer, inviteContact } from '../../../contract/customers.ts'
import { language as languageSchema } from '../../../contract/shared.ts'
import { risks } from '../../../domain/customers/words.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useLanguage, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { CardsField, ManyField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useCustomerCrumbs } from './crumbs.ts'
import type { Customer } from './customer-page.tsx'

/** Asks a person of the customer in; what the person may approve is countersigned with the key. */
export function InviteContactPage({ params }: { readonly params: { readonly customer: string } }) {
  const t = useMessages().customers
  const customer = useRead(getCustomer, { params })
  const breadcrumbs = useCustomerCrumbs(customer)
  return (
    <Page title={t.contacts.invite} note={t.form.inviteNote} breadcrumbs={breadcrumbs}>
      <InviteForm customer={customer} />
    </Page>
  )
}

function InviteForm({ customer }: { readonly customer: Customer }) {
  const all = useMessages()
  const t = all.customers
  const text = useText()
  const form = useInviteForm(customer.id)
  const systems = customer.systems
    .filter(({ state }) => state === 'active')
    .map(({ id, name }) => ({ value: id, label: `${text(name)} (${id})` }))
  return (
    <Form
      form={form}
      label={t.contacts.invite}
      submit={t.form.invite}
      permission="customers.write"
      cancel={paths.customer(customer.id)}
    >
      <TextField form={form} name="name" label={t.form.name} />
      <TextField form={form} name="email" type="email" label={t.form.email} />
      <SelectField
        form={form}
        name="language"
        label={t.form.language}
        choices={languageSchema.options.map((value) => ({ value, label: all.ui.language[value] }))}
      />
      <CardsField
        form={form}
        name="entitlement.risks"
        label={t.form.risks}
        choices={risks.map((value) => ({
          value,
          label: t.contacts.risks[value],
          text: t.form.riskTexts[value],
        }))}
      />
      <ManyField
        form={form}
        name="entitlement.systems"
        label={t.form.systems}
        hint={t.form.systemsHint}
        optional
        choices={systems}
      />
    </Form>
  )
}

function useInviteForm(customer: string) {
  const t = useMessages().customers
  const go = useGo()
  const spoken = useLanguage().language
  const command = useCommand(inviteContact)
  const ordinary: readonly string[] = ['normal', 'emergency-review']
  const none: readonly string[] = []
  return useForm(command, {
    initial: {
      name: '',
      email: '',
      language: spoken,
      'entitlement.risks': ordinary,
      'entitlement.systems': none,
    },
    input: (values) => {
      const systems = values['entitlement.systems']
      return {
        params: { customer },
        body: {
          name: values.name,
          email: values.email,
          language: languageSchema.parse(values.language),
          entitlement: {
            systems: systems.length === 0 ? ('all' as const) : systems.slice(),
            risks: risks.filter((one) => values['entitlement.risks'].includes(one)),
          },
        },
      }
    },
    done: async () => {
      notifySuccess(t.contacts.sent)
      await go(paths.customer(customer))
    },
  })
}
