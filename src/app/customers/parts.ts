import type { Access, AccessCommand, AccessRefusal } from '../../domain/access/commands.ts'
import type { Account, Passkey } from '../../domain/access/account.ts'
import type {
  Customer,
  CustomersCommand,
  CustomersRefusal,
} from '../../domain/customers/customer.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import { z } from 'zod'
import type { Present } from '../../domain/customers/customer.ts'
import type { ContactKey } from '../../domain/customers/events.ts'
import type { Engine, Handled, RoomHandle } from '../engine/engine.ts'
import type { VirusScanner } from '../evidence/open.ts'
import type { Alarm, Blobs, Mailer, Views } from '../ports.ts'

export type CustomersRoom = RoomHandle<CustomersCommand, Customer, CustomersRefusal>

/** What this room needs of the accounts. */
export type GuestAccess = {
  readonly room: RoomHandle<AccessCommand, Access, AccessRefusal>
  readonly guestSession: (person: string) => Promise<string | null>
  readonly accounts: {
    readonly disable: (person: string, reason: string, by: string) => Promise<Handled | Refused>
  }
}

export type CustomersParts = {
  readonly engine: Engine
  readonly room: CustomersRoom
  readonly blobs: Blobs
  readonly access: GuestAccess
  readonly mailer: Mailer
  readonly alarm: Alarm
  readonly scan: VirusScanner
  /** Where browsers reach this installation: links in mail begin with it. */
  readonly origin: string
}

/** The customer, as its entries say. */
export async function presentCustomer(
  room: CustomersRoom,
  customer: string,
): Promise<Present | Refused> {
  const state = await room.state(`customers:${customer}`)
  return state.state === 'absent' ? refuse('customer-unknown', customer) : state
}

/**
 * For which customer a person speaks. A view says where to look; that it is so, the entries say: a
 * row that somebody has written into a view opens nothing.
 */
export async function customerOfContact(
  { engine, room }: Pick<CustomersParts, 'engine' | 'room'>,
  person: string,
): Promise<Present | null> {
  const rows = await (
    await engine.views()
  ).rows(
    z.object({ customer: z.string() }),
    `select customer from customer_contacts where person = $1 and state <> 'left'
     order by customer`,
    [person],
  )
  for (const { customer } of rows) {
    const state = await room.state(`customers:${customer}`)
    if (state.state === 'active' && state.contacts.get(person)?.state === 'present') return state
  }
  return null
}

/** The account of a contact, from the entries. */
export async function accountOfContact(
  { access }: Pick<CustomersParts, 'access'>,
  person: string,
): Promise<Account | null> {
  const account = (await access.room.state('access')).accounts.get(person)
  return account?.role === 'customer-contact' ? account : null
}

/** A passkey as the roster keeps it. */
export async function contactKeyOf(
  parts: Pick<CustomersParts, 'access' | 'origin'>,
  person: string,
  fingerprint: string,
): Promise<{ readonly key: ContactKey; readonly invitedBy: string | null } | null> {
  const account = await accountOfContact(parts, person)
  const isIt = (one: Passkey) => one.fingerprint === fingerprint && one.state === 'active'
  const passkey = account?.passkeys.find(isIt)
  if (passkey === undefined) return null
  const { credentialId, publicKey, rpId, invitedBy } = passkey
  return { key: { credentialId, publicKey, fingerprint, rpId, origin: parts.origin }, invitedBy }
}

/** Today in the organisation's zone. */
export async function todayIn(views: Views): Promise<string> {
  const [row] = await views.rows(z.object({ day: z.string() }), 'select as_of_day() as day')
  if (row === undefined) throw new Error('as_of_day() gave no day')
  return row.day
}
