import { addSource } from '../../../contract/devices.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { NumberField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { HostKeys } from './host-keys.tsx'

/** A new place to look: this machine, or another over SSH. */
export function NewSourcePage() {
  const t = useMessages().hosts
  return (
    <Page
      title={t.form.title}
      note={t.form.note}
      breadcrumbs={[
        { label: t.title, to: paths.hosts() },
        { label: t.source.title, to: paths.sources() },
      ]}
    >
      <SourceForm />
    </Page>
  )
}

function SourceForm() {
  const t = useMessages().hosts.form
  const form = useSourceForm()
  const isSsh = form.values.kind === 'ssh'
  return (
    <Form
      form={form}
      label={t.label}
      submit={t.save}
      permission="hosts.write"
      cancel={paths.sources()}
    >
      <TextField form={form} name="name" label={t.name} hint={t.nameHint} />
      <SelectField
        form={form}
        name="kind"
        label={t.kind}
        choices={(['local', 'ssh'] as const).map((value) => ({ value, label: t.kinds[value] }))}
      />
      {isSsh && (
        <>
          <div className="row">
            <TextField form={form} name="target.host" label={t.host} />
            <NumberField form={form} name="target.port" label={t.port} min={1} max={65_535} />
          </div>
          <TextField form={form} name="target.user" label={t.user} />
          <TextField
            form={form}
            name="target.identityFile"
            label={t.identity}
            hint={t.identityHint}
          />
          <TextField form={form} name="target.hostKey" label={t.hostKey} hint={t.hostKeyHint} />
          <HostKeys
            host={form.values['target.host']}
            port={form.values['target.port']}
            onKey={(key) => {
              form.set('target.hostKey', key)
            }}
          />
        </>
      )}
      <NumberField
        form={form}
        name="everyHours"
        label={t.every}
        min={1}
        max={168}
        unit={t.everyUnit}
      />
    </Form>
  )
}

const initial = {
  name: '',
  kind: 'local',
  'target.host': '',
  'target.port': 22,
  'target.user': 'arinomama',
  'target.identityFile': '/etc/arinomama/observer',
  'target.hostKey': '',
  everyHours: 24,
}

function useSourceForm() {
  const t = useMessages().hosts.form
  const go = useGo()
  const command = useCommand(addSource)
  return useForm(command, {
    initial,
    input: (values) => ({
      body: {
        name: values.name,
        everyHours: values.everyHours,
        target:
          values.kind === 'ssh'
            ? {
                kind: 'ssh' as const,
                host: values['target.host'],
                port: values['target.port'],
                user: values['target.user'],
                identityFile: values['target.identityFile'],
                hostKey: values['target.hostKey'],
              }
            : { kind: 'local' as const },
      },
    }),
    done: async ({ id }) => {
      notifySuccess(t.saved)
      await go(paths.source(id))
    },
  })
}
