import { describeSystem, getCustomer } from '../../../contract/customers.ts'
import { systemDocument } from '../../../domain/customers/documents.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { LongTextField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { NotFound } from '../../ui/route-fault.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useCustomerCrumbs } from './crumbs.ts'
import type { Customer } from './customer-page.tsx'
import { accountsIn, environmentsIn, faultyLine, hostsIn } from './lines.ts'

type System = Customer['systems'][number]
type Params = { readonly customer: string }

export function NewSystemPage({ params }: { readonly params: Params }) {
  const t = useMessages().customers.form
  const customer = useRead(getCustomer, { params })
  return (
    <Page title={t.newSystem} breadcrumbs={useCustomerCrumbs(customer, 'systems')}>
      <SystemForm customer={customer} system={null} />
    </Page>
  )
}

export function SystemPage({ params }: { readonly params: Params & { readonly system: string } }) {
  const text = useText()
  const customer = useRead(getCustomer, { params: { customer: params.customer } })
  const breadcrumbs = useCustomerCrumbs(customer, 'systems')
  const system = customer.systems.find(({ id }) => id === params.system)
  if (system === undefined) return <NotFound />
  return (
    <Page title={text(system.name)} id={system.id} breadcrumbs={breadcrumbs}>
      <SystemForm customer={customer} system={system} />
    </Page>
  )
}

type FormProps = { readonly customer: Customer; readonly system: System | null }

/** Every saving is a new version of the whole; the old one stays in the ledger. */
function SystemForm({ customer, system }: FormProps) {
  const t = useMessages().customers.form
  const form = useSystemForm(customer.id, system)
  return (
    <Form
      form={form}
      label={t.system}
      submit={t.saveSystem}
      permission="customers.write"
      cancel={paths.customer(customer.id, { tab: 'systems' })}
    >
      {system === null && (
        <TextField
          form={form}
          name="code"
          label={t.systemCode}
          hint={t.codeHint}
          placeholder="billing"
        />
      )}
      <TextField form={form} name="document.name.ja" label={t.nameJa} lang="ja" />
      <TextField form={form} name="document.name.en" label={t.nameEn} lang="en" />
      <LongTextField
        form={form}
        name="document.environments"
        label={t.environments}
        hint={t.environmentsHint}
        rows={2}
      />
      <LongTextField
        form={form}
        name="document.hosts"
        label={t.hosts}
        hint={t.hostsHint}
        rows={6}
        optional
      />
      <LongTextField
        form={form}
        name="document.accounts"
        label={t.accounts}
        hint={t.accountsHint}
        rows={2}
        optional
      />
    </Form>
  )
}

function useSystemForm(customer: string, system: System | null) {
  const t = useMessages().customers.form
  const go = useGo()
  const command = useCommand(describeSystem)
  const form = useForm(command, {
    initial: {
      code: '',
      'document.name.ja': system?.name.ja ?? '',
      'document.name.en': system?.name.en ?? '',
      'document.environments': environmentLines(system),
      'document.hosts': hostLines(system),
      'document.accounts': accountLines(system),
    },
    input: (values) => ({
      params: { customer, system: system?.id ?? `${values.code}.${customer}` },
      body: {
        version: system?.version ?? 0,
        document: {
          name: { ja: values['document.name.ja'], en: values['document.name.en'] },
          environments: environmentsIn(values['document.environments']),
          hosts: hostsIn(values['document.hosts']),
          accounts: accountsIn(values['document.accounts']),
        },
      },
    }),
    done: async () => {
      notifySuccess(t.systemSaved)
      await go(paths.customer(customer, { tab: 'systems' }))
    },
  })
  const { environments, hosts, accounts } = systemDocument.shape
  const { values } = form
  const lines: Readonly<Record<string, number | null>> = {
    'document.environments': faultyLine(
      environments.element,
      environmentsIn(values['document.environments']),
    ),
    'document.hosts': faultyLine(hosts.element, hostsIn(values['document.hosts'])),
    'document.accounts': faultyLine(accounts.element, accountsIn(values['document.accounts'])),
  }
  const error = (name: string) => {
    const fault = form.error(name)
    const line = lines[name] ?? null
    return fault === null || line === null ? fault : t.line(line.toString())
  }
  return { ...form, error }
}

function environmentLines(system: System | null): string {
  if (system === null) return 'prod production'
  return system.environments
    .map(({ code, production }) => `${code} ${production ? 'production' : 'other'}`)
    .join('\n')
}

function hostLines(system: System | null): string {
  return (system?.hosts ?? [])
    .map((host) =>
      [
        host.id.split('.')[0],
        host.environment,
        host.address,
        host.port,
        host.principals.join(','),
        host.hostKey ?? '',
      ].join(' '),
    )
    .join('\n')
}

function accountLines(system: System | null): string {
  return (system?.accounts ?? [])
    .map(({ number, environment, roles }) => `${number} ${environment} ${roles.join(',')}`)
    .join('\n')
}
