import { useState } from 'react'
import { listControls } from '../../../contract/criteria.ts'
import { uploadEvidence } from '../../../contract/evidence.ts'
import { useCommand } from '../../api/use-command.ts'
import { useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { DayField, ManyField, TextField } from '../../ui/fields.tsx'
import type { ChosenFile } from '../../ui/file-drop.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'

type Search = {
  readonly control?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A document with the period that it shows and the controls that it is evidence for. */
export function UploadPage({ search }: { readonly search: Search }) {
  const t = useMessages().evidence
  return (
    <Page title={t.upload} note={t.note} breadcrumbs={[{ label: t.title, to: paths.evidence() }]}>
      <UploadForm search={search} />
    </Page>
  )
}

function UploadForm({ search }: { readonly search: Search }) {
  const t = useMessages().evidence.form
  const { today } = useSession()
  const text = useText()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [tried, setTried] = useState(false)
  const controls = useRead(listControls, {}).filter(({ state }) => state === 'adopted')
  const form = useUploadForm(search, file)
  const submit = () => {
    setTried(true)
    return form.submit()
  }
  return (
    <Form
      form={{ ...form, submit }}
      label={t.label}
      submit={t.submit}
      permission="evidence.write"
      cancel={paths.evidence()}
    >
      <FileDrop
        label={t.file}
        hint={t.fileHint}
        bytesMax={uploadEvidence.body.bytes}
        file={file}
        onFile={(chosen) => {
          setFile(chosen)
          if (chosen !== null && form.values.title === '') {
            form.set('title', chosen.name.replace(/\.[^.]+$/, ''))
          }
        }}
        error={tried && file === null ? t.fileMissing : null}
      />
      <TextField form={form} name="title" label={t.title} />
      <ManyField
        form={form}
        name="controls"
        label={t.controls}
        choices={controls.map(({ id, title }) => ({ value: id, label: `${id} ${text(title)}` }))}
      />
      <div className="row">
        <DayField form={form} name="from" label={t.from} hint={t.periodHint} max={today} />
        <DayField form={form} name="to" label={t.to} hint={t.periodHint} />
      </div>
    </Form>
  )
}

function useUploadForm(search: Search, file: ChosenFile | null) {
  const t = useMessages().evidence.form
  const { today } = useSession()
  const go = useGo()
  const known: readonly string[] = search.control === undefined ? [] : [search.control]
  const command = useCommand(uploadEvidence)
  return useForm(command, {
    initial: {
      title: '',
      controls: known,
      from: search.from ?? today,
      to: search.to ?? today,
    },
    input: (values) => ({
      query: {
        title: values.title,
        fileName: file?.name ?? '',
        controls: values.controls.join(','),
        from: values.from,
        to: values.to,
      },
      body: file?.bytes ?? new Uint8Array(),
    }),
    done: async ({ id }) => {
      notifySuccess(t.done)
      await go(paths.evidenceItem(id))
    },
  })
}
