import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { PolicyForm } from './policy-form.tsx'

/** A policy of the organisation's own. */
export function NewPolicyPage() {
  const t = useMessages().policies
  return (
    <Page
      title={t.form.newTitle}
      note={t.note}
      breadcrumbs={[{ label: t.title, to: paths.policies() }]}
    >
      <PolicyForm
        policy={null}
        initial={{
          title: { ja: '', en: '' },
          text: { ja: '', en: '' },
          reviewMonths: 12,
          ownerRole: 'security-lead',
          audience: 'everyone',
          change: '',
          after: 0,
        }}
        cancel={paths.policies()}
      />
    </Page>
  )
}
