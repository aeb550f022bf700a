import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiCommands } from '../../src/cli/api-commands.ts'
import type { Parts } from '../../src/contract/client.ts'
import type { Route } from '../../src/contract/route.ts'
import { routes } from '../../src/contract/routes.ts'
import { createToken, signOut } from '../../src/contract/session.ts'
import {
  houseRoles,
  may,
  permissions,
  roles,
  type Role,
} from '../../src/domain/access/permission.ts'
import { joinAsContact } from './contact.ts'
import { codeOf, openTestSite, type Member, type TestSite } from './test-site.ts'

let site: TestSite
const members = new Map<Role, Member>()
beforeAll(async () => {
  site = await openTestSite()
  const administrator = await site.setUp()
  members.set('administrator', administrator)
  for (const role of houseRoles) {
    if (role === 'administrator') continue
    members.set(role, await site.join(administrator, role, `Member ${role}`))
  }
  members.set('customer-contact', await joinAsContact(site, administrator, 'acme', 'Mori'))
})
afterAll(() => site.close())

/** Well-formed ids of things that are not there; every body is wrong, so that nothing happens. */
const placeholders: Readonly<Record<string, string>> = {
  person: 'per_00000000000000000000000000',
  token: 'A'.repeat(43),
  seq: '999999',
  criterion: 'CC1.1',
  control: 'AC-08',
  check: 'access-passkey',
  exception: 'exc_00000000000000000000000000',
  evidence: 'evd_00000000000000000000000000',
  source: 'src_00000000000000000000000000',
  host: '0'.repeat(32),
  service: 'svc_00000000000000000000000000',
  account: '0'.repeat(32),
  run: 'run_00000000000000000000000000',
  policy: 'no-such-policy',
  course: 'no-such-course',
  digest: '0'.repeat(64),
  block: 'no-such-block',
  customer: 'no-such',
  system: 'none.no-such',
  contract: 'con_00000000000000000000000000',
  agreement: 'agr_00000000000000000000000000',
  credential: 'AAAA',
}

const harmless = routes.filter((route) => route !== signOut)

test.each(roles)(
  '%s reaches exactly the routes that the table of permissions grants',
  async (role) => {
    const member = members.get(role)
    if (member === undefined) throw new Error(role)
    const wrong: string[] = []
    for (const route of harmless) {
      const reply = await member.ask(route, wrongInput(route))
      const refused = reply.status === 403 && codeOf(reply) === 'forbidden'
      if (reply.status === 401 || refused === may(role, route.permission)) {
        wrong.push(`${route.id} (${route.permission}) answered ${reply.status} ${codeOf(reply)}`)
      }
    }
    expect(wrong).toEqual([])
  },
)

test('nobody who is not signed in reaches more than the public routes', async () => {
  const open: string[] = []
  for (const route of routes) {
    const { status } = await site.browser().ask(route, wrongInput(route))
    if (status !== 401) open.push(route.id)
  }
  expect(open).toEqual(
    routes.filter((route) => route.permission === 'public').map((route) => route.id),
  )
  expect(open).toMatchInlineSnapshot(`
    [
      "getSession",
      "setUpOptions",
      "setUp",
      "signInOptions",
      "signIn",
      "getInvitation",
      "acceptInvitation",
      "requestSignInLink",
      "useSignInLink",
    ]
  `)
})

test('a token reaches what its scopes say and what anybody may read, never more', async () => {
  const member = members.get('security-lead')
  if (member === undefined) throw new Error('security-lead')
  const { secret } = await member.call(createToken, {
    body: { name: 'reader', scopes: ['criteria.read'], days: 30 },
  })
  const reached: string[] = []
  for (const route of harmless) {
    if (route.permission === 'public') continue
    const reply = await askWithToken(route, secret)
    if (reply.status !== 401 && reply.status !== 403) reached.push(route.id)
  }
  const expected = harmless.filter(
    ({ permission, method }) =>
      permission === 'criteria.read' || (permission === 'signed-in' && method === 'get'),
  )
  expect(reached).toEqual(expected.map((route) => route.id))
})

test('every route names a permission, and every permission guards a route', () => {
  const named = new Set(routes.map((route) => route.permission))
  expect(permissions.filter((permission) => !named.has(permission))).toEqual([
    'accounts.confirm',
    'exceptions.accept',
    'policies.approve',
    'evidence.inspect',
    'assertion.sign',
    'customers.confirm',
  ])
})

test('every command of the command line stands on routes, and so on their permissions', () => {
  const table = apiCommands.map((command) => {
    const allowed = roles.filter((role) =>
      command.routes.every((route) => may(role, route.permission)),
    )
    return `${command.name}: ${allowed.join(', ')}`
  })
  expect(table).toMatchInlineSnapshot(`
    [
      "status: administrator, security-lead, control-owner, auditor, read-only",
      "observe: administrator, security-lead",
      "import people: administrator, security-lead",
      "import training: administrator, security-lead",
      "accounts add-domain: administrator, security-lead",
      "accounts add-list: administrator, security-lead",
      "accounts observe: administrator, security-lead",
      "accounts import: administrator, security-lead",
      "check: administrator, security-lead, control-owner",
      "exceptions: administrator, security-lead, control-owner, auditor, read-only",
      "evidence upload: administrator, security-lead, control-owner",
      "report type1: administrator, security-lead, auditor",
      "signature export: administrator, security-lead, control-owner, auditor, read-only",
    ]
  `)
})

async function askWithToken(route: Route, secret: string) {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => placeholders[name] ?? '')
  return site.browser().fetch(path, {
    method: route.method.toUpperCase(),
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    ...(route.method === 'get' ? {} : { body: '{}' }),
  })
}

function wrongInput(route: Route): Parts {
  const params = Object.fromEntries(
    Object.keys(route.params?.shape ?? {}).map((name) => [name, placeholders[name]]),
  )
  if (route.body === undefined) return { params }
  return 'bytes' in route.body ? { params, body: new Uint8Array(3) } : { params, body: 'wrong' }
}
