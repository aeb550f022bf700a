import type { Decider } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { ContactKey, CustomersEvent, EventOf } from './events.ts'
import type { Roster } from './roster.ts'
import type { Entitlement } from './words.ts'

export type Contact = {
  readonly person: string
  readonly invitedBy: string
  readonly entitlement: Entitlement
  readonly state: 'present' | 'left'
}

type Terms = Pick<
  EventOf<'agreement-drafted'>,
  'version' | 'document' | 'systems' | 'risk' | 'runLimit' | 'expires'
>

/** A version that the customer signed. From `resignBy` on it is void unless signed again. */
export type InForce = Terms & {
  readonly state: 'active' | 'suspended'
  readonly signedBy: string
  readonly signedAt: string
  readonly resignBy: string | null
}

export type Agreement = {
  readonly agreement: string
  /** Number of the newest version, whatever became of it. */
  readonly newest: number
  readonly draft: (Terms & { readonly by: string }) | null
  readonly inForce: InForce | null
  readonly revoked: boolean
}

type Link = {
  readonly person: string
  readonly sentAt: string
  readonly expiresAt: string
  readonly used: boolean
}

export type Customer =
  | { readonly state: 'absent' }
  | {
      readonly state: 'active' | 'ended'
      readonly customer: string
      readonly version: number
      readonly systems: ReadonlyMap<
        string,
        { readonly version: number; readonly state: 'active' | 'retired' }
      >
      readonly contracts: ReadonlySet<string>
      readonly contacts: ReadonlyMap<string, Contact>
      readonly roster: Roster
      /** When the roster became empty again; null while it has not. */
      readonly emptySince: string | null
      readonly links: ReadonlyMap<string, Link>
      readonly agreements: ReadonlyMap<string, Agreement>
      readonly briefings: ReadonlyMap<
        string,
        { readonly document: string; readonly acknowledgedBy: readonly string[] }
      >
    }
/** A customer that is there. */
export type Present = Exclude<Customer, { state: 'absent' }>

type Of = { readonly customer: string }
type Signed = { readonly signature: Signature }
type OfContact = Of & { readonly person: string }
type OfAgreement = Of & { readonly agreement: string }

export type CustomersCommand =
  | (Of & { readonly type: 'describe'; readonly version: number; readonly document: string })
  | (Of & { readonly type: 'end'; readonly reason: string })
  | (Of & {
      readonly type: 'describe-system'
      readonly system: string
      readonly version: number
      readonly document: string
    })
  | (Of & { readonly type: 'retire-system'; readonly system: string; readonly reason: string })
  | ({ readonly type: 'register-contract' } & Omit<EventOf<'contract-registered'>, 'type'>)
  | (OfContact & { readonly type: 'invite-contact'; readonly entitlement: Entitlement })
  | (OfContact &
      Signed & {
        readonly type: 'confirm-contract-key'
        readonly key: ContactKey
        readonly entitlement: Entitlement
        readonly contract: string
      })
  | (OfContact &
      Signed & {
        readonly type: 'countersign-contact'
        readonly key: ContactKey
        readonly entitlement: Entitlement
      })
  | (OfContact & Signed & { readonly type: 'entitle-contact'; readonly entitlement: Entitlement })
  | (OfContact & { readonly type: 'revoke-contact-key'; readonly credentialId: string })
  | (OfContact & {
      readonly type: 'remove-contact'
      readonly why: EventOf<'contact-left'>['why']
      readonly today: string
    })
  | (OfContact & { readonly type: 'send-link'; readonly link: string; readonly expiresAt: string })
  | (Of & { readonly type: 'use-link'; readonly link: string })
  | ({ readonly type: 'draft-agreement'; readonly today: string } & Omit<
      EventOf<'agreement-drafted'>,
      'type'
    >)
  | (OfAgreement &
      Signed & {
        readonly type: 'sign-agreement'
        readonly version: number
        readonly document: string
        readonly today: string
      })
  | (OfAgreement &
      Signed & {
        readonly type: 'decline-agreement'
        readonly version: number
        readonly document: string
        readonly reason: string
      })
  | (OfAgreement & {
      readonly type: 'suspend-agreement'
      readonly why: EventOf<'agreement-suspended'>['why']
      readonly reason: string
    })
  | (OfAgreement & { readonly type: 'revoke-agreement'; readonly reason: string })
  | ({ readonly type: 'hold-briefing'; readonly today: string } & Omit<
      EventOf<'briefing-held'>,
      'type'
    >)
  | (Of &
      Signed & {
        readonly type: 'acknowledge-briefing'
        readonly briefing: string
        readonly document: string
      })

export type CustomersRefusal =
  | 'customer-unknown'
  | 'customer-exists'
  | 'customer-changed'
  | 'customer-ended'
  | 'customer-limit'
  | 'system-unknown'
  | 'system-changed'
  | 'system-retired'
  | 'system-of-another'
  | 'contract-unknown'
  | 'contract-period-backwards'
  | 'contact-unknown'
  | 'contact-exists'
  | 'contact-left'
  | 'contact-own-key'
  | 'contact-invited-by-you'
  | 'contact-not-on-roster'
  | 'contact-not-entitled'
  | 'contact-key-unknown'
  | 'countersigner-not-on-roster'
  | 'contract-key-not-first'
  | 'contract-key-too-early'
  | 'contract-key-differs'
  | 'entitlement-system-unknown'
  | 'link-invalid'
  | 'links-too-many'
  | 'agreement-unknown'
  | 'agreement-changed'
  | 'agreement-revoked'
  | 'agreement-expired'
  | 'agreement-too-long'
  | 'agreement-not-in-force'
  | 'agreement-suspended'
  | 'agreement-resign-overdue'
  | 'briefing-unknown'
  | 'briefing-exists'
  | 'briefing-not-yet'
  | 'briefing-renewal-backwards'

export type CustomersDecider = Decider<CustomersCommand, Customer, CustomersEvent, CustomersRefusal>
export type Decision = ReturnType<CustomersDecider['decide']>
/** The command of that name. */
export type CommandOf<T extends CustomersCommand['type']> = Extract<CustomersCommand, { type: T }>

/** A customer who is no customer any more changes no more; whoever is unknown neither. */
export const limits = { systems: 500, contacts: 200, agreements: 500, briefings: 2_000 } as const
