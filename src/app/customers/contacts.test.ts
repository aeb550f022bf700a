import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { rosterAt, type LogEntry, type RosterJudge } from '../../domain/customers/roster-at.ts'
import { rosterDigest } from '../../domain/customers/roster.ts'
import { verifyStatement } from '../../ledger/signing/assertion.ts'
import { readEnvelope } from '../engine/envelope.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'
import {
  anything,
  enrol,
  fingerprintOf,
  firstContact,
  linkIn,
  must,
  nextContact,
  openAcme,
  openFirm,
  type Actor,
  type Firm,
} from './testing.ts'

describe('a contact comes onto the roster', () => {
  test('by two of our people against the contract, then by a contact of the same customer', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    const mori = await firstContact(firm, acme)
    const ota = await nextContact(firm, 'acme', mori)
    const shown = must(await firm.customers.get('acme'))
    expect(shown.contacts.map(({ state }) => state)).toEqual(['on-roster', 'on-roster'])
    expect(shown.roster?.version).toBe(2)
    const vouchersOf = ({ person }: Actor) => {
      const contact = shown.contacts.find((one) => one.person.id === person)
      return contact?.keys.flatMap(({ vouchers }) => vouchers.map(({ by }) => by.name))
    }
    expect(vouchersOf(mori)).toEqual(['Second', 'Third'])
    expect(vouchersOf(ota)).toEqual(['Mori'])
    const { rosters, faults } = await judged(firm)
    expect(faults).toEqual([])
    expect([...(rosters.get('acme')?.contacts.keys() ?? [])]).toEqual([mori.person, ota.person])
    expect(await digests(firm)).toEqual([shown.roster?.digest])
    await expectRebuildEqual(firm.engine)
  })

  test('one confirmation alone counts for nothing, nor does the same person’s second one', async () => {
    const firm = await openFirm()
    const { customer, contract } = await openAcme(firm)
    const mori = await firm.contact(customer, 'Mori')
    const act = await ceremony(firm, mori, contract)
    must(await firm.sign(firm.second, act))
    must(await firm.sign(firm.second, act))
    expect(await firm.customers.signingKeys(mori.person)).toEqual(new Set())
    const asked = { act: 'acknowledge-briefing', briefing: `brf_${'0'.repeat(26)}` } as const
    expect(await firm.sign(mori, asked)).toMatchObject({ refused: 'contact-not-on-roster' })
  })

  test('whoever invited the contact does not confirm, and a wrong fingerprint is told at once', async () => {
    const firm = await openFirm()
    const { customer, contract } = await openAcme(firm)
    const mori = await firm.contact(customer, 'Mori')
    const act = await ceremony(firm, mori, contract)
    expect(await firm.sign(firm.lead, act)).toMatchObject({ refused: 'contact-invited-by-you' })
    const other = { ...act, fingerprint: `SHA256:${'A'.repeat(43)}` }
    expect(await firm.sign(firm.second, other)).toMatchObject({
      refused: 'contract-fingerprint-differs',
    })
  })
})

