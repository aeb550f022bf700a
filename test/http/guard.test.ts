import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeScope, getOrganisation } from '../../src/contract/evidence.ts'
import { draftPolicy } from '../../src/contract/people.ts'
import { createToken, getSession, signIn, signInOptions } from '../../src/contract/session.ts'
import { accept, codeOf, openTestSite, type Member, type TestSite } from './test-site.ts'

let site: TestSite
let admin: Member
beforeAll(async () => {
  site = await openTestSite({ limits: { 'set-up': { burst: 30, perSecond: 0.001 } } })
  admin = await site.setUp()
})
afterAll(() => site.close())

const scope = { categories: ['security', 'availability'], reason: 'Customers ask for it' }
const asJson = { 'content-type': 'application/json' }

describe('a request that another site makes a browser send', () => {
  test.each<[string, Record<string, string>]>([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site', { 'sec-fetch-site': 'same-site' }],
    ['of another origin', { origin: 'https://evil.example' }],
    ['of no origin at all', { origin: 'null' }],
  ])('is refused when it is %s, with cookie and token', async (_, headers) => {
    const answer = await admin.fetch(changeScope.path, {
      method: 'PUT',
      body: JSON.stringify(scope),
      headers: { ...asJson, ...headers },
    })
    expect(answer.status).toBe(403)
    expect(codeOf({ body: await answer.json() })).toBe('cross-site')
  })

  test('is refused without the session’s own token, and with that of another session', async () => {
    const other = await site.join(admin, 'security-lead', 'Ben Ito')
    const { csrfToken } = await other.call(getSession, {})
    for (const token of ['', 'x', csrfToken ?? '']) {
      const answer = await admin.fetch(changeScope.path, {
        method: 'PUT',
        body: JSON.stringify(scope),
        headers: { ...asJson, 'x-csrf-token': token },
      })
      expect(answer.status).toBe(403)
      expect(codeOf({ body: await answer.json() })).toBe('csrf-mismatch')
    }
    expect((await admin.call(getOrganisation, {})).categories).toEqual(['security'])
  })

  test('cannot even read, and cannot sign somebody in as another', async () => {
    const read = await admin.fetch('/api/session', { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(read.status).toBe(403)
    const login = await site.browser().fetch(signIn.path, {
      method: 'POST',
      body: '{"credential":{}}',
      headers: { ...asJson, origin: 'https://evil.example' },
    })
    expect(login.status).toBe(403)
  })
})

describe('the name under which it is asked', () => {
  const ask = (host: string, path = '/api/session') =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(site.origin)
      const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.on('error', reject)
      sent.end()
    })

  test('must be its own: a name of somebody else that leads here gets nothing', async () => {
    const { port } = new URL(site.origin)
    expect(await ask(`evil.example:${port}`)).toBe(421)
    expect(await ask('localhost')).toBe(421)
    expect(await ask(`localhost:${port}`)).toBe(200)
    expect(await ask(`127.0.0.1:${port}`)).toBe(200)
    expect(await ask('whatever', '/healthz')).toBe(200)
  })

  test('becomes localhost for pages, because passkeys need a name', async () => {
    const { port } = new URL(site.origin)
    const answer = await fetch(`http://127.0.0.1:${port}/criteria?x=1`, { redirect: 'manual' })
    expect(answer.status).toBe(307)
    expect(answer.headers.get('location')).toBe(`${site.origin}/criteria?x=1`)
  })
})

