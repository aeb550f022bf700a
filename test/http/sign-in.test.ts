import { afterAll, beforeAll, expect, test } from 'vitest'
import { getSession, signOut } from '../../src/contract/session.ts'
import { openTestSite, type Member, type TestSite } from './test-site.ts'

let site: TestSite
let admin: Member
beforeAll(async () => {
  site = await openTestSite()
  admin = await site.setUp()
})
afterAll(() => site.close())

test('set-up makes the organisation, its first administrator and a session', async () => {
  const session = await admin.call(getSession, {})
  expect(session).toMatchObject({
    setUp: true,
    person: { id: admin.person, name: 'Aoi Sato', email: 'aoi@example.com', role: 'administrator' },
    organisation: { name: { ja: '見本', en: 'Sample' } },
    today: '2026-04-01',
    firstDay: '2026-04-01',
    notices: [],
  })
})

test('somebody who signs out is nobody, and comes back with the passkey', async () => {
  await admin.call(signOut, {})
  expect((await admin.call(getSession, {})).person).toBeNull()
  expect((await admin.signIn()).status).toBe(200)
  expect((await admin.call(getSession, {})).person?.id).toBe(admin.person)
})
