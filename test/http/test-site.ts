import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { createTestDatabase, testClock } from '../../src/app/testing.ts'
import { addressOf, type Parts } from '../../src/contract/client.ts'
import type { Input, Output, Route } from '../../src/contract/route.ts'
import * as session from '../../src/contract/session.ts'
import { createAuthenticator, type Authenticator } from '../../src/demo/authenticator.ts'
import { standardLimits, type Limit, type LimitName } from '../../src/http/rate-limit.ts'
import { serve, type Served } from '../../src/main/serve.ts'
import { readSettings } from '../../src/main/settings.ts'
import type { houseRoles } from '../../src/domain/access/permission.ts'

/** The whole program on a real port and a real PostgreSQL, with a clock that the test moves. */
type HouseRole = (typeof houseRoles)[number]
export type TestSite = {
  readonly served: Served
  readonly origin: string
  readonly clock: ReturnType<typeof testClock>
  /** For those who look behind the program, or do what an insider would. */
  readonly database: ClientConfig
  readonly dataFolder: string
  /** A browser in which nobody is signed in. */
  readonly browser: () => TestBrowser
  /** Sets the organisation up; the browser of its first administrator. */
  readonly setUp: () => Promise<Member>
  /** Invites a person and enrols a passkey for them; signed in, unless the passkey is held. */
  readonly join: (inviter: Member, role: HouseRole, name: string) => Promise<Member>
  readonly close: () => Promise<void>
}

export type Member = TestBrowser & {
  readonly person: string
  readonly authenticator: Authenticator
  readonly signIn: (authenticator?: Authenticator) => Promise<Reply>
  /** Prepares, signs and hands in an act. */
  readonly sign: (act: session.Act, authenticator?: Authenticator) => Promise<Reply>
}

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

export type TestBrowser = {
  /** Calls a route and expects its answer. */
  call<const R extends Route>(route: R, input: Input<R>): Promise<Output<R>>
  /** The same without expecting success. */
  readonly ask: (route: Route, input: Parts) => Promise<Reply>
  /** A bare request with this browser's cookie and token. */
  readonly fetch: (path: string, options?: RequestInit) => Promise<Response>
  readonly cookie: () => string | null
}

const wide: Limit = { burst: 100_000, perSecond: 100_000 }

export async function openTestSite(
  options: {
    readonly limits?: Partial<Record<LimitName, Limit>>
    /** Further settings, as in the environment. */
    readonly environment?: Readonly<Record<string, string>>
    /** Serves the pages too. */
    readonly pages?: boolean
  } = {},
): Promise<TestSite> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'arinomama-site-'))
  const connecting = await createTestDatabase()
  const clock = testClock('2026-04-01T00:00:00Z')
  const unlimited = Object.fromEntries(Object.keys(standardLimits).map((name) => [name, wide]))
  const served = await serve({
    settings: readSettings({ ARINOMAMA_DATA: dataFolder, PORT: '0', ...options.environment }),
    say: () => undefined,
    apiOnly: options.pages !== true,
    clock,
    openDatabase: () =>
      Promise.resolve({ connecting, embedded: null, close: () => Promise.resolve() }),
    limits: { ...standardLimits, ...unlimited, ...options.limits },
  })
  const { origin } = served
  const browser = () => openBrowser(origin)
  return {
    served,
    origin,
    clock,
    database: connecting,
    dataFolder,
    browser,
    setUp: () => setUp(served, browser()),
    join: (inviter, role, name) => joinAs(origin, inviter, role, name),
    async close() {
      await served.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

function openBrowser(origin: string): TestBrowser {
  let cookie: string | null = null
  let csrfToken: string | null = null
  const request = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (cookie !== null && !headers.has('cookie')) headers.set('cookie', cookie)
    const changes = init.method !== undefined && init.method !== 'GET'
    if (changes && csrfToken !== null && !headers.has('x-csrf-token')) {
      headers.set('x-csrf-token', csrfToken)
    }
    const answer = await fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers })
    const set = answer.headers.get('set-cookie')
    if (set !== null) {
      cookie = /Max-Age=0/.test(set) ? null : (set.split(';')[0] ?? null)
      csrfToken = null
      if (cookie !== null) {
        const session = await fetch(`${origin}/api/session`, { headers: { cookie } })
        const said: unknown = await session.json()
        csrfToken = String(Reflect.get(Object(said), 'csrfToken'))
      }
    }
    return answer
  }
  const ask = async (route: Route, input: Parts): Promise<Reply> => {
    const bytes = input.body instanceof Uint8Array ? new Uint8Array(input.body) : null
    const body = bytes === null ? JSON.stringify(input.body) : new Blob([bytes])
    const answer = await request(addressOf(route, input), {
      method: route.method.toUpperCase(),
      ...(input.body === undefined ? {} : { body }),
      headers:
        bytes !== null || input.body === undefined ? {} : { 'content-type': 'application/json' },
    })
    const said: unknown = await answer.json().catch(() => null)
    return { status: answer.status, headers: answer.headers, body: said }
  }
  const typed = new Caller(ask)
  return {
    ask,
    call: (route, input) => typed.call(route, input),
    fetch: request,
    cookie: () => cookie,
  }
}