describe('an insider', () => {
  test('who administers cannot make an employee of ours a contact', async () => {
    const firm = await openFirm()
    await openAcme(firm)
    const roster = new TextEncoder().encode(
      'employee_number,name,email,department,title,manager,start_date,end_date\n' +
        'E1,Puppet,puppet@example.com,Ops,Staff,,2026-01-01,\n',
    )
    const { digest } = must(await firm.people.preview(roster))
    must(await firm.people.confirm(digest, roster, firm.lead.person))
    const asked = {
      name: 'Puppet',
      email: 'Puppet@example.com',
      language: 'en',
      entitlement: anything,
    } as const
    expect(await firm.customers.contacts.invite('acme', asked, firm.lead.person)).toMatchObject({
      refused: 'contact-is-employee',
    })
  })

  test('who invites a puppet under a private address cannot countersign the key himself', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    const mori = await firstContact(firm, acme)
    const puppet = await firm.contact('acme', 'Puppet')
    const fingerprint = await fingerprintOf(firm, puppet)
    const countersign = {
      act: 'countersign-contact',
      person: puppet.person,
      fingerprint,
      entitlement: anything,
    } as const
    // As an administrator, as the puppet, and as an administrator who calls himself a contact.
    expect(await firm.sign(firm.lead, countersign)).toMatchObject({ refused: 'forbidden' })
    expect(await firm.sign(puppet, countersign)).toMatchObject({ refused: 'contact-not-on-roster' })
    const posing: Actor = { ...firm.lead, role: 'customer-contact' }
    expect(await firm.sign(posing, countersign)).toMatchObject({ refused: 'contact-not-on-roster' })
    // Nor by the contract, for there is a contact already.
    const byContract = await ceremony(firm, puppet, acme.contract)
    expect(await firm.sign(firm.second, byContract)).toMatchObject({
      refused: 'contract-key-not-first',
    })
    expect(await firm.customers.signingKeys(puppet.person)).toEqual(new Set())
    // Nor put the real contact out of office from there.
    const removed = firm.customers.contacts.removeOwn(mori.person, 'left', puppet.person)
    expect(await removed).toMatchObject({ refused: 'contact-not-on-roster' })
    // And the real contact was told of the invitation.
    await firm.settled()
    expect(firm.mails.filter(({ to }) => to === 'mori@acme.example').at(-1)?.text).toContain(
      'Puppet',
    )
  })

  test('who removes all contacts to make room waits three days, and is alarmed about', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    const mori = await firstContact(firm, acme)
    must(await firm.customers.contacts.remove('acme', mori.person, 'left', firm.lead.person))
    await firm.settled()
    expect(firm.alarms).toHaveLength(1)
    const puppet = await firm.contact('acme', 'Puppet')
    const act = await ceremony(firm, puppet, acme.contract)
    firm.clock.advance({ hours: 71 })
    expect(await firm.sign(firm.second, act)).toMatchObject({ refused: 'contract-key-too-early' })
    firm.clock.advance({ hours: 2 })
    expect(isRefused(await firm.sign(firm.second, act))).toBe(false)
  })

  test('who resets a contact’s passkey gets no key that counts', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    const mori = await firstContact(firm, acme)
    const { expiresAt } = must(
      await firm.customers.contacts.inviteAgain('acme', mori.person, firm.lead.person),
    )
    expect(expiresAt > firm.engine.now()).toBe(true)
    const mail = firm.mails.findLast(({ text }) => text.includes('/invitations/'))
    const stolen = { ...mori, authenticator: await enrol(firm, linkIn(mail), 'thief') }
    const fingerprint = await fingerprintOf(firm, stolen)
    // Two of our own people let it in; it opens his pages, and signs nothing.
    must(await firm.sign(firm.second, { act: 'confirm-passkey', person: mori.person, fingerprint }))
    const asked = { act: 'acknowledge-briefing', briefing: `brf_${'0'.repeat(26)}` } as const
    expect(await firm.sign(stolen, asked)).toMatchObject({ refused: 'contact-not-on-roster' })
  })

  test('with the database writes himself onto the roster: nothing opens, and verify names the row', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    await firstContact(firm, acme)
    const puppet = await firm.contact('acme', 'Puppet')
    const client = new Client(firm.database)
    await client.connect()
    const schema = await client.query<{ schemaname: string }>(
      `select schemaname from pg_tables where tablename = 'customer_roster'`,
    )
    const views = schema.rows[0]?.schemaname ?? ''
    await client.query(
      `update ${views}.customer_contacts set state = 'on-roster' where person = $1`,
      [puppet.person],
    )
    await client.query(
      `insert into ${views}.customer_roster
       values ('acme', 2, repeat('a', 64), 'customers.contact-entitled.v1', $1, $1, now(), 3)`,
      [puppet.person],
    )
    await client.end()
    expect(await firm.customers.signingKeys(puppet.person)).toEqual(new Set())
    const differences: string[] = []
    for await (const difference of firm.engine.compareViews()) {
      differences.push(JSON.stringify(difference))
    }
    expect(differences).toHaveLength(2)
    expect(differences.join()).toContain('customer_roster')
    expect(differences.join()).toContain('customer_contacts')
  })

  test('whose forged countersignature got into the log is left out by who judges it offline', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    const mori = await firstContact(firm, acme)
    await nextContact(firm, 'acme', mori)
    const entries = await logOf(firm)
    const forged = entries.map((entry) =>
      entry.type === 'customers.contact-key-countersigned.v1' ? { ...entry, by: 'per_x' } : entry,
    )
    const { rosters, faults } = rosterAt(forged, await judgeOf(firm))
    expect(faults).toMatchObject([{ customer: 'acme', code: 'countersigner-not-on-roster' }])
    expect(rosters.get('acme')?.contacts.size).toBe(1)
    const tampered = entries.map((entry) => ({
      ...entry,
      event: JSON.parse(
        JSON.stringify(entry.event).replaceAll('"emergency-review",', ''),
      ) as unknown,
    }))
    expect(rosterAt(tampered, await judgeOf(firm)).faults[0]?.code).toBe('statement-other')
  })
})

