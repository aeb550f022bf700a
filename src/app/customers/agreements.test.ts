import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { agreementDocument, documentText } from '../../domain/customers/documents.ts'
import { expectRebuildEqual } from '../testing.ts'
import { firstContact, must, nextContact, openAcme, openFirm, type Firm } from './testing.ts'

const runbook = '# Restart\n\n`systemctl restart app`'

function terms(changes: object = {}) {
  return {
    title: { ja: '再起動', en: 'Restart' },
    systems: ['billing.acme'],
    hosts: ['db1.acme'],
    risk: 'normal' as const,
    parameters: [],
    trigger: { kind: 'monitor' as const, source: 'zabbix' },
    runLimit: { runs: 3, days: 30 },
    expires: '2027-03-31',
    ...changes,
  }
}

function draft(firm: Firm, changes: object = {}, more: object = {}) {
  const given = { version: 0, runbook, document: terms(changes), ...more }
  return firm.customers.agreements.draft('acme', given, firm.lead.person)
}

test('what is signed is the digest of exactly what is shown, with the roster that stands', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  const { id: agreement } = must(await draft(firm))
  const shown = must(await firm.customers.agreements.getOwn(agreement, mori.person))
  const act = { act: 'sign-agreement', agreement, version: 1 } as const
  const { person, role } = mori
  const { statement } = must(await firm.signing.prepare(act, { person, role }))
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
  const document = agreementDocument.parse({ ...terms(), runbook: sha256(runbook) })
  const roster = must(await firm.customers.get('acme')).roster
  expect(JSON.parse(statement)).toMatchObject({
    customer: 'acme',
    document: sha256(documentText(document)),
    runbook: sha256(shown.versions[0]?.runbook ?? ''),
    roster: { version: roster?.version, digest: roster?.digest },
    signer: mori.person,
  })
  must(await firm.sign(mori, act))
  expect(must(await firm.customers.get('acme')).agreements[0]?.state).toBe('active')
  await expectRebuildEqual(firm.engine)
})

test('a version that was replaced between preparing and signing is not signed', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  const { id: agreement } = must(await draft(firm))
  const { person, role, authenticator } = mori
  const act = { act: 'sign-agreement', agreement, version: 1 } as const
  const { statement, options } = must(await firm.signing.prepare(act, { person, role }))
  must(await draft(firm, { runLimit: { runs: 1_000, days: 1 } }, { agreement, version: 1 }))
  const { id, response } = authenticator.sign(String(options['challenge']))
  const { authenticatorData, clientDataJSON, signature } = response
  const signed = { statement, credentialId: id, authenticatorData, clientDataJSON, signature }
  expect(await firm.signing.submit(signed, { person, role })).toMatchObject({
    refused: 'agreement-changed',
  })
})

test('hosts of another system or customer, and a year and a day, are refused by name', async () => {
  const firm = await openFirm()
  await openAcme(firm)
  await openAcme(firm, 'beta')
  expect(await draft(firm, { hosts: ['db1.beta'] })).toMatchObject({
    refused: 'agreement-host-unknown',
    about: 'db1.beta',
  })
  expect(await draft(firm, { systems: ['shop.acme'], hosts: ['db1.acme'] })).toMatchObject({
    refused: 'agreement-host-unknown',
  })
  expect(await draft(firm, { expires: '2027-04-02' })).toMatchObject({
    refused: 'agreement-too-long',
  })
  expect(await draft(firm, {}, { version: 4 })).toMatchObject({ refused: 'agreement-changed' })
  expect(await draft(firm, {}, { runbook: '\ud800' })).toMatchObject({
    refused: 'runbook-unreadable',
  })
})

test('a declined version tells its author, and the version in force goes on', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  const { id: agreement } = must(await draft(firm))
  must(await firm.sign(mori, { act: 'sign-agreement', agreement, version: 1 }))
  must(await draft(firm, {}, { agreement, version: 1 }))
  const reason = 'Fewer runs, please.'
  must(await firm.sign(mori, { act: 'decline-agreement', agreement, version: 2, reason }))
  await firm.settled()
  const told = firm.mails.findLast(({ to }) => to === 'lead@example.com')
  expect(told?.subject).toContain('declined')
  const { state, version, versions } = must(await firm.customers.agreements.get(agreement))
  expect([state, version, versions[0]?.state, versions[0]?.said]).toEqual([
    'active',
    1,
    'declined',
    reason,
  ])
})

test('a session counts as understood when a contact has confirmed it, until it is to be renewed', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  const held = {
    title: 'Kick-off',
    topics: ['shared-responsibility' as const],
    summary: 'Who does what.',
    materials: [],
    heldOn: '2026-04-01',
    renewBy: '2027-04-01',
    ours: [firm.lead.person],
    theirs: [mori.person],
    others: 0,
  }
  const hold = (changes: object) =>
    firm.customers.briefings.hold('acme', { ...held, ...changes }, firm.lead.person)
  const missing = [{ fileName: 'x.pdf', sha256: '0'.repeat(64), size: 1 }]
  expect(await hold({ materials: missing })).toMatchObject({ refused: 'material-unknown' })
  expect(await hold({ heldOn: '2026-04-09' })).toMatchObject({ refused: 'briefing-not-yet' })
  expect(await hold({ theirs: [firm.second.person] })).toMatchObject({ refused: 'contact-unknown' })
  const { id: briefing } = must(await hold({}))
  const topic = async (asOf?: string) =>
    must(await firm.customers.get('acme', asOf)).coverage.find((one) => one.heldOn !== null)?.state
  expect(await topic()).toBe('not-acknowledged')
  must(await firm.sign(mori, { act: 'acknowledge-briefing', briefing }))
  expect(await topic()).toBe('understood')
  firm.clock.set('2027-04-02T00:00:00Z')
  expect(await topic()).toBe('overdue')
})

test('the secret of a link is in the mail alone', async () => {
  const firm = await openFirm()
  const acme = await openAcme(firm)
  const mori = await firstContact(firm, acme)
  await nextContact(firm, 'acme', mori)
  await firm.settled()
  const { log } = firm.engine
  const bytes = await log.entries(0, await log.size())
  const entries = bytes.map((one) => new TextDecoder().decode(one)).join('\n')
  const links = firm.mails.flatMap(({ text }) => /invitations\/(\S+)/.exec(text)?.[1] ?? [])
  expect(links.length).toBeGreaterThan(1)
  for (const secret of links) expect(entries).not.toContain(secret)
})