/** Types the untyped: the answer is parsed by the route's own schema. */
class Caller {
  readonly #ask: TestBrowser['ask']

  constructor(ask: TestBrowser['ask']) {
    this.#ask = ask
  }

  call<const R extends Route>(route: R, input: Input<R>): Promise<Output<R>>
  async call(route: Route, input: Parts): Promise<unknown> {
    const { status, body } = await this.#ask(route, input)
    if (status !== 200) throw new Error(`${route.id}: ${status} ${JSON.stringify(body)}`)
    return route.response === 'bytes' ? body : route.response.parse(body)
  }
}

let seeds = 0
export function newAuthenticator(origin: string, person: string): Authenticator {
  const seed = new TextEncoder().encode(`test authenticator ${seeds++}`)
  return createAuthenticator({ seed, person, rpId: new URL(origin).hostname, origin })
}

const challengeOf = (options: unknown) => String(Reflect.get(Object(options), 'challenge'))
const plain = (credential: object) => ({ ...credential })

async function setUp(served: Served, browser: TestBrowser): Promise<Member> {
  const token = served.setUpLink?.split('=')[1] ?? ''
  const administrator = { name: 'Aoi Sato', email: 'aoi@example.com' }
  const options = await browser.call(session.setUpOptions, { body: { token, ...administrator } })
  const authenticator = newAuthenticator(served.origin, 'first')
  await browser.call(session.setUp, {
    body: {
      token,
      organisation: { name: { ja: '見本', en: 'Sample' }, timeZone: 'Asia/Tokyo' },
      categories: ['security'],
      administrator,
      credential: plain(authenticator.register(challengeOf(options))),
    },
  })
  const { person } = await browser.call(session.getSession, {})
  return member(browser, person?.id ?? '', authenticator)
}

async function joinAs(origin: string, inviter: Member, role: HouseRole, name: string) {
  const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.com`
  const invited = await inviter.call(session.invite, {
    body: { name, email, role, language: 'en' },
  })
  const token = invited.link.split('/').at(-1) ?? ''
  return accept(origin, token, invited.person)
}

/** The stable code of a problem. */
export function codeOf(reply: { readonly body: unknown }): string {
  return String(Reflect.get(Object(reply.body), 'code'))
}

/** Opens an invitation link in a browser of its own and enrols a new passkey with it. */
export async function accept(origin: string, token: string, person: string): Promise<Member> {
  const browser = openBrowser(origin)
  const { options } = await browser.call(session.getInvitation, { params: { token } })
  const authenticator = newAuthenticator(origin, person)
  const credential = plain(authenticator.register(challengeOf(options)))
  await browser.call(session.acceptInvitation, { params: { token }, body: { credential } })
  return member(browser, person, authenticator)
}

function member(browser: TestBrowser, person: string, authenticator: Authenticator): Member {
  return {
    ...browser,
    person,
    authenticator,
    async signIn(own = authenticator) {
      const options = await browser.call(session.signInOptions, {})
      const credential = plain(own.sign(challengeOf(options)))
      return browser.ask(session.signIn, { body: { credential } })
    },
    async sign(act, own = authenticator) {
      const prepared = await browser.ask(session.prepareSignature, { body: act })
      if (prepared.status !== 200) return prepared
      const { statement, options } = session.prepareSignature.response.parse(prepared.body)
      const { response } = own.sign(challengeOf(options))
      const { authenticatorData, clientDataJSON, signature } = response
      const { credentialId } = own
      return browser.ask(session.submitSignature, {
        body: { statement, credentialId, authenticatorData, clientDataJSON, signature },
      })
    },
  }
}
