import { useMessages } from '../../messages/language.tsx'
import { Mark } from '../../ui/mark.tsx'

export type EvidenceStateName = 'awaiting-inspection' | 'accepted' | 'rejected'

const signs = {
  'awaiting-inspection': 'not-proven',
  accepted: 'met',
  rejected: 'not-met',
} as const

/** Whether a document counts, as shape, word and colour. */
export function EvidenceState({ state }: { readonly state: EvidenceStateName }) {
  const t = useMessages().evidence.states
  return (
    <span className={`badge badge-sm tone-${signs[state]}`}>
      <Mark sign={signs[state]} />
      {t[state]}
    </span>
  )
}
