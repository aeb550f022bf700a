import { createAuthenticator } from '../src/demo/authenticator.ts'
import { challengeIn, mailDomain } from '../src/demo/cast.ts'
import { must } from '../src/demo/stage.ts'
import type { Served } from '../src/main/serve.ts'

export type Session = { readonly origin: string; readonly cookie: string }

const reads = [
  '/api/session',
  '/api/criteria',
  '/api/controls',
  '/api/checks',
  '/api/exceptions?state=open',
  '/api/people',
  '/api/hosts',
  '/api/policies',
  '/api/tasks',
  '/api/entries',
] as const

const timesEach = 40

/** A further security lead comes in by invitation, with a passkey made here. */
export async function signInAsSecurityLead({ house, origin }: Served): Promise<Session> {
  const { access } = house.rooms
  const accounts = await access.accounts.list('')
  const host = accounts.find(({ role, state }) => role === 'administrator' && state === 'active')
  if (host === undefined) throw new Error('the story has no administrator')
  const email = `bench@${mailDomain}`
  const asked = { name: 'Bench', email, role: 'security-lead', language: 'en' } as const
  const { link } = must(await access.accounts.invite(asked, host.person.id))
  const token = link.slice(link.lastIndexOf('/') + 1)
  const { options, person } = must(await access.doors.invitation(token))
  const passkey = createAuthenticator({
    seed: new TextEncoder().encode('bench'),
    person,
    rpId: new URL(origin).hostname,
    origin,
  })
  const answer = await fetch(`${origin}/api/invitations/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ credential: passkey.register(challengeIn(options)) }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`not signed in: ${answer.status}`)
  return { origin, cookie }
}

/** Each read over HTTP, again and again, one at a time; the 95th percentile in milliseconds. */
export async function busiestReads({ origin, cookie }: Session) {
  const measured = []
  for (const path of reads) {
    const times = []
    for (let round = 0; round < timesEach; round++) {
      const startedAt = performance.now()
      const answer = await fetch(`${origin}${path}`, { headers: { cookie } })
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      times.push(performance.now() - startedAt)
    }
    times.sort((a, b) => a - b)
    measured.push({ name: path, p95Ms: times[Math.ceil(timesEach * 0.95) - 1] ?? 0 })
  }
  return measured
}
