import { z } from 'zod'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { hashOf, newSecret } from '../access/secrets.ts'
import { signInMail } from './mail-texts.ts'
import { organisationName } from './notices.ts'
import { customerOfContact, type CustomersParts } from './parts.ts'

/** So long a link to sign in is good. */
export const linkMinutes = 15
/** Requests that wait to be looked at; more are dropped, for each is answered alike anyway. */
const waitingMax = 1_000

export type SignInLinks = {
  /** Answers at once and always alike; whether the address is known shows in nobody's answer. */
  readonly request: (email: string) => void
  /** Once, in its time: the session's secret. */
  readonly use: (token: string) => Promise<{ seq: number | null; secret: string } | Refused>
  readonly settled: () => Promise<void>
}

export function openSignInLinks(
  parts: CustomersParts,
  onError: (where: string, error: unknown) => void,
): SignInLinks {
  let waiting = 0
  let line: Promise<void> = Promise.resolve()
  return {
    request(email) {
      if (waiting >= waitingMax) return
      waiting += 1
      // One after the other, so that nobody can make the server busy by asking.
      line = line
        .then(() => send(parts, email))
        .catch((error: unknown) => {
          onError('sign-in links', error)
        })
        .finally(() => {
          waiting -= 1
        })
    },
    use: (token) => useLink(parts, token),
    settled: () => line,
  }
}

async function send(parts: CustomersParts, email: string): Promise<void> {
  const { engine, room, access, mailer, origin } = parts
  const { accounts } = await access.room.state('access')
  const account = [...accounts.values()].find(
    (one) =>
      one.role === 'customer-contact' &&
      one.state === 'active' &&
      one.email?.toLowerCase() === email.toLowerCase(),
  )
  if (account?.email === undefined || account.email === null) return
  const state = await customerOfContact(parts, account.person)
  if (state === null) return
  const secret = newSecret()
  const expiresAt = new Date(Date.parse(engine.now()) + linkMinutes * 60_000).toISOString()
  const { customer } = state
  const { person } = account
  const sent = await room.handle(
    { type: 'send-link', customer, person, link: hashOf(secret), expiresAt },
    { by: 'system:customers' },
  )
  if (isRefused(sent)) return
  const views = await engine.views()
  const [row] = await views.rows(
    z.object({ language: z.enum(['ja', 'en']) }),
    'select language from accounts where person = $1',
    [person],
  )
  const language = row?.language ?? 'ja'
  const organisation = (await organisationName(views))[language]
  const link = `${origin}/sign-in/link/${secret}`
  const to = { email: account.email, language, organisation, link, minutes: linkMinutes }
  await mailer.send(signInMail(to))
}

async function useLink({ engine, room, access }: CustomersParts, token: string) {
  const link = hashOf(token)
  const [row] = await (
    await engine.views()
  ).rows(
    z.object({ customer: z.string() }),
    'select customer from customer_sign_in_links where link = $1',
    [link],
  )
  if (row === undefined) return refuse('link-invalid')
  const { customer } = row
  const state = await room.state(`customers:${customer}`)
  const person = state.state === 'absent' ? undefined : state.links.get(link)?.person
  if (person === undefined) return refuse('link-invalid')
  const done = await room.handle({ type: 'use-link', customer, link }, { by: person })
  if (isRefused(done)) return refuse('link-invalid')
  const secret = await access.guestSession(person)
  return secret === null ? refuse('link-invalid') : { seq: done.last, secret }
}
