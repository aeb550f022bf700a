import type { Act } from '../../contract/session.ts'
import { createAuthenticator, type Authenticator } from '../../demo/authenticator.ts'
import type { Role } from '../../domain/access/permission.ts'
import type { Entitlement } from '../../domain/customers/words.ts'
import { isRefused, type Refused } from '../../domain/decider.ts'
import { accessActs } from '../access/acts.ts'
import { openAccess, type AccessCases } from '../access/open.ts'
import { memorySessions } from '../access/sessions.ts'
import { accessProjections } from '../access/views.ts'
import type { Handled } from '../engine/engine.ts'
import { noVirusScanner } from '../evidence/open.ts'
import { openOrganisation } from '../organisation/open.ts'
import { organisationProjections } from '../organisation/views.ts'
import { openPeople } from '../people/open.ts'
import { peopleProjections } from '../people/views.ts'
import type { Mail } from '../ports.ts'
import { openSigning, type Signing } from '../signing/open.ts'
import { openTestEngine } from '../testing.ts'
import { openCustomers, type CustomersCases } from './open.ts'
import { customersProjections } from './views.ts'

/** For tests: a person with a passkey of their own. */
export type Actor = {
  readonly person: string
  readonly role: Role
  readonly authenticator: Authenticator
}

export const anything: Entitlement = {
  systems: 'all',
  risks: ['normal', 'destructive', 'emergency-review'],
}

const origin = 'http://localhost'
const party = { origin, rpId: 'localhost' }
let seeds = 0

/** An organisation with three people who can sign, and the customers' room, on a real engine. */
export async function openFirm(startAt = '2026-04-01T00:00:00Z') {
  const test = await openTestEngine({
    startAt,
    projections: [
      ...organisationProjections,
      ...accessProjections,
      ...peopleProjections,
      ...customersProjections,
    ],
  })
  const { engine, blobs, clock } = test
  const mails: Mail[] = []
  const alarms: string[] = []
  const organisation = openOrganisation(engine)
  const access = openAccess(engine, { organisation, party, sessions: memorySessions() })
  const people = openPeople(engine, { blobs })
  const customers = openCustomers(engine, {
    blobs,
    access,
    mailer: { send: async (mail) => void mails.push(mail) },
    alarm: { tell: async (text) => void alarms.push(text) },
    scan: noVirusScanner,
    origin,
    onError: (where, error) => {
      throw new Error(where, { cause: error })
    },
  })
  const signing = openSigning(engine, {
    acts: [...accessActs(engine, access.room), ...customers.acts],
    access: access.room,
    party,
    guestKeys: customers.signingKeys,
    head: () => Promise.resolve(null),
  })
  const parts = { access, signing, mails, customers }
  const lead = await setUp(parts)
  const second = await join(parts, lead, 'security-lead', 'Second')
  const third = await join(parts, lead, 'security-lead', 'Third')
  await vouch(parts, second, third)
  await vouch(parts, third, second)
  return {
    ...test,
    ...parts,
    people,
    alarms,
    lead,
    second,
    third,
    sign: (actor: Actor, act: Act) => sign(parts, actor, act),
    join: (role: HouseRole, name: string) => join(parts, lead, role, name),
    contact: (customer: string, name: string, entitlement?: Entitlement) =>
      contact(parts, lead, { customer, name, entitlement }),
    /** Mail has gone out. */
    async settled() {
      clock.advance({ ms: 1 })
      await customers.links.settled()
      await customers.notices.settled()
    },
  }
}
export type Firm = Awaited<ReturnType<typeof openFirm>>
type HouseRole = Exclude<Role, 'customer-contact'>
type Parts = {
  readonly access: AccessCases
  readonly signing: Signing
  readonly mails: readonly Mail[]
  readonly customers: CustomersCases
}

function authenticatorOf(person: string): Authenticator {
  const seed = new TextEncoder().encode(`customers test ${seeds++}`)
  return createAuthenticator({ seed, person, rpId: party.rpId, origin })
}

const challengeOf = (options: object) => String(Reflect.get(options, 'challenge'))

async function setUp({ access }: Parts): Promise<Actor> {
  const token = access.setUpLink.renew()
  const administrator = { name: 'Lead', email: 'lead@example.com' }
  const options = must(await access.doors.setUpOptions({ token, ...administrator }))
  const authenticator = authenticatorOf('lead')
  must(
    await access.doors.setUp({
      token,
      organisation: { name: { ja: '見本', en: 'Sample' }, timeZone: 'Asia/Tokyo' },
      categories: ['security'],
      administrator,
      credential: authenticator.register(challengeOf(options)),
      language: 'en',
      demonstration: false,
    }),
  )
  const [founder] = await access.accounts.list('')
  if (founder === undefined) throw new Error('nobody is set up')
  return { person: founder.person.id, role: 'administrator', authenticator }
}

