import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { setUp, setUpOptions } from '../../src/contract/session.ts'
import { newAuthenticator, openTestSite, type TestSite } from './test-site.ts'

const origin = 'https://soc2.example.com'
let site: TestSite
let port: number
beforeAll(async () => {
  const free = 20_000 + (process.pid % 20_000)
  port = free
  site = await openTestSite({ environment: { ARINOMAMA_ORIGIN: origin, PORT: String(free) } })
})
afterAll(() => site.close())

type Answer = { status: number | undefined; cookie: string; hsts: unknown; body: unknown }

/** As a proxy with TLS hands it on: the name that the browser asked for, over plain http. */
function ask(path: string, body: unknown): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const headers = { host: 'soc2.example.com', origin, 'content-type': 'application/json' }
  const sent = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (answer) => {
    let text = ''
    answer.on('data', (chunk) => (text += String(chunk)))
    answer.on('end', () => {
      resolve({
        status: answer.statusCode,
        cookie: answer.headers['set-cookie']?.[0] ?? '',
        hsts: answer.headers['strict-transport-security'],
        body: JSON.parse(text),
      })
    })
  })
  sent.on('error', reject)
  sent.end(JSON.stringify(body))
  return promise
}

test('behind a proxy with TLS, set-up makes a passkey for that name and a cookie for that host', async () => {
  const token = site.served.setUpLink?.split('=')[1] ?? ''
  expect(site.served.setUpLink).toContain(`${origin}/set-up?token=`)
  const administrator = { name: 'Aoi Sato', email: 'aoi@example.com' }
  const options = await ask(setUpOptions.path, { token, ...administrator })
  const { challenge, rp } = z
    .looseObject({ challenge: z.string(), rp: z.looseObject({ id: z.string() }) })
    .parse(options.body)
  expect(rp.id).toBe('soc2.example.com')
  const credential = newAuthenticator(origin, 'first').register(challenge)
  const organisation = { name: { ja: '見本', en: 'Sample' }, timeZone: 'Asia/Tokyo' }
  const categories = ['security']
  const done = await ask(setUp.path, { token, organisation, categories, administrator, credential })
  expect(done.status).toBe(200)
  expect(done.cookie).toMatch(
    /^__Host-arinomama=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  )
  expect(done.hsts).toBe('max-age=31536000; includeSubDomains')
  const again = await ask(setUpOptions.path, { token, ...administrator })
  expect(again.body).toMatchObject({ code: 'set-up-link-invalid' })
})
