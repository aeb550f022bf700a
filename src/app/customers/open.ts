import {
  customerDocument,
  documentText,
  systemDocument,
  type CustomerDocument,
  type SystemDocument,
} from '../../domain/customers/documents.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { VirusScanner } from '../evidence/open.ts'
import type { Alarm, Blobs, Mailer } from '../ports.ts'
import type { ActHandler } from '../signed-act.ts'
import { customersActs } from './acts.ts'
import { openAgreements, type AgreementCases } from './agreement-cases.ts'
import { openBriefings, type BriefingCases } from './briefing-cases.ts'
import { openContacts, type ContactCases } from './contact-cases.ts'
import { openSignInLinks, type SignInLinks } from './links.ts'
import { openNotices, type Notices } from './notices.ts'
import { ownCustomer } from './own.ts'
import {
  customerOfContact,
  presentCustomer,
  type CustomersParts,
  type CustomersRoom,
  type GuestAccess,
} from './parts.ts'
import { customerList, customerOne, type CustomerShown } from './reads.ts'
import { customersRoom } from './room.ts'

export type CustomersCases = {
  readonly room: CustomersRoom
  readonly list: (asOf?: string) => ReturnType<typeof customerList>
  readonly get: (customer: string, asOf?: string) => Promise<CustomerShown | Refused>
  readonly describe: (
    customer: string,
    document: CustomerDocument,
    version: number,
    by: string,
  ) => Promise<Handled | Refused>
  readonly end: (customer: string, reason: string, by: string) => Promise<Handled | Refused>
  readonly describeSystem: (
    of: { readonly customer: string; readonly system: string },
    document: SystemDocument,
    version: number,
    by: string,
  ) => Promise<Handled | Refused>
  readonly retireSystem: (
    of: { readonly customer: string; readonly system: string },
    reason: string,
    by: string,
  ) => Promise<Handled | Refused>
  readonly contacts: ContactCases
  readonly agreements: AgreementCases
  readonly briefings: BriefingCases
  readonly links: SignInLinks
  readonly notices: Notices
  readonly own: (person: string) => ReturnType<typeof ownCustomer>
  /** For which customer this person speaks, from the entries; null when for none. */
  readonly customerOf: (person: string) => Promise<string | null>
  /** With which passkeys this person may sign for a customer: those on the roster, no others. */
  readonly signingKeys: (person: string) => Promise<ReadonlySet<string>>
  readonly acts: readonly ActHandler[]
  readonly close: () => Promise<void>
}

export type CustomersNeeds = {
  readonly blobs: Blobs
  readonly access: GuestAccess
  readonly mailer: Mailer
  readonly alarm: Alarm
  readonly scan: VirusScanner
  readonly origin: string
  readonly onError: (where: string, error: unknown) => void
}

/** Customers, who speaks for them, what they agreed to, what they were told. */
export function openCustomers(engine: Engine, needs: CustomersNeeds): CustomersCases {
  const { onError, ...given } = needs
  const parts: CustomersParts = { engine, room: engine.open(customersRoom), ...given }
  const notices = openNotices(parts, onError)
  const links = openSignInLinks(parts, onError)
  const all = { ...parts, notices }
  return {
    room: parts.room,
    list: async (asOf) => customerList(await engine.views(asOf)),
    get: async (customer, asOf) =>
      (await customerOne(await engine.views(asOf), customer)) ??
      refuse('customer-unknown', customer),
    ...descriptions(parts),
    contacts: openContacts(all),
    agreements: openAgreements(all),
    briefings: openBriefings(all),
    links,
    notices,
    own: (person) => ownCustomer(parts, person),
    customerOf: async (person) => (await customerOfContact(parts, person))?.customer ?? null,
    async signingKeys(person) {
      const contact = (await customerOfContact(parts, person))?.roster.contacts.get(person)
      return new Set(contact?.keys.map((key) => key.credentialId) ?? [])
    },
    acts: customersActs(parts, notices),
    async close() {
      await links.settled()
      await notices.settled()
    },
  }
}

function descriptions({
  room,
  blobs,
  access,
}: CustomersParts): Pick<CustomersCases, 'describe' | 'end' | 'describeSystem' | 'retireSystem'> {
  // Every document is durable before the entry that names it.
  const kept = (document: object) => blobs.put(documentText(document))
  return {
    async describe(customer, given, version, by) {
      const document = await kept(customerDocument.parse(given))
      return room.handle({ type: 'describe', customer, version, document }, { by })
    },
    async end(customer, reason, by) {
      const done = await room.handle({ type: 'end', customer, reason }, { by })
      const state = await presentCustomer(room, customer)
      if (isRefused(done) || isRefused(state)) return done
      for (const contact of state.contacts.values()) {
        if (contact.state === 'left') continue
        await access.accounts.disable(contact.person, 'customer-ended', 'system:customers')
      }
      return done
    },
    async describeSystem({ customer, system }, given, version, by) {
      const document = await kept(systemDocument.parse(given))
      const command = { type: 'describe-system', customer, system, version, document } as const
      return room.handle(command, { by })
    },
    retireSystem: ({ customer, system }, reason, by) =>
      room.handle({ type: 'retire-system', customer, system, reason }, { by }),
  }
}
