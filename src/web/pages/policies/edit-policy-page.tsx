import { getPolicy } from '../../../contract/people.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { PolicyForm } from './policy-form.tsx'

/** The next version, beginning from the newest one. */
export function EditPolicyPage({ params }: { readonly params: { readonly policy: string } }) {
  const t = useMessages().policies
  const text = useText()
  const policy = useRead(getPolicy, { params })
  const [newest] = policy.versions
  return (
    <Page
      title={t.form.editTitle}
      note={text(policy.title)}
      breadcrumbs={[
        { label: t.title, to: paths.policies() },
        { label: text(policy.title), to: paths.policy(policy.id) },
      ]}
    >
      <PolicyForm
        key={newest?.version ?? 0}
        policy={policy.id}
        initial={{
          title: policy.title,
          text: newest?.text ?? { ja: '', en: '' },
          reviewMonths: policy.reviewMonths,
          ownerRole: policy.ownerRole,
          audience: policy.audience,
          change: '',
          after: newest?.version ?? 0,
        }}
        cancel={paths.policy(policy.id)}
      />
    </Page>
  )
}
