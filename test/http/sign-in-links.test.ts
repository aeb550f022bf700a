import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeContact } from '../../src/contract/customers.ts'
import { listOutbox, requestSignInLink, useSignInLink } from '../../src/contract/mail.ts'
import { getOwnCustomer } from '../../src/contract/own-customer.ts'
import { getSession } from '../../src/contract/session.ts'
import { linkMinutes } from '../../src/app/customers/links.ts'
import { joinAsContact, linkTo } from './contact.ts'
import { codeOf, openTestSite, type Member, type TestSite } from './test-site.ts'

let site: TestSite
let administrator: Member
let mori: Member
beforeAll(async () => {
  site = await openTestSite()
  administrator = await site.setUp()
  mori = await joinAsContact(site, administrator, 'acme', 'Mori')
})
afterAll(() => site.close())

const address = 'mori@acme.example'

async function asked(email = address): Promise<string> {
  await site.browser().call(requestSignInLink, { body: { email } })
  await site.served.house.rooms.customers.links.settled()
  const link = await linkTo(administrator, address)
  return link.slice(link.lastIndexOf('/') + 1)
}

async function used(token: string) {
  const browser = site.browser()
  const reply = await browser.ask(useSignInLink, { params: { token } })
  return { browser, reply }
}

test('a link opens the own company’s pages and nothing else, once', async () => {
  site.clock.advance({ hours: 2 })
  const token = await asked()
  const { browser, reply } = await used(token)
  expect(reply.status).toBe(200)
  expect((await browser.call(getOwnCustomer, {})).id).toBe('acme')
  const { person, permissions, organisation } = await browser.call(getSession, {})
  expect(person?.id).toBe(mori.person)
  expect(permissions).toEqual(['customer.own'])
  expect(organisation?.name.en).toBe('Sample')
  const again = await used(token)
  expect([again.reply.status, codeOf(again.reply)]).toEqual([409, 'link-invalid'])
  expect(again.browser.cookie()).toBeNull()
})

test('a forged link, one that is late, and one of a contact who has left are refused alike', async () => {
  site.clock.advance({ hours: 2 })
  const late = await asked()
  site.clock.advance({ minutes: linkMinutes })
  const refusals = [await used('A'.repeat(43)), await used(late)]
  const eve = await joinAsContact(site, administrator, 'acme', 'Eve')
  await site.browser().call(requestSignInLink, { body: { email: 'eve@acme.example' } })
  await site.served.house.rooms.customers.links.settled()
  const link = await linkTo(administrator, 'eve@acme.example')
  const params = { customer: 'acme', person: eve.person }
  await administrator.call(removeContact, { params, body: { why: 'left' } })
  refusals.push(await used(link.slice(link.lastIndexOf('/') + 1)))
  expect(refusals.map(({ reply }) => codeOf(reply))).toEqual(Array(3).fill('link-invalid'))
  // Sessions that were open are over at once.
  expect((await eve.ask(getOwnCustomer, {})).status).toBe(401)
})

test('whether an address is known shows in no answer, and only contacts are sent a link', async () => {
  site.clock.advance({ hours: 2 })
  const { messages: before } = await administrator.call(listOutbox, {})
  const answers = []
  for (const email of ['nobody@else.example', 'aoi@example.com', address]) {
    const reply = await site.browser().ask(requestSignInLink, { body: { email } })
    answers.push([reply.status, reply.body])
  }
  for (const answer of answers) expect(answer).toEqual([200, { asked: true }])
  await site.served.house.rooms.customers.links.settled()
  const { messages: after } = await administrator.call(listOutbox, {})
  expect(after.length - before.length).toBe(1)
  expect(after[0]?.to).toBe(address)
})

test('more than five links an hour are not sent, and the answer stays the same', async () => {
  site.clock.advance({ hours: 2 })
  const { messages: before } = await administrator.call(listOutbox, {})
  for (let time = 0; time < 8; time++) await asked()
  const { messages: after } = await administrator.call(listOutbox, {})
  expect(after.length - before.length).toBe(5)
})

test('one client is slowed down when it asks again and again', async () => {
  const slow = await openTestSite({ limits: { 'sign-in': { burst: 3, perSecond: 0.01 } } })
  try {
    const statuses = []
    for (let time = 0; time < 5; time++) {
      const body = { email: 'somebody@else.example' }
      statuses.push((await slow.browser().ask(requestSignInLink, { body })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  } finally {
    await slow.close()
  }
})
