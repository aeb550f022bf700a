import { registerService } from '../../../contract/services.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { blank, saidOf, ServiceForm } from './claims-form.tsx'

/** A service for the register. */
export function NewServicePage() {
  const t = useMessages().services
  const go = useGo()
  const command = useCommand(registerService)
  const form = useForm(command, {
    initial: blank,
    input: (values) => ({ body: saidOf(values) }),
    done: async ({ id }) => {
      notifySuccess(t.saved)
      await go(paths.service(id))
    },
  })
  return (
    <Page
      title={t.add}
      note={t.empty.text}
      breadcrumbs={[{ label: t.title, to: paths.services() }]}
    >
      <ServiceForm form={form} submit={t.add} cancel={paths.services()} />
    </Page>
  )
}