async function join(parts: Parts, by: Actor, role: HouseRole, name: string): Promise<Actor> {
  const email = `${name.toLowerCase()}@example.com`
  const asked = { name, email, role, language: 'en' } as const
  const { link, person } = must(await parts.access.accounts.invite(asked, by.person))
  return { person, role, authenticator: await enrol(parts, link, name) }
}

/** Opens an invitation link and makes a new passkey with it. */
export async function enrol({ access }: Parts, link: string, name: string): Promise<Authenticator> {
  const token = link.slice(link.lastIndexOf('/') + 1)
  const { options } = must(await access.doors.invitation(token))
  const authenticator = authenticatorOf(name)
  const credential = authenticator.register(challengeOf(options))
  must(await access.doors.acceptInvitation(token, credential))
  return authenticator
}

async function vouch(parts: Parts, by: Actor, whom: Actor): Promise<void> {
  const fingerprint = await fingerprintOf(parts, whom)
  must(await sign(parts, by, { act: 'confirm-passkey', person: whom.person, fingerprint }))
}

export async function fingerprintOf({ access }: Parts, { person }: Actor): Promise<string> {
  const passkeys = (await access.room.state('access')).accounts.get(person)?.passkeys ?? []
  return passkeys.at(-1)?.fingerprint ?? ''
}

/** Invites a contact and opens the link that came by mail; nobody has vouched for the key yet. */
async function contact(
  parts: Parts,
  by: Actor,
  asked: { customer: string; name: string; entitlement: Entitlement | undefined },
): Promise<Actor> {
  const { customer, name, entitlement = anything } = asked
  const email = `${name.toLowerCase()}@${customer}.example`
  const invited = { name, email, language: 'en', entitlement } as const
  const { person } = must(await parts.customers.contacts.invite(customer, invited, by.person))
  const link = linkIn(parts.mails.findLast(({ to }) => to === email))
  const authenticator = await enrol(parts, link, name)
  return { person, role: 'customer-contact', authenticator }
}

export function linkIn(mail: Mail | undefined): string {
  const link = /http:\/\/localhost\/\S+/.exec(mail?.text ?? '')?.[0]
  if (link === undefined) throw new Error('there is no link in the mail')
  return link
}

async function sign({ signing }: Parts, actor: Actor, act: Act): Promise<Handled | Refused> {
  const { person, role, authenticator } = actor
  const prepared = await signing.prepare(act, { person, role })
  if (isRefused(prepared)) return prepared
  const { statement, options } = prepared
  const { id, response } = authenticator.sign(challengeOf(options))
  const { authenticatorData, clientDataJSON, signature } = response
  const signed = { statement, credentialId: id, authenticatorData, clientDataJSON, signature }
  return signing.submit(signed, { person, role })
}

export function must<T extends object>(answer: T): Exclude<T, { refused: string }>
export function must(answer: object): object {
  if (isRefused(answer)) throw new Error(`refused: ${answer.refused} ${answer.about ?? ''}`)
  return answer
}

/** A minimal PDF, as a contract. */
const paper = new TextEncoder().encode('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

/** A customer with one system of one host, and a contract. */
export async function openAcme(firm: Firm, customer = 'acme') {
  const { customers, lead } = firm
  const by = lead.person
  const name = { ja: '見本商事', en: 'Acme' }
  must(await customers.describe(customer, { name, since: '2025-04-01' }, 1, by))
  const system = `billing.${customer}`
  const document = {
    name: { ja: '請求', en: 'Billing' },
    environments: [{ code: 'prod', production: true }],
    hosts: [
      {
        name: 'db1',
        environment: 'prod',
        address: '10.0.0.5',
        port: 22,
        principals: ['ops'],
        hostKey: null,
      },
    ],
    accounts: [],
  }
  must(await customers.describeSystem({ customer, system }, document, 1, by))
  const contract = {
    title: 'Contract',
    fileName: 'c.pdf',
    bytes: paper,
    signedOn: '2025-03-20',
    until: null,
  }
  const { id } = must(await customers.briefings.registerContract(customer, contract, by))
  return { customer, system, contract: id }
}

/** The first contact of a customer, on the roster by two confirmations against the contract. */
export async function firstContact(
  firm: Firm,
  { customer, contract }: { readonly customer: string; readonly contract: string },
  name = 'Mori',
): Promise<Actor> {
  const contact = await firm.contact(customer, name)
  const fingerprint = await fingerprintOf(firm, contact)
  const { person } = contact
  for (const confirmer of [firm.second, firm.third]) {
    const act = { act: 'confirm-contract-key', customer, person, fingerprint, contract } as const
    must(await firm.sign(confirmer, act))
  }
  return contact
}

/** A further contact, countersigned by one on the roster. */
export async function nextContact(
  firm: Firm,
  customer: string,
  by: Actor,
  name = 'Ota',
  entitlement = anything,
): Promise<Actor> {
  const contact = await firm.contact(customer, name, entitlement)
  const fingerprint = await fingerprintOf(firm, contact)
  const { person } = contact
  must(await firm.sign(by, { act: 'countersign-contact', person, fingerprint, entitlement }))
  return contact
}
