import { useState } from 'react'
import { getCustomer, holdBriefing, keepMaterial } from '../../../contract/customers.ts'
import { listPeople } from '../../../contract/people.ts'
import { topics } from '../../../domain/customers/words.ts'
import { useQuery } from '@tanstack/react-query'
import { readQuery } from '../../api/queries.ts'
import { useSession } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { DayField, LongTextField, ManyField, NumberField, TextField } from '../../ui/fields.tsx'
import type { ChosenFile } from '../../ui/file-drop.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useCustomerCrumbs } from './crumbs.ts'
import type { Customer } from './customer-page.tsx'

type Material = { readonly fileName: string; readonly sha256: string; readonly size: number }

/** A session that was held; the customer's contacts are asked to confirm it. */
export function BriefingPage({ params }: { readonly params: { readonly customer: string } }) {
  const t = useMessages().customers
  const customer = useRead(getCustomer, { params })
  const breadcrumbs = useCustomerCrumbs(customer, 'briefings')
  return (
    <Page title={t.briefings.add} note={t.briefings.note} breadcrumbs={breadcrumbs}>
      <BriefingForm customer={customer} />
    </Page>
  )
}

function BriefingForm({ customer }: { readonly customer: Customer }) {
  const t = useMessages().customers
  const { today } = useSession()
  const [materials, setMaterials] = useState<readonly Material[]>([])
  const form = useBriefingForm(customer.id, materials)
  const { data } = useQuery(readQuery(listPeople, { query: { state: 'active' } }, null))
  const ours = (data?.people ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }))
  const theirs = customer.contacts
    .filter(({ state }) => state !== 'left')
    .map(({ person: { id, name } }) => ({ value: id, label: name ?? id }))
  return (
    <Form
      form={form}
      label={t.briefings.add}
      submit={t.form.recordBriefing}
      permission="customers.write"
      cancel={paths.customer(customer.id, { tab: 'briefings' })}
    >
      <TextField form={form} name="title" label={t.form.title} />
      <ManyField
        form={form}
        name="topics"
        label={t.form.topics}
        choices={topics.map((value) => ({ value, label: t.briefings.topics[value] }))}
      />
      <div className="row">
        <DayField form={form} name="heldOn" label={t.form.heldOn} max={today} />
        <DayField form={form} name="renewBy" label={t.form.renewBy} min={today} />
      </div>
      <ManyField form={form} name="ours" label={t.form.ours} choices={ours} />
      <ManyField form={form} name="theirs" label={t.form.theirs} choices={theirs} optional />
      <NumberField
        form={form}
        name="others"
        label={t.form.others}
        min={0}
        max={1_000}
        unit={t.form.people}
      />
      <LongTextField form={form} name="summary" label={t.form.summary} rows={6} />
      <Materials customer={customer.id} materials={materials} onKept={setMaterials} />
    </Form>
  )
}

/** Files are kept at once, each by its bytes; the session names them. */
function Materials(props: {
  readonly customer: string
  readonly materials: readonly Material[]
  readonly onKept: (materials: readonly Material[]) => void
}) {
  const { customer, materials, onKept } = props
  const t = useMessages().customers.form
  const command = useCommand(keepMaterial)
  const keep = async (file: ChosenFile | null) => {
    if (file === null) return
    const input = { params: { customer }, query: { fileName: file.name }, body: file.bytes }
    const kept = await command.run(input)
    if (kept !== null) onKept([...materials, kept])
  }
  return (
    <>
      <FileDrop
        label={t.material}
        hint={t.materialHint}
        bytesMax={keepMaterial.body.bytes}
        file={null}
        onFile={(file) => void keep(file)}
      />
      <ProblemNote problem={command.problem} />
      <ul className="plain-list">
        {materials.map(({ sha256, fileName }) => (
          <li key={sha256}>{fileName}</li>
        ))}
      </ul>
    </>
  )
}

function useBriefingForm(customer: string, materials: readonly Material[]) {
  const t = useMessages().customers.form
  const { today, person } = useSession()
  const go = useGo()
  const command = useCommand(holdBriefing)
  const me: readonly string[] = person === null ? [] : [person.id]
  const none: readonly string[] = []
  return useForm(command, {
    initial: {
      title: '',
      topics: none,
      heldOn: today,
      renewBy: yearAfter(today),
      ours: me,
      theirs: none,
      others: 0,
      summary: '',
    },
    input: (values) => ({
      params: { customer },
      body: {
        title: values.title,
        topics: topics.filter((one) => values.topics.includes(one)),
        summary: values.summary,
        materials: materials.map((one) => ({ ...one })),
        heldOn: values.heldOn,
        renewBy: values.renewBy,
        ours: values.ours.slice(),
        theirs: values.theirs.slice(),
        others: values.others,
      },
    }),
    done: async () => {
      notifySuccess(t.briefingRecorded)
      await go(paths.customer(customer, { tab: 'briefings' }))
    },
  })
}

function yearAfter(day: string): string {
  const end = new Date(`${day}T00:00:00Z`)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  return end.toISOString().slice(0, 10)
}
