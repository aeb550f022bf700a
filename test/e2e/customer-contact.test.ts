import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { draftAgreement, getAgreement } from '../../src/contract/agreements.ts'
import {
  describeSystem,
  getCustomer,
  inviteContact,
  registerContract,
  registerCustomer,
} from '../../src/contract/customers.ts'
import { listAccounts } from '../../src/contract/session.ts'
import { catalogue } from '../../src/web/messages/catalogue.ts'
import { linkTo } from '../http/contact.ts'
import { openTestSite, type Member, type TestSite } from '../http/test-site.ts'
import { chromiumPath, expectAccessible, openVisitor, type Visitor } from './browser.ts'

const customer = 'acme'
const email = 'mori@acme.example'
const entitlement = { systems: 'all' as const, risks: ['normal' as const] }

describe.skipIf(chromiumPath === null)('a customer’s contact', () => {
  const words = catalogue.ja
  const t = words.customers
  let site: TestSite
  let lead: Member
  let confirmers: readonly Member[]
  let mori: Visitor

  beforeAll(async () => {
    site = await openTestSite({ pages: true })
    lead = await site.setUp()
    const second = await site.join(lead, 'security-lead', 'Second')
    const third = await site.join(lead, 'security-lead', 'Third')
    await vouch(second, third)
    await vouch(third, second)
    confirmers = [second, third]
    await prepare(lead)
    mori = await openVisitor('ja')
  }, 240_000)
  afterAll(async () => {
    await mori?.close()
    await site?.close()
  })

  const settled = async () => {
    const { links, notices } = site.served.house.rooms.customers
    await links.settled()
    await notices.settled()
  }
  const press = async (name: string) => {
    await mori.page.getByRole('button', { name, exact: true }).first().click()
  }

  test('opens the link that came by mail, makes a passkey, and is told what is missing', async () => {
    const { page } = mori
    await page.goto(await linkTo(lead, email))
    await page.getByText(words.ui.role['customer-contact']).waitFor()
    await expectAccessible(page)
    await press(words.session.invitation.button)
    await page.waitForURL('**/own')
    await page.getByText(t.own.kinds['key-not-on-roster']).waitFor()
    await expectAccessible(page)
    expect(await page.getByText(/^SHA256:/).count()).toBeGreaterThan(0)
  })

  test('counts when two of the provider have held the fingerprint against the contract', async () => {
    const { page } = mori
    const fingerprint = (
      await page
        .getByText(/^SHA256:/)
        .first()
        .innerText()
    ).trim()
    const { contracts, contacts } = await lead.call(getCustomer, { params: { customer } })
    const contract = contracts[0]?.id ?? ''
    const person = contacts[0]?.person.id ?? ''
    for (const confirmer of confirmers) {
      const act = { act: 'confirm-contract-key', customer, person, fingerprint, contract } as const
      expect((await confirmer.sign(act)).status).toBe(200)
    }
    await page.goto(`${site.origin}/own?tab=contacts`)
    await page.getByText(t.contacts.states['on-roster']).first().waitFor()
    await expectAccessible(page)
  })

  test('sees all of an agreement and signs exactly that with the passkey', async () => {
    const { page } = mori
    const agreement = await draft(lead)
    await page.goto(`${site.origin}/own`)
    await page.getByRole('link', { name: t.own.kinds['sign-agreement'] }).click()
    await page.getByText('systemctl restart app').waitFor()
    await expectAccessible(page)
    await press(t.agreements.sign)
    await page.getByRole('button', { name: words.ui.sign.sign, exact: true }).click()
    await page.getByText(words.ui.sign.done).first().waitFor()
    const { state, versions } = await lead.call(getAgreement, { params: { agreement } })
    expect([state, versions[0]?.decidedBy?.name]).toEqual(['active', 'Mori'])
  })

  test('is looked after on pages that everybody can use', async () => {
    const { agreements } = await lead.call(getCustomer, { params: { customer } })
    const staff = await openVisitor('en')
    const [name = '', value = ''] = lead.cookie()?.split('=') ?? []
    await staff.page.context().addCookies([{ name, value, url: site.origin }])
    for (const path of [
      '/customers',
      '/customers/new',
      '/customers/acme',
      '/customers/acme?tab=systems',
      '/customers/acme?tab=agreements',
      '/customers/acme?tab=briefings',
      '/customers/acme?tab=contracts',
      '/customers/acme/systems/billing.acme',
      '/customers/acme/contacts/new',
      '/customers/acme/contracts/new',
      '/customers/acme/briefings/new',
      '/customers/acme/agreements/new',
      `/agreements/${agreements[0]?.id}`,
      `/agreements/${agreements[0]?.id}/edit`,
      '/settings/outbox',
    ]) {
      await staff.page.goto(`${site.origin}${path}`)
      await staff.page.getByRole('heading', { level: 1 }).first().waitFor()
      await expectAccessible(staff.page)
    }
    expect(staff.faults).toEqual([])
    await staff.close()
  }, 240_000)

  test('comes back by a link, once, and finds no other page than the own company’s', async () => {
    const { page } = mori
    await page.context().clearCookies()
    await page.goto(`${site.origin}/sign-in`)
    await page.getByRole('link', { name: t.own.link.contact }).click()
    await page.getByLabel(t.own.link.email).fill(email)
    await expectAccessible(page)
    await press(t.own.link.send)
    await page.getByText(t.own.link.sent).waitFor()
    await settled()
    const link = await linkTo(lead, email)
    await page.goto(link)
    await press(t.own.link.use)
    await page.waitForURL('**/own')
    await page.goto(`${site.origin}/customers`)
    await page.waitForURL('**/own')
    await page.getByText(t.own.asked).first().waitFor()
    expect(mori.faults).toEqual([])
  })
})

async function vouch(by: Member, whom: Member): Promise<void> {
  const accounts = await by.call(listAccounts, {})
  const account = accounts.find(({ person }) => person.id === whom.person)
  const fingerprint = account?.passkey?.fingerprint ?? ''
  await by.sign({ act: 'confirm-passkey', person: whom.person, fingerprint })
}

async function prepare(lead: Member): Promise<void> {
  const name = { ja: '見本商事', en: 'Acme' }
  await lead.call(registerCustomer, { body: { customer, name, since: '2025-04-01' } })
  await lead.call(describeSystem, {
    params: { customer, system: 'billing.acme' },
    body: {
      version: 0,
      document: {
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
      },
    },
  })
  await lead.call(registerContract, {
    params: { customer },
    query: { title: '契約書', fileName: 'contract.pdf', signedOn: '2025-03-20' },
    body: new TextEncoder().encode('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
  })
  const body = { name: 'Mori', email, language: 'ja', entitlement } as const
  await lead.call(inviteContact, { params: { customer }, body })
}

async function draft(lead: Member): Promise<string> {
  const { id } = await lead.call(draftAgreement, {
    params: { customer },
    body: {
      version: 0,
      runbook: '# 再起動\n\n`systemctl restart app`',
      document: {
        title: { ja: '再起動', en: 'Restart' },
        systems: ['billing.acme'],
        hosts: ['db1.acme'],
        risk: 'normal',
        parameters: [],
        trigger: { kind: 'monitor', source: 'zabbix' },
        runLimit: { runs: 3, days: 30 },
        expires: '2027-03-31',
      },
    },
  })
  return id
}