describe('between two customers', () => {
  test('a contact sees and signs nothing of the other', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    const beta = await openAcme(firm, 'beta')
    const mori = await firstContact(firm, acme)
    const eve = await firstContact(firm, beta, 'Eve')
    const own = must(await firm.customers.own(eve.person))
    expect(own.id).toBe('beta')
    const agreement = await draft(firm, 'acme', acme.system)
    expect(await firm.customers.agreements.getOwn(agreement, eve.person)).toMatchObject({
      refused: 'agreement-unknown',
    })
    expect(await firm.sign(eve, { act: 'sign-agreement', agreement, version: 1 })).toMatchObject({
      refused: 'agreement-unknown',
    })
    const stopped = firm.customers.agreements.stopOwn(agreement, 'revoke', 'r', eve.person)
    expect(await stopped).toMatchObject({ refused: 'agreement-unknown' })
    const fingerprint = await fingerprintOf(firm, mori)
    const { person } = mori
    const act = { act: 'countersign-contact', person, fingerprint, entitlement: anything } as const
    expect(await firm.sign(eve, act)).toMatchObject({ refused: 'contact-unknown' })
  })

  test('nobody is a contact of both', async () => {
    const firm = await openFirm()
    const acme = await openAcme(firm)
    await openAcme(firm, 'beta')
    await firstContact(firm, acme)
    const asked = {
      name: 'Mori',
      email: 'MORI@acme.example',
      language: 'en',
      entitlement: anything,
    } as const
    expect(await firm.customers.contacts.invite('beta', asked, firm.lead.person)).toMatchObject({
      refused: 'contact-of-another',
    })
  })
})

test('a contact who leaves signs no more, and what he signed has to be signed again', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  const ota = await nextContact(firm, 'acme', mori)
  const agreement = await draft(firm, 'acme', acme.system)
  const act = { act: 'sign-agreement', agreement, version: 1 } as const
  must(await firm.sign(mori, act))
  must(await firm.customers.contacts.removeOwn(mori.person, 'for-cause', ota.person))
  expect(await firm.sign(mori, act)).toHaveProperty('refused')
  const shown = must(await firm.customers.get('acme'))
  expect(shown.agreements[0]).toMatchObject({ state: 'active', resignBy: '2026-05-01' })
  const asked = must(await firm.customers.own(ota.person)).asked
  expect(asked).toMatchObject([{ kind: 'sign-agreement-again', due: '2026-05-01' }])
  must(await firm.sign(ota, act))
  expect(must(await firm.customers.get('acme')).agreements[0]?.resignBy).toBeNull()
  await expectRebuildEqual(firm.engine)
})

test('the contacts of a customer that ended come in no more', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  must(await firm.customers.end('acme', 'contract over', firm.lead.person))
  expect(await firm.customers.own(mori.person)).toMatchObject({ refused: 'contact-left' })
  expect(await firm.customers.signingKeys(mori.person)).toEqual(new Set())
  const { accounts } = await firm.access.room.state('access')
  expect(accounts.get(mori.person)?.state).toBe('disabled')
})

test('a role of ours is given to no contact, and a contact’s to none of ours', async () => {
  const firm = await openFirm()
  await openAcme(firm)
  const mori = await firm.contact('acme', 'Mori')
  const { accounts } = firm.access
  expect(await accounts.changeRole(mori.person, 'administrator', firm.lead.person)).toMatchObject({
    refused: 'guest-account',
  })
  expect(
    await accounts.changeRole(firm.second.person, 'customer-contact', firm.lead.person),
  ).toMatchObject({ refused: 'guest-account' })
})

async function ceremony(firm: Firm, contact: Actor, contract: string) {
  const fingerprint = await fingerprintOf(firm, contact)
  const { person } = contact
  const act = 'confirm-contract-key' as const
  return { act, customer: 'acme', person, fingerprint, contract }
}

async function draft(firm: Firm, customer: string, system: string): Promise<string> {
  const document = {
    title: { ja: '再起動', en: 'Restart' },
    systems: [system],
    hosts: [`db1.${customer}`],
    risk: 'normal' as const,
    parameters: [],
    trigger: { kind: 'monitor' as const, source: 'zabbix' },
    runLimit: { runs: 3, days: 30 },
    expires: '2027-03-31',
  }
  const given = { version: 0, runbook: '# Restart', document }
  const { id } = must(await firm.customers.agreements.draft(customer, given, firm.lead.person))
  return id
}

async function logOf({ engine }: Firm): Promise<LogEntry[]> {
  const bytes = await engine.log.entries(0, await engine.log.size())
  return bytes.map((one, seq) => {
    const { type, by, recordedAt, data } = readEnvelope(one)
    return { seq, type, by, recordedAt, event: { type, ...data } }
  })
}

/** Keys of our own people as the log's entries say. */
async function judgeOf(firm: Firm): Promise<RosterJudge> {
  const { accounts } = await firm.access.room.state('access')
  return {
    verifies: (signature, key) => typeof verifyStatement(signature, key) !== 'string',
    houseKey(person, credentialId) {
      const passkeys = accounts.get(person)?.passkeys ?? []
      const found = passkeys.find((one) => one.credentialId === credentialId)
      return found === undefined ? null : { ...found, origin: 'http://localhost' }
    },
  }
}

async function judged(firm: Firm) {
  return rosterAt(await logOf(firm), await judgeOf(firm))
}

async function digests(firm: Firm): Promise<unknown[]> {
  const { rosters } = await judged(firm)
  const rows = await rowsOf(
    firm.engine,
    'select digest from customer_roster order by version desc limit 1',
  )
  expect(rows.map(({ digest }) => digest)).toEqual([...rosters.values()].map(rosterDigest))
  return rows.map(({ digest }) => digest)
}
