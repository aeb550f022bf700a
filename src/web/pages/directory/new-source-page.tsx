import { addDirectorySource } from '../../../contract/directory.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { LongTextField, NumberField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'

/** A new place where accounts are read. */
export function NewSourcePage() {
  const t = useMessages().directory
  return (
    <Page
      title={t.form.title}
      note={t.form.note}
      breadcrumbs={[{ label: t.title, to: paths.directory() }]}
    >
      <SourceForm />
    </Page>
  )
}

function SourceForm() {
  const t = useMessages().directory.form
  const form = useSourceForm()
  const isDomain = form.values.kind === 'active-directory'
  return (
    <Form
      form={form}
      label={t.label}
      submit={t.save}
      permission="directory.write"
      cancel={paths.directory({ tab: 'sources' })}
    >
      <TextField form={form} name="name" label={t.name} hint={t.nameHint} />
      <SelectField
        form={form}
        name="kind"
        label={t.kind}
        choices={(['active-directory', 'list'] as const).map((value) => ({
          value,
          label: t.kinds[value],
        }))}
      />
      {isDomain && <DomainFields form={form} />}
    </Form>
  )
}

function DomainFields({ form }: { readonly form: ReturnType<typeof useSourceForm> }) {
  const t = useMessages().directory.form
  return (
    <>
      <div className="row">
        <TextField form={form} name="target.host" label={t.host} hint={t.hostHint} />
        <NumberField form={form} name="target.port" label={t.port} min={1} max={65_535} />
      </div>
      <SelectField
        form={form}
        name="target.encryption"
        label={t.encryption}
        choices={(['ldaps', 'start-tls'] as const).map((value) => ({
          value,
          label: t.encryptions[value],
        }))}
      />
      <TextField
        form={form}
        name="target.baseDn"
        label={t.base}
        placeholder="DC=corp,DC=example,DC=jp"
      />
      <TextField form={form} name="target.bindName" label={t.bindName} hint={t.bindHint} />
      <TextField
        form={form}
        name="target.password"
        type="password"
        autoComplete="new-password"
        label={t.password}
        hint={t.passwordHint}
      />
      <LongTextField
        form={form}
        name="target.authority"
        label={t.authority}
        hint={t.authorityHint}
        optional
      />
      <TextField
        form={form}
        name="target.serverName"
        label={t.serverName}
        hint={t.serverNameHint}
        optional
      />
      <NumberField
        form={form}
        name="everyHours"
        label={t.every}
        min={1}
        max={168}
        unit={t.everyUnit}
      />
    </>
  )
}

const initial = {
  name: '',
  kind: 'active-directory',
  'target.host': '',
  'target.port': 636,
  'target.encryption': 'ldaps',
  'target.baseDn': '',
  'target.bindName': '',
  'target.password': '',
  'target.authority': '',
  'target.serverName': '',
  everyHours: 1,
}

function useSourceForm() {
  const t = useMessages().directory.form
  const go = useGo()
  const command = useCommand(addDirectorySource)
  return useForm(command, {
    initial,
    input: (values) => ({
      body: {
        name: values.name,
        everyHours: values.everyHours,
        target:
          values.kind === 'list'
            ? { kind: 'list' as const }
            : {
                kind: 'active-directory' as const,
                host: values['target.host'],
                port: values['target.port'],
                encryption:
                  values['target.encryption'] === 'ldaps'
                    ? ('ldaps' as const)
                    : ('start-tls' as const),
                baseDn: values['target.baseDn'],
                bindName: values['target.bindName'],
                password: values['target.password'],
                authority: orNull(values['target.authority']),
                serverName: orNull(values['target.serverName']),
              },
      },
    }),
    done: async ({ id }) => {
      notifySuccess(t.saved)
      await go(paths.directorySource(id))
    },
  })
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text
}
