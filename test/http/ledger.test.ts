import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClientConfig } from 'pg'
import * as contract from '../../src/contract/ledger.ts'
import * as people from '../../src/contract/people.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { verifyProof } from '../../src/ledger/proof.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { verifyHere } from '../../src/main/ledger-here.ts'
import { openTestSite } from './test-site.ts'
import type { Member, TestSite } from './test-site.ts'

// The ledger of the whole program: what its administrator, a stranger and its operator see of it.
let site: TestSite
let administrator: Member
beforeAll(async () => {
  site = await openTestSite()
  administrator = await site.setUp()
  await site.served.house.ledger.publishNow()
})
afterAll(async () => {
  await site.close()
})

const health = async () => await administrator.call(contract.getLedger, {})

test('its health is shown to whoever may read it, and to nobody else', async () => {
  const { size, checkpoint, origin, vkey, alarms } = await health()
  expect(size).toBeGreaterThan(0)
  expect(checkpoint?.size).toBe(size)
  expect(vkey.startsWith(`${origin}+`)).toBe(true)
  expect(alarms).toEqual([])
  expect((await site.browser().ask(contract.getLedger, {})).status).toBe(401)
})

test('a stranger verifies all of it over HTTP, without signing in', async () => {
  const { quorum, size } = await health()
  const { entries, findings } = await verifyLedger({
    source: { kind: 'url', url: `${site.origin}/ledger/` },
    policy: parsePolicy(Buffer.from(quorum.policy)),
  })
  expect([entries, findings]).toEqual([size, []])
})

test('what a stranger reads has no name and no address of a person in it', async () => {
  const { size } = await health()
  const full = Math.floor(size / 256)
  const last = size % 256 === 0 ? `00${full - 1}` : `00${full}.p/${size % 256}`
  const answer = await fetch(`${site.origin}/ledger/tile/entries/${last}`)
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
  expect(text).toContain('organisation.set-up.v1')
  expect(text).not.toMatch(/@[a-z]+\.|"email":"|"name":"[^"]*[A-Za-z ]{3}[^"]*"/)
})

test('the history of an entry leads to its proof', async () => {
  const { entries } = await administrator.call(contract.listEntries, { query: { limit: 500 } })
  const first = entries.at(-1)
  const page = await administrator.call(contract.getEntry, { params: { seq: first?.seq ?? -1 } })
  expect(page.type).toBe(first?.type)
  const policy = parsePolicy(Buffer.from((await health()).quorum.policy))
  const proof = Buffer.from(page.proof ?? '')
  expect(verifyProof(proof, Buffer.from(page.canonical), policy).index).toBe(page.seq)
})

test('the administrator verifies it from the page, and that is an entry', async () => {
  const { findings, seq } = await administrator.call(contract.verifyLedger, {})
  expect(findings).toEqual([])
  expect((await health()).lastVerified).toMatchObject({ findings: 0, seq })
})

test('after a person is erased every hash, every proof and every view still holds', async () => {
  const roster = (end: string) =>
    Buffer.from(
      `社員番号,氏名,メール,入社日,退職日\nE1,Mori Aoi,aoi@example.jp,2020-04-01,${end}\n`,
    )
  for (const end of ['', '2026-03-01']) {
    const body = roster(end)
    const { digest } = await administrator.call(people.previewPeople, { body })
    await administrator.call(people.confirmPeople, { params: { digest }, body })
  }
  const listed = await administrator.call(people.listPeople, { query: {} })
  const aoi = listed.people.find(({ name }) => name === 'Mori Aoi')
  const params = { person: aoi?.id ?? '' }
  await administrator.call(people.erasePerson, { params, body: { reason: 'Retention has ended' } })
  expect((await administrator.call(contract.verifyLedger, {})).findings).toEqual([])
  await site.served.house.ledger.publishNow()
  const { findings } = await verifyLedger({
    source: { kind: 'url', url: `${site.origin}/ledger/` },
    policy: parsePolicy(Buffer.from((await health()).quorum.policy)),
  })
  expect(findings).toEqual([])
})

test('the operator verifies it from the command line while the program runs', async () => {
  await site.served.house.ledger.publishNow()
  const steps = new Set<string>()
  const { findings, entries } = await verifyHere({
    dataFolder: site.dataFolder,
    databaseUrl: urlOf(site.database),
    onProgress: (step) => steps.add(step),
  })
  expect(findings).toEqual([])
  expect(entries).toBe((await health()).checkpoint?.size)
  expect([...steps]).toEqual(['files', 'entries', 'checkpoints', 'views'])
})

function urlOf({ user, password, host, port, database }: ClientConfig): string {
  const at = `host=${encodeURIComponent(String(host))}&port=${port}`
  return `postgres://${user}:${String(password)}@/${database}?${at}`
}
