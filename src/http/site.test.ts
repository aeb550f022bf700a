import { expect, test } from 'vitest'
import { clientAddress, sessionCookie, sessionSecret, type Site } from './site.ts'

const here: Site = { origin: 'http://localhost:8420', hosts: [], proxies: 0 }
const behind: Site = { origin: 'https://soc2.example.com', hosts: [], proxies: 2 }
const secret = 'S'.repeat(43)

test('an address that a client claims counts only as far as our own proxies vouch for it', () => {
  const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' })
  expect(clientAddress(headers, '127.0.0.1', here)).toBe('127.0.0.1')
  expect(clientAddress(headers, '10.0.0.1', behind)).toBe('203.0.113.9')
  expect(clientAddress(new Headers(), '10.0.0.1', behind)).toBe('10.0.0.1')
})

test('over https the cookie is bound to this very host', () => {
  expect(sessionCookie(behind, secret)).toBe(
    `__Host-arinomama=${secret}; Path=/; HttpOnly; SameSite=Strict; Secure`,
  )
  expect(sessionCookie(here, null)).toBe('arinomama=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
})

test('two cookies of that name are none: one of them was planted', () => {
  const read = (cookie: string) => sessionSecret(new Headers({ cookie }), here)
  expect(read(`theme=dark; arinomama=${secret}`)).toBe(secret)
  expect(read(`arinomama=${secret}; arinomama=${'T'.repeat(43)}`)).toBeNull()
  expect(read('arinomama=short')).toBeNull()
  expect(read(`xarinomama=${secret}`)).toBeNull()
})
