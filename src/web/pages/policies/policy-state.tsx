import { useMessages } from '../../messages/language.tsx'
import { Mark } from '../../ui/mark.tsx'

export type PolicyStateName = 'draft' | 'approved' | 'approved-with-draft' | 'withdrawn'

const signs = {
  draft: 'not-proven',
  approved: 'met',
  'approved-with-draft': 'met',
  withdrawn: 'not-applicable',
} as const

/** Whether a policy is in force, as shape, word and colour. */
export function PolicyState({ state }: { readonly state: PolicyStateName }) {
  const t = useMessages().policies.states
  return (
    <span className={`badge badge-sm tone-${signs[state]}`}>
      <Mark sign={signs[state]} />
      {t[state]}
    </span>
  )
}
