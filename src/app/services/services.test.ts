import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { servicesChecks } from '../../domain/services/checks.ts'
import type { Details } from '../../domain/services/events.ts'
import { account, addList, group, openTestDirectory, seen } from '../directory/testing.ts'
import { evidenceRoom } from '../evidence/room.ts'
import { evidenceProjections } from '../evidence/views.ts'
import { importList, judged, list, numbered } from '../people/testing.ts'
import { expectRebuildEqual } from '../testing.ts'
import { openServices } from './open.ts'
import { servicesProjections } from './views.ts'

const admin = 'per_00000000000000000000000001'
const by = { by: 'system:observer' }

async function opened() {
  const more = [...evidenceProjections, ...servicesProjections]
  const house = await openTestDirectory('2026-04-03T00:00:00.000Z', more)
  const { engine, blobs } = house
  const evidence = engine.open(evidenceRoom)
  const services = openServices(engine, { blobs, checks: servicesChecks })
  await importList(house, list('E1,青木 一,aoki@example.jp,営業部,部長,,2020-04-01,'))
  const owner = (await numbered(engine)).get('E1') ?? ''
  const check = (id: string, asOf?: string) => judged(engine, servicesChecks, id, asOf)
  const proof = 'evd_00000000000000000000000001'
  const label = new TextEncoder().encode(JSON.stringify({ title: 'SSO', fileName: 'sso.txt' }))
  const submitted = await evidence.handle(
    {
      type: 'submit',
      document: {
        evidence: proof,
        labelSha256: await blobs.put(label),
        mediaType: 'text/plain',
        sha256: await blobs.put(new TextEncoder().encode('SSO')),
        size: 3,
        controls: ['AC-02'],
        from: '2026-04-01',
        to: '2026-04-01',
        scanned: 'none',
      },
      today: '2026-04-03',
    },
    { by: admin },
  )
  if (isRefused(submitted)) throw new Error(submitted.refused)
  return { ...house, services, owner, check, proof }
}

const claimed = (owner: string, changes: Partial<Details> = {}): Details => ({
  name: 'GitHub',
  kind: 'saas',
  url: 'https://github.com',
  vendor: 'GitHub',
  owner,
  dataClass: 'confidential',
  audience: '開発部',
  signOn: { state: 'optional', checkedOn: null, evidence: null },
  ownPolicy: null,
  breakGlass: [],
  sources: [],
  report: null,
  ...changes,
})

test('a claim without evidence proves nothing; with it the directory’s policy answers', async () => {
  const { services, check, owner, proof, engine } = await opened()
  const done = await services.register(claimed(owner), admin)
  if (isRefused(done)) throw new Error(done.refused)
  const { id } = done
  expect((await check('service-sign-on')).exceptions).toEqual([`${id} not-enforced`])
  expect((await check('service-password-policy')).exceptions).toEqual([`${id} no-policy`])
  expect((await check('service-vendor-report')).exceptions).toEqual([`${id} no-report`])
  expect((await check('service-accounts-seen')).exceptions).toEqual([`${id} not-seen`])
  const enforced = { state: 'enforced', checkedOn: '2026-04-02', evidence: null } as const
  await services.change(id, claimed(owner, { signOn: enforced }), admin)
  expect((await check('service-sign-on')).exceptions).toEqual([`${id} no-evidence`])
  const report = { kind: 'soc2-type2', expires: '2026-04-01', evidence: proof } as const
  const proved = { ...enforced, evidence: proof }
  await services.change(id, claimed(owner, { signOn: proved, report }), admin)
  expect((await check('service-sign-on')).exceptions).toEqual([])
  expect((await check('service-password-policy')).population).toEqual([])
  expect((await check('service-vendor-report')).exceptions).toEqual([`${id} expired`])
  expect(await services.list()).toMatchObject([{ name: 'GitHub', covered: true }])
  expect((await check('service-owner')).exceptions).toEqual([])
  await expectRebuildEqual(engine)
})

test('what is named must be there, and no two services share a name', async () => {
  const { services, owner } = await opened()
  const refused = async (changes: Partial<Details>) => {
    const done = await services.register(claimed(owner, changes), admin)
    return isRefused(done) ? done.refused : null
  }
  expect(await refused({ owner: 'per_00000000000000000000000009' })).toBe('service-owner-unknown')
  expect(await refused({ sources: ['dir_00000000000000000000000009'] })).toBe(
    'service-source-missing',
  )
  const evidence = 'evd_00000000000000000000000009'
  const signOn = { state: 'enforced', checkedOn: null, evidence } as const
  expect(await refused({ signOn })).toBe('service-evidence-missing')
  expect(await refused({})).toBeNull()
  expect(await refused({ name: 'github' })).toBe('service-exists')
})

test('opening the glass is a finding; who reaches a service is counted by group', async () => {
  const house = await opened()
  const { services, check, owner, directory } = house
  const source = await addList(house, 'GitHub')
  const accounts = [
    account('aoki'),
    account('root', { email: null, lastUsedAt: '2026-04-02T00:00:00.000Z' }),
  ]
  const groups = [
    group('owners', ['grp-leads'], true),
    group('leads', ['id-aoki', 'grp-owners', 'id-root']),
  ]
  await directory.record(source, seen('2026-04-03T00:00:00.000Z', { accounts, groups }), by)
  const said = claimed(owner, { sources: [source], breakGlass: ['root', 'sealed'] })
  const done = await services.register(said, admin)
  if (isRefused(done)) throw new Error(done.refused)
  const { id } = done
  const glass = await check('service-break-glass')
  expect(glass.population).toEqual([`${id}:root`, `${id}:sealed`])
  expect(glass.exceptions).toEqual([`${id}:root used`])
  expect((await check('service-accounts-seen')).exceptions).toEqual([])
  expect(await services.get(id)).toMatchObject({
    accounts: 2,
    people: 1,
    reach: [
      { group: 'owners', privileged: true, accounts: 2, people: 1 },
      { group: 'leads', privileged: false, accounts: 2, people: 1 },
    ],
  })
  await services.retire(id, '解約', admin)
  expect((await check('service-break-glass')).population).toEqual([])
})
