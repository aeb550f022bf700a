import { changeService, getService } from '../../../contract/services.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../routing/use-search.ts'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { useForm } from '../../ui/use-form.ts'
import { filled, saidOf, ServiceForm } from './claims-form.tsx'

/** What holds for a service, said anew. */
export function EditServicePage({ params }: { readonly params: { readonly service: string } }) {
  const t = useMessages().services
  const go = useGo()
  const service = useRead(getService, { params })
  const command = useCommand(changeService)
  const form = useForm(command, {
    initial: filled(service.details),
    input: (values) => ({ params, body: saidOf(values) }),
    done: async () => {
      notifySuccess(t.saved)
      await go(paths.service(params.service))
    },
  })
  return (
    <Page
      title={service.name}
      breadcrumbs={[
        { label: t.title, to: paths.services() },
        { label: service.name, to: paths.service(service.id) },
      ]}
    >
      <ServiceForm form={form} submit={t.save} cancel={paths.service(service.id)} />
    </Page>
  )
}
