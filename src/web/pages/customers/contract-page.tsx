import { useState } from 'react'
import { getCustomer, registerContract } from '../../../contract/customers.ts'
import { useSession } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { DayField, TextField } from '../../ui/fields.tsx'
import type { ChosenFile } from '../../ui/file-drop.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useCustomerCrumbs } from './crumbs.ts'

/** The signed contract, in which the fingerprint of the first key stands. */
export function ContractPage({ params }: { readonly params: { readonly customer: string } }) {
  const t = useMessages().customers
  const customer = useRead(getCustomer, { params })
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [tried, setTried] = useState(false)
  const form = useContractForm(customer.id, file)
  const submit = () => {
    setTried(true)
    return file === null ? Promise.resolve(false) : form.submit()
  }
  const breadcrumbs = useCustomerCrumbs(customer, 'contracts')
  return (
    <Page title={t.contracts.add} breadcrumbs={breadcrumbs}>
      <Form
        form={{ ...form, submit }}
        label={t.contracts.add}
        submit={t.form.registerContract}
        permission="customers.write"
        cancel={paths.customer(customer.id, { tab: 'contracts' })}
      >
        <FileDrop
          label={t.form.contract}
          hint={t.form.contractHint}
          bytesMax={registerContract.body.bytes}
          file={file}
          onFile={setFile}
          error={tried && file === null ? t.form.fileMissing : null}
        />
        <TextField form={form} name="title" label={t.form.title} />
        <div className="row">
          <DayField form={form} name="signedOn" label={t.form.signedOn} />
          <DayField
            form={form}
            name="until"
            label={t.form.until}
            hint={t.form.untilHint}
            optional
          />
        </div>
      </Form>
    </Page>
  )
}

function useContractForm(customer: string, file: ChosenFile | null) {
  const t = useMessages().customers.form
  const { today } = useSession()
  const go = useGo()
  const command = useCommand(registerContract)
  return useForm(command, {
    initial: { title: '', signedOn: today, until: '' },
    input: ({ title, signedOn, until }) => ({
      params: { customer },
      query: {
        title,
        signedOn,
        ...(until === '' ? {} : { until }),
        fileName: file?.name ?? 'contract',
      },
      body: file?.bytes ?? new Uint8Array(),
    }),
    done: async () => {
      notifySuccess(t.contractRegistered)
      await go(paths.customer(customer, { tab: 'contracts' }))
    },
  })
}