describe('what is sent', () => {
  test.each<[string, number, string, string | Blob, Record<string, string>]>([
    ['is not JSON', 400, 'json-malformed', '{', asJson],
    ['is not UTF-8', 400, 'json-malformed', new Blob([Uint8Array.of(0x22, 0xff, 0x22)]), asJson],
    [
      'does not say that it is JSON',
      415,
      'media-type-unsupported',
      '{}',
      { 'content-type': 'text/plain' },
    ],
    ['is larger than it may be', 413, 'body-too-large', 'x'.repeat(1_048_577), asJson],
    ['lacks what the route needs', 400, 'input-invalid', '{}', asJson],
    [
      'nests too deep to mean anything',
      400,
      'input-invalid',
      '['.repeat(50_000) + ']'.repeat(50_000),
      asJson,
    ],
  ])('is refused when it %s', async (_, status, code, body, headers) => {
    const answer = await admin.fetch(changeScope.path, { method: 'PUT', body, headers })
    expect(answer.status).toBe(status)
    const problem = await answer.json()
    expect(codeOf({ body: problem })).toBe(code)
    expect(problem).toMatchObject({ message: { ja: expect.any(String), en: expect.any(String) } })
  })

  test('is cut off while it arrives when its length was not said', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const options: RequestInit = { method: 'PUT', body: endless, headers: asJson }
    Object.assign(options, { duplex: 'half' })
    const answer = await admin.fetch(changeScope.path, options).catch((error: unknown) => error)
    // The connection may be closed before the answer is read: either way it was not taken in.
    const taken = answer instanceof Response && answer.status !== 413
    expect(taken).toBe(false)
  })

  test('may not hide behind endless headers', async () => {
    const answer = await admin.fetch('/api/session', { headers: { 'x-long': 'x'.repeat(20_000) } })
    expect(answer.status).toBe(431)
  })

  test('names the wrong field in both languages', async () => {
    const reply = await admin.ask(changeScope, { body: { categories: [], reason: 'r' } })
    expect(reply.body).toMatchObject({
      code: 'input-invalid',
      about: 'body.categories',
      problems: [
        {
          row: null,
          field: 'body.categories',
          code: 'too_small',
          message: { ja: expect.stringMatching(/[ぁ-ん]/), en: expect.stringMatching(/small/i) },
        },
      ],
    })
  })

  test('may not hold a filter that is misspelt or said twice, for then it would not filter', async () => {
    expect(codeOf(await admin.ask(getOrganisation, { query: { asof: '2026-04-01' } }))).toBe(
      'input-invalid',
    )
    const twice = await admin.fetch('/api/organisation?asOf=2026-04-01&asOf=2026-04-02')
    expect(twice.status).toBe(400)
  })

  test('may not ask for a day that is not over', async () => {
    const reply = await admin.ask(getOrganisation, { query: { asOf: '2026-04-09' } })
    expect([reply.status, codeOf(reply)]).toEqual([400, 'day-not-yet'])
  })

  test('gets a refusal of a room as 409, what is unknown as 404, another method as 405', async () => {
    const refused = await admin.ask(changeScope, { body: { categories: ['privacy'], reason: 'r' } })
    expect([refused.status, codeOf(refused)]).toEqual([409, 'scope-without-security'])
    expect(refused.body).toMatchObject({ message: { ja: expect.stringContaining('セキュリティ') } })
    const unknown = await admin.ask(draftPolicy, { params: { policy: 'a/../b' }, body: {} })
    expect(unknown.status).toBe(400)
    const nowhere = await admin.fetch('/api/nowhere')
    expect([nowhere.status, codeOf({ body: await nowhere.json() })]).toEqual([404, 'route-unknown'])
    const method = await admin.fetch('/api/session', { method: 'DELETE' })
    expect([method.status, codeOf({ body: await method.json() })]).toEqual([
      405,
      'method-unsupported',
    ])
  })
})

describe('every answer', () => {
  test.each(['/api/session', '/api/nowhere', '/openapi.json', '/api-docs', '/healthz'])(
    'of %s carries the headers that keep other sites out',
    async (path) => {
      const { headers } = await site.browser().fetch(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  test('that begins a session sets a cookie that scripts and other sites cannot use', async () => {
    const options = await site.browser().call(signInOptions, {})
    const challenge = String(options['challenge'])
    const credential = { ...admin.authenticator.sign(challenge) }
    const answer = await fetch(`${site.origin}${signIn.path}`, {
      method: 'POST',
      headers: asJson,
      body: JSON.stringify({ credential }),
    })
    expect(answer.headers.get('set-cookie')).toMatch(
      /^arinomama=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })
})

describe('a session', () => {
  test('is never one that the browser brought along', async () => {
    const planted = `arinomama=${'A'.repeat(43)}`
    const options = await site.browser().call(signInOptions, {})
    const credential = { ...admin.authenticator.sign(String(options['challenge'])) }
    const answer = await fetch(`${site.origin}${signIn.path}`, {
      method: 'POST',
      headers: { ...asJson, cookie: planted },
      body: JSON.stringify({ credential }),
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).not.toContain(planted)
    const after = await fetch(`${site.origin}/api/session`, { headers: { cookie: planted } })
    expect(await after.json()).toMatchObject({ person: null })
  })

  test('ends after eight idle hours, and after a day however busy', async () => {
    const member = await site.join(admin, 'employee', 'Chie Ota')
    site.clock.advance({ hours: 7 })
    expect((await member.call(getSession, {})).person).not.toBeNull()
    site.clock.advance({ hours: 9 })
    expect((await member.call(getSession, {})).person).toBeNull()
    await member.signIn()
    for (let hours = 0; hours < 24; hours += 6) {
      expect((await member.call(getSession, {})).person).not.toBeNull()
      site.clock.advance({ hours: 6 })
    }
    site.clock.advance({ minutes: 1 })
    expect((await member.call(getSession, {})).person).toBeNull()
    await admin.signIn()
  })
})

describe('a token', () => {
  test('ends on its day, and at once when it is revoked or made up', async () => {
    const { secret } = await admin.call(createToken, {
      body: { name: 'short', scopes: ['criteria.read'], days: 1 },
    })
    const ask = (token: string) =>
      fetch(`${site.origin}/api/criteria`, { headers: { authorization: `Bearer ${token}` } })
    expect((await ask(secret)).status).toBe(200)
    expect((await ask(`${secret}x`)).status).toBe(401)
    expect((await ask('')).status).toBe(401)
    site.clock.advance({ days: 1 })
    expect((await ask(secret)).status).toBe(401)
    await admin.signIn()
  })
})

test('whoever guesses at invitation links is slowed down, and told for how long', async () => {
  const browser = site.browser()
  let reply = await browser.fetch(`/api/invitations/${'A'.repeat(43)}`)
  for (let tries = 0; tries < 60 && reply.status !== 429; tries++) {
    reply = await browser.fetch(`/api/invitations/${'A'.repeat(43)}`)
  }
  expect(reply.status).toBe(429)
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  await expect(accept(site.origin, 'A'.repeat(43), 'per_x')).rejects.toThrow('429')
})
