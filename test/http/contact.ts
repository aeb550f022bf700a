import { inviteContact, registerCustomer } from '../../src/contract/customers.ts'
import { listOutbox } from '../../src/contract/mail.ts'
import { accept, type Member, type TestSite } from './test-site.ts'

/** A customer's contact, who opens the link that came by mail and makes a passkey. */
export async function joinAsContact(
  site: TestSite,
  inviter: Member,
  customer: string,
  name: string,
): Promise<Member> {
  const called = { ja: '見本商事', en: 'Acme' }
  await inviter.ask(registerCustomer, { body: { customer, name: called, since: '2025-04-01' } })
  const email = `${name.toLowerCase()}@${customer}.example`
  const { person } = await inviter.call(inviteContact, {
    params: { customer },
    body: {
      name,
      email,
      language: 'en',
      entitlement: { systems: 'all', risks: ['normal', 'destructive'] },
    },
  })
  const link = await linkTo(inviter, email)
  return accept(site.origin, link.slice(link.lastIndexOf('/') + 1), person)
}

/** The newest link that was sent to an address, from the outbox. */
export async function linkTo(administrator: Member, email: string): Promise<string> {
  const { messages } = await administrator.call(listOutbox, {})
  const links = messages
    .filter(({ to }) => to === email)
    .map(({ text }) => /https?:\/\/\S+\/(?:invitations|sign-in\/link)\/\S+/.exec(text ?? '')?.[0])
  const link = links.find((one) => one !== undefined)
  if (link === undefined) throw new Error(`there is no link to ${email}`)
  return link
}
