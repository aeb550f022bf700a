import { z } from 'zod'
import type { Entitlement } from '../../domain/customers/words.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { hashOf, newSecret } from '../access/secrets.ts'
import type { Handled } from '../engine/engine.ts'
import type { Views } from '../ports.ts'
import { invitationMail } from './mail-texts.ts'
import { organisationName, type Notices } from './notices.ts'
import {
  accountOfContact,
  customerOfContact,
  presentCustomer,
  todayIn,
  type CustomersParts,
} from './parts.ts'

type Needs = CustomersParts & { readonly notices: Notices }

type Invite = {
  readonly name: string
  readonly email: string
  readonly language: 'ja' | 'en'
  readonly entitlement: Entitlement
}
type Why = 'left' | 'for-cause' | 'withdrawn'

export type ContactCases = {
  readonly invite: (
    customer: string,
    asked: Invite,
    by: string,
  ) => Promise<(Handled & { person: string; expiresAt: string }) | Refused>
  readonly inviteAgain: (
    customer: string,
    person: string,
    by: string,
  ) => Promise<{ expiresAt: string } | Refused>
  readonly remove: (
    customer: string,
    person: string,
    why: Why,
    by: string,
  ) => Promise<Handled | Refused>
  /** A contact on the roster for his own company; anybody for himself. */
  readonly removeOwn: (person: string, why: Why, by: string) => Promise<Handled | Refused>
  readonly revokeKey: (
    customer: string,
    person: string,
    credentialId: string,
    by: string,
  ) => Promise<Handled | Refused>
}

const invitationDays = 7
const dayMs = 86_400_000

export function openContacts(needs: Needs): ContactCases {
  const { room, notices } = needs
  return {
    invite: (customer, asked, by) => invite(needs, customer, asked, by),
    inviteAgain: (customer, person, by) => inviteAgain(needs, customer, person, by),
    remove: (customer, person, why, by) => remove(needs, customer, person, why, by),
    async removeOwn(person, why, by) {
      const own = await customerOfContact(needs, by)
      if (own === null) return refuse('contact-unknown', person)
      const mayRemove = person === by || own.roster.contacts.has(by)
      if (!mayRemove) return refuse('contact-not-on-roster', by)
      return remove(needs, own.customer, person, why, by)
    },
    async revokeKey(customer, person, credentialId, by) {
      const command = { type: 'revoke-contact-key', customer, person, credentialId } as const
      const done = await room.handle(command, { by })
      if (isRefused(done)) return done
      notices.later('key-revoked', { customer, about: person, by })
      await notices.countRoster(customer)
      return done
    },
  }
}

async function remove(needs: Needs, customer: string, person: string, why: Why, by: string) {
  const { room, engine, access, notices } = needs
  const today = await todayIn(await engine.views())
  const command = { type: 'remove-contact', customer, person, why, today } as const
  const done = await room.handle(command, { by })
  if (isRefused(done) || done.last === null) return done
  // The keys are gone already; the account and its sessions follow.
  await access.accounts.disable(person, 'customer-contact-left', 'system:customers')
  notices.later('contact-left', { customer, about: person, by })
  await notices.countRoster(customer)
  return done
}

async function invite(needs: Needs, customer: string, asked: Invite, by: string) {
  const { engine, room, access } = needs
  const state = await presentCustomer(room, customer)
  if (isRefused(state)) return state
  const views = await engine.views()
  const known = await knownAs(views, asked.email)
  if (known?.employee === true) return refuse('contact-is-employee', 'email')
  if (known !== null && !state.contacts.has(known.person)) {
    return refuse('contact-of-another', 'email')
  }
  const person = known?.person ?? engine.newId('per')
  if (state.contacts.get(person)?.state === 'present') return refuse('contact-exists', person)
  const secret = newSecret()
  const expiresAt = expiryOf(engine.now())
  const { name, email, language, entitlement } = asked
  const done = await engine.transact(
    [
      access.room.ask({
        type: 'invite',
        person,
        name,
        email,
        role: 'customer-contact',
        language,
        invitation: hashOf(secret),
        expiresAt,
      }),
      room.ask({ type: 'invite-contact', customer, person, entitlement }),
    ],
    { by },
  )
  if (isRefused(done)) return done
  await sendInvitation(needs, { name, email, language, secret, expiresAt })
  needs.notices.later('contact-invited', { customer, about: person, by })
  return { ...done, person, expiresAt }
}

/** A lost link or passkey: a new link to the address that is known; the old passkey stays until then. */
async function inviteAgain(needs: Needs, customer: string, person: string, by: string) {
  const { engine, room, access } = needs
  const state = await presentCustomer(room, customer)
  if (isRefused(state)) return state
  if (state.contacts.get(person)?.state !== 'present') return refuse('contact-unknown', person)
  const account = await accountOfContact(needs, person)
  const views = await engine.views()
  const [row] = await views.rows(
    z.object({ name: z.string(), email: z.string(), language: z.enum(['ja', 'en']) }),
    `select p.name, p.email, a.language from accounts a join persons p on p.person = a.person
      where a.person = $1 and p.name is not null and p.email is not null`,
    [person],
  )
  if (account === null || row === undefined) return refuse('contact-unknown', person)
  const secret = newSecret()
  const expiresAt = expiryOf(engine.now())
  const invited = { person, ...row, role: 'customer-contact', invitation: hashOf(secret) } as const
  const done = await access.room.handle({ type: 'invite', ...invited, expiresAt }, { by })
  if (isRefused(done)) return done
  await sendInvitation(needs, { ...row, secret, expiresAt })
  needs.notices.later('contact-invited', { customer, about: person, by })
  return { expiresAt }
}

async function sendInvitation(
  { engine, mailer, origin }: Needs,
  to: {
    readonly name: string
    readonly email: string
    readonly language: 'ja' | 'en'
    readonly secret: string
    readonly expiresAt: string
  },
): Promise<void> {
  const organisation = (await organisationName(await engine.views()))[to.language]
  const link = `${origin}/invitations/${to.secret}`
  await mailer.send(invitationMail({ ...to, organisation, link }))
}

function expiryOf(now: string): string {
  return new Date(Date.parse(now) + invitationDays * dayMs).toISOString()
}

const known = z.object({ person: z.string(), employee: z.boolean() })

/** Whose address it is: our own people first. */
async function knownAs(views: Views, email: string) {
  const rows = await views.rows(
    known,
    `select p.person, exists (select from people e where e.person = p.person) as employee
       from persons p
      where lower(p.email) = lower($1) and not p.erased
        and (exists (select from people e where e.person = p.person)
             or exists (select from accounts a where a.person = p.person))
      order by employee desc, p.person`,
    [email],
  )
  return rows[0] ?? null
}
