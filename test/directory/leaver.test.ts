import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adoptControls, listExceptions, runChecks } from '../../src/contract/criteria.ts'
import * as contract from '../../src/contract/directory.ts'
import { makeReport } from '../../src/contract/evidence.ts'
import { confirmPeople, previewPeople } from '../../src/contract/people.ts'
import { list } from '../../src/app/people/testing.ts'
import { openTestSite, type Member, type TestSite } from '../http/test-site.ts'

let site: TestSite
let lead: Member
beforeAll(async () => {
  site = await openTestSite()
  lead = await site.setUp()
}, 60_000)
afterAll(() => site.close())

async function importPeople(endDate: string): Promise<void> {
  const body = list(
    'E1,青木 一,aoki@example.jp,営業部,部長,,2020-04-01,',
    `E2,石田 二,ishida@example.jp,運用部,主任,E1,2021-04-01,${endDate}`,
  )
  const { digest } = await lead.call(previewPeople, { body })
  await lead.call(confirmPeople, { params: { digest }, body })
}

async function handIn(source: string, state: string): Promise<void> {
  const text = `login,email,status\naoki,aoki@example.jp,active\nishida,ishida@example.jp,${state}\n`
  const body = new TextEncoder().encode(text)
  const done = await lead.call(contract.importAccounts, { params: { source }, body })
  expect(done).toMatchObject({ accounts: 2, failure: null })
  await lead.call(runChecks, {})
}

async function reportOf(asOf: string): Promise<string> {
  const address = `${makeReport.path}?asOf=${asOf}&language=en&format=markdown`
  const answer = await lead.fetch(address)
  expect(answer.status).toBe(200)
  return await answer.text()
}

test('a leaver, from the HR list to the report: Monday’s shows the open account, Tuesday’s that it ended', async () => {
  site.clock.set('2026-04-03T01:00:00Z') // a Friday
  await lead.signIn()
  await lead.call(adoptControls, { body: { controls: ['AC-04'] } })
  const added = await lead.call(contract.addDirectorySource, {
    body: { name: 'Company directory', target: { kind: 'list' }, everyHours: 24 },
  })
  await importPeople('')
  await handIn(added.id, 'active')
  await importPeople('2026-04-03')
  site.clock.set('2026-04-06T01:00:00Z')
  await lead.signIn()
  await handIn(added.id, 'active')
  const check = 'account-leaver-enabled'
  const query = { check }
  expect(await lead.call(listExceptions, { query })).toMatchObject([{ state: 'open' }])
  site.clock.set('2026-04-07T01:00:00Z')
  await lead.signIn()
  await handIn(added.id, 'suspended')
  expect(await lead.call(listExceptions, { query })).toMatchObject([{ state: 'fixed' }])
  const [leaver] = await lead.call(contract.listLeavers, {})
  expect(leaver).toMatchObject({ person: { name: '石田 二' }, open: 0, days: 4 })
  site.clock.set('2026-04-08T01:00:00Z')
  await lead.signIn()
  const words = 'Still enabled after the last day.'
  const fixed = /ishida @ Company directory.*\| 2026-04-06 \| 2026-04-07 \|/
  const monday = await reportOf('2026-04-06')
  expect(monday).toContain(words)
  expect(monday).not.toContain('Seen fixed')
  // It is no open finding any more; that it was one, and when it ended, is not hidden.
  const tuesday = await reportOf('2026-04-07')
  expect(tuesday).toMatch(fixed)
  expect(tuesday.split(words)).toHaveLength(2)
}, 60_000)

test('a password for a directory is in a sealed file and nowhere else: no answer, entry or blob', async () => {
  const password = 'V3ry-Secret-Word'
  const target = {
    kind: 'active-directory',
    host: '127.0.0.1',
    port: 1,
    encryption: 'ldaps',
    baseDn: 'DC=corp,DC=example,DC=test',
    bindName: 'reader@corp.example.test',
    password,
    authority: null,
    serverName: null,
  } as const
  const added = await lead.ask(contract.addDirectorySource, {
    body: { name: 'Domain', target, everyHours: 24 },
  })
  expect(added.status).toBe(200)
  const sources = await lead.call(contract.listDirectorySources, {})
  expect(JSON.stringify([added.body, sources])).not.toContain(password)
  const source = sources.find(({ name }) => name === 'Domain')?.id ?? ''
  const sealed = await readFile(join(site.dataFolder, 'secrets', source))
  expect(sealed.toString('latin1')).not.toContain(password)
  const params = { source }
  const body = { full: true, lossAccepted: false }
  const { run } = await lead.call(contract.observeDirectory, { params, body })
  await site.served.house.rooms.directory.idle()
  const ended = await lead.call(contract.getDirectoryRun, { params: { run } })
  expect(ended).toMatchObject({ state: 'failed', failure: { code: 'directory-unreachable' } })
  await lead.call(contract.removeDirectorySource, { params, body: { reason: 'moved' } })
  await expect(readFile(join(site.dataFolder, 'secrets', source))).rejects.toThrow('ENOENT')
})
