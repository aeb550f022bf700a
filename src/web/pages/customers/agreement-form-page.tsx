import { useSuspenseQuery } from '@tanstack/react-query'
import { draftAgreement, getAgreement } from '../../../contract/agreements.ts'
import { getCustomer } from '../../../contract/customers.ts'
import { agreementDocument, triggerKinds } from '../../../domain/customers/documents.ts'
import { readQuery } from '../../api/queries.ts'
import { useSession } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import {
  DayField,
  LongTextField,
  ManyField,
  NumberField,
  SelectField,
  TextField,
} from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { MarkdownField } from '../../ui/markdown-field.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Agreement } from './agreement-page.tsx'
import { useCustomerCrumbs } from './crumbs.ts'
import type { Customer } from './customer-page.tsx'
import { faultyLine, parameterLines, parametersIn } from './lines.ts'

const kinds = ['normal', 'destructive'] as const

export function NewAgreementPage({ params }: { readonly params: { readonly customer: string } }) {
  const t = useMessages().customers
  const customer = useRead(getCustomer, { params })
  return (
    <Page
      title={t.form.newAgreement}
      note={t.agreements.note}
      breadcrumbs={useCustomerCrumbs(customer, 'agreements')}
    >
      <AgreementForm customer={customer} agreement={null} />
    </Page>
  )
}

/** A new version of an agreement: what stands goes on until the customer has signed it. */
export function EditAgreementPage({ params }: { readonly params: { readonly agreement: string } }) {
  const text = useText()
  const agreement = useRead(getAgreement, { params })
  const { customer: id } = agreement
  const { data: customer } = useSuspenseQuery(
    readQuery(getCustomer, { params: { customer: id } }, null),
  )
  return (
    <Page title={text(agreement.title)} breadcrumbs={useCustomerCrumbs(customer, 'agreements')}>
      <AgreementForm customer={customer} agreement={agreement} />
    </Page>
  )
}

type FormProps = { readonly customer: Customer; readonly agreement: Agreement | null }

function AgreementForm({ customer, agreement }: FormProps) {
  const all = useMessages().customers
  const t = all.form
  const text = useText()
  const form = useAgreementForm(customer.id, agreement)
  const systems = customer.systems.filter(({ state }) => state === 'active')
  const chosen = form.values['document.systems']
  const hosts = systems.filter(({ id }) => chosen.includes(id)).flatMap((system) => system.hosts)
  return (
    <Form
      form={form}
      label={t.agreement}
      submit={t.layBefore}
      permission="customers.write"
      cancel={paths.customer(customer.id, { tab: 'agreements' })}
    >
      <TextField form={form} name="document.title.ja" label={t.titleJa} lang="ja" />
      <TextField form={form} name="document.title.en" label={t.titleEn} lang="en" />
      <ManyField
        form={form}
        name="document.systems"
        label={t.scopeSystems}
        choices={systems.map(({ id, name }) => ({ value: id, label: `${text(name)} (${id})` }))}
      />
      <ManyField
        form={form}
        name="document.hosts"
        label={t.scopeHosts}
        choices={hosts.map(({ id, environment }) => ({
          value: id,
          label: `${id} — ${environment}`,
        }))}
      />
      <SelectField
        form={form}
        name="document.risk"
        label={t.risk}
        choices={kinds.map((value) => ({ value, label: all.contacts.risks[value] }))}
      />
      <MarkdownField form={form} name="runbook" label={t.runbook} hint={t.runbookHint} rows={12} />
      <LongTextField
        form={form}
        name="document.parameters"
        label={t.parameters}
        hint={t.parametersHint}
        rows={2}
        optional
      />
      <Occasion form={form} />
    </Form>
  )
}

function Occasion({ form }: { readonly form: ReturnType<typeof useAgreementForm> }) {
  const all = useMessages().customers
  const t = all.form
  return (
    <>
      <div className="row">
        <SelectField
          form={form}
          name="document.trigger.kind"
          label={t.triggerKind}
          choices={triggerKinds.map((value) => ({
            value,
            label: all.agreements.triggers[value],
          }))}
        />
        <TextField
          form={form}
          name="document.trigger.source"
          label={t.triggerSource}
          hint={t.triggerSourceHint}
        />
      </div>
      <div className="row">
        <NumberField form={form} name="document.runLimit.runs" label={t.runs} min={1} max={1_000} />
        <NumberField
          form={form}
          name="document.runLimit.days"
          label={t.runDays}
          min={1}
          max={366}
          unit={t.days}
        />
        <DayField form={form} name="document.expires" label={t.expires} hint={t.expiresHint} />
      </div>
    </>
  )
}

function useAgreementForm(customer: string, agreement: Agreement | null) {
  const t = useMessages().customers.form
  const go = useGo()
  const command = useCommand(draftAgreement)
  const initial = useInitial(agreement)
  const form = useForm(command, {
    initial,
    input: (values) => ({
      params: { customer },
      body: {
        ...(agreement === null ? {} : { agreement: agreement.id }),
        version: agreement?.newest ?? 0,
        runbook: values.runbook,
        document: {
          title: { ja: values['document.title.ja'], en: values['document.title.en'] },
          systems: values['document.systems'].slice(),
          hosts: values['document.hosts'].slice(),
          risk: kinds.find((one) => one === values['document.risk']) ?? 'normal',
          parameters: parametersIn(values['document.parameters']),
          trigger: {
            kind: triggerKinds.find((one) => one === values['document.trigger.kind']) ?? 'monitor',
            source: values['document.trigger.source'],
          },
          runLimit: {
            runs: values['document.runLimit.runs'],
            days: values['document.runLimit.days'],
          },
          expires: values['document.expires'],
        },
      },
    }),
    done: async ({ id }) => {
      notifySuccess(t.laid)
      await go(paths.agreement(id))
    },
  })
  const line = faultyLine(
    agreementDocument.shape.parameters.element,
    parametersIn(form.values['document.parameters']),
  )
  const error = (name: string) => {
    const fault = form.error(name)
    const isLine = name === 'document.parameters' && line !== null
    return fault !== null && isLine ? t.line(line.toString()) : fault
  }
  return { ...form, error }
}

function useInitial(agreement: Agreement | null) {
  const { today } = useSession()
  const [newest] = agreement?.versions ?? []
  const systems: readonly string[] = newest?.systems ?? []
  const hosts: readonly string[] = newest?.hosts ?? []
  return {
    'document.title.ja': newest?.title.ja ?? '',
    'document.title.en': newest?.title.en ?? '',
    'document.systems': systems,
    'document.hosts': hosts,
    'document.risk': newest?.risk ?? 'normal',
    runbook: newest?.runbook ?? '',
    'document.parameters': parameterLines(newest?.parameters ?? []),
    'document.trigger.kind': newest?.trigger.kind ?? 'monitor',
    'document.trigger.source': newest?.trigger.source ?? '',
    'document.runLimit.runs': newest?.runLimit.runs ?? 10,
    'document.runLimit.days': newest?.runLimit.days ?? 30,
    'document.expires': elevenMonthsAfter(today),
  }
}

function elevenMonthsAfter(day: string): string {
  const end = new Date(`${day.slice(0, 8)}01T00:00:00Z`)
  end.setUTCMonth(end.getUTCMonth() + 11)
  return end.toISOString().slice(0, 10)
}
