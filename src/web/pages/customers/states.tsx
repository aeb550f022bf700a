import type { z } from 'zod'
import type {
  agreementState,
  contactShown,
  customerRow,
} from '../../../contract/customer-shapes.ts'
import { useMessages } from '../../messages/language.tsx'
import { Mark, type Sign } from '../../ui/mark.tsx'

type Contact = z.infer<typeof contactShown>
type Concern = z.infer<typeof customerRow>['concerns'][number]

function Badge({ sign, word }: { readonly sign: Sign & Tone; readonly word: string }) {
  return (
    <span className={`badge badge-sm tone-${sign}`}>
      <Mark sign={sign} />
      {word}
    </span>
  )
}

type Tone = 'met' | 'not-met' | 'not-proven' | 'not-applicable'

const agreementSigns = {
  draft: 'not-proven',
  active: 'met',
  suspended: 'not-met',
  superseded: 'not-applicable',
  declined: 'not-met',
  revoked: 'not-applicable',
  expired: 'not-met',
} as const

/** Where an agreement or a version of it stands, as shape, word and colour. */
export function AgreementState({ state }: { readonly state: z.infer<typeof agreementState> }) {
  const t = useMessages().customers.agreements.states
  return <Badge sign={agreementSigns[state]} word={t[state]} />
}

const contactSigns = {
  invited: 'not-proven',
  'on-roster': 'met',
  left: 'not-applicable',
} as const

export function ContactState({ state }: { readonly state: Contact['state'] }) {
  const t = useMessages().customers.contacts.states
  return <Badge sign={contactSigns[state]} word={t[state]} />
}

const keySigns = {
  waiting: 'not-proven',
  'half-confirmed': 'not-proven',
  'on-roster': 'met',
  revoked: 'not-applicable',
} as const

export function KeyState({ state }: { readonly state: Contact['keys'][number]['state'] }) {
  const t = useMessages().customers.contacts.keyStates
  return <Badge sign={keySigns[state]} word={t[state]} />
}

const coverageSigns = {
  understood: 'met',
  'not-acknowledged': 'not-proven',
  overdue: 'not-met',
  missing: 'not-met',
} as const

export function CoverageState({ state }: { readonly state: keyof typeof coverageSigns }) {
  const t = useMessages().customers.briefings.states
  return <Badge sign={coverageSigns[state]} word={t[state]} />
}

const severe: ReadonlySet<Concern> = new Set(['no-contact', 'agreement-expired', 'topic-missing'])

/** What needs looking after, each with its mark; nothing is said in so many words. */
export function Concerns({ concerns }: { readonly concerns: readonly Concern[] }) {
  const t = useMessages().customers
  if (concerns.length === 0) return <span className="faint">{t.noConcern}</span>
  return (
    <ul className="plain-list">
      {concerns.map((one) => (
        <li key={one}>
          <Badge sign={severe.has(one) ? 'not-met' : 'not-proven'} word={t.concerns[one]} />
        </li>
      ))}
    </ul>
  )
}
