import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adoptControls, getCheck } from '../../src/contract/criteria.ts'
import { adoptPolicies, listPolicies } from '../../src/contract/people.ts'
import { createToken } from '../../src/contract/session.ts'
import type { Grant } from '../../src/domain/access/permission.ts'
import { openTestSite, type Member, type TestSite } from '../http/test-site.ts'

let site: TestSite
let admin: Member
const folder = mkdtempSync(join(tmpdir(), 'arinomama-cli-'))
beforeAll(async () => {
  site = await openTestSite()
  admin = await site.setUp()
})
afterAll(async () => {
  await site.close()
  rmSync(folder, { recursive: true, force: true })
})

async function tokenFor(...scopes: Grant[]): Promise<string> {
  const body = { name: 'command line', scopes, days: 1 }
  return (await admin.call(createToken, { body })).secret
}

type Ended = { readonly status: number | null; readonly out: string; readonly error: string }

function run(args: readonly string[], environment: Record<string, string>): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const child = spawn(process.execPath, [join(process.cwd(), 'src/main.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ARINOMAMA_URL: site.origin, LANG: 'C', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (error += String(chunk)))
  child.on('close', (status) => {
    resolve({ status, out, error })
  })
  return promise
}

describe('a command that asks the server', () => {
  test('says how things stand, in words or JSON', async () => {
    const ARINOMAMA_TOKEN = await tokenFor('criteria.read', 'ledger.read')
    const words = await run(['status'], { ARINOMAMA_TOKEN })
    expect(words.out).toMatch(/^0 met, 0 not met, \d+ not proven, 0 not applicable\n/)
    expect(words.status).toBe(0)
    const json = await run(['status', '--json'], { ARINOMAMA_TOKEN })
    expect(JSON.parse(json.out)).toMatchObject({ board: { totals: { met: 0 } }, ledger: {} })
  })

  test('imports a roster after showing what it would change, and not without being told to', async () => {
    const ARINOMAMA_TOKEN = await tokenFor('people.write')
    const file = join(folder, 'roster.csv')
    writeFileSync(
      file,
      'employee_number,name,email,start_date\nE1,佐藤 葵,aoi@example.com,2020-04-01\n',
    )
    const asked = await run(['import', 'people', file], { ARINOMAMA_TOKEN })
    expect(asked.error).toContain('--yes')
    expect(asked.status).toBe(2)
    const done = await run(['import', 'people', file, '--yes'], { ARINOMAMA_TOKEN })
    expect(done.out).toContain('佐藤 葵')
    expect(done.out).toContain('Recorded: 1')
    expect(done.status).toBe(0)
  })

  test('names the row and field of a file that is wrong, in the language of the terminal', async () => {
    const ARINOMAMA_TOKEN = await tokenFor('people.write')
    const file = join(folder, 'wrong.csv')
    writeFileSync(
      file,
      'employee_number,name,email,start_date\nE1,Aoi,aoi@example.com,2020-02-31\n',
    )
    const ended = await run(['import', 'people', file, '--yes'], { ARINOMAMA_TOKEN, LANG: 'ja_JP' })
    expect(ended.error).toMatch(/row 2/)
    expect(ended.error).toMatch(/[ぁ-ん]/)
    expect(ended.status).toBe(1)
  })

  test('judges the checks, and its exit status says that something is not met', async () => {
    const ARINOMAMA_TOKEN = await tokenFor('checks.run', 'criteria.read')
    const ended = await run(['check', 'access-administrators', '--json'], { ARINOMAMA_TOKEN })
    const said: unknown = JSON.parse(ended.out)
    expect(said).toMatchObject({ checks: [{ id: 'access-administrators', status: 'not-met' }] })
    // The program judges by itself too, perhaps just before: recorded it is in either case.
    expect(said).toHaveProperty(
      'seq',
      expect.toSatisfy((seq) => seq === null || seq > 0),
    )
    const params = { check: 'access-administrators' }
    expect((await admin.call(getCheck, { params, query: {} })).history).toEqual([
      expect.objectContaining({ status: 'not-met', seq: expect.any(Number) }),
    ])
    expect(ended.status).toBe(1)
    const open = await run(['exceptions', '--state', 'open'], { ARINOMAMA_TOKEN })
    expect(open.out).toContain('access-administrators')
    const wrong = await run(['check', 'no-such-check', '--no-record'], { ARINOMAMA_TOKEN })
    expect(wrong.status).toBe(2)
  })

  test('uploads a document as evidence', async () => {
    await admin.call(adoptControls, { body: { controls: ['AC-08'] } })
    const ARINOMAMA_TOKEN = await tokenFor('evidence.write')
    const file = join(folder, '一覧.txt')
    writeFileSync(file, 'Administrators: Aoi\n')
    const args = ['evidence', 'upload', file, '--controls', 'AC-08', '--from', '2026-03-31']
    const ended = await run(args, { ARINOMAMA_TOKEN })
    expect(ended.error).toBe('')
    expect(ended.out).toContain('一覧.txt is evd_')
    expect(ended.status).toBe(0)
  })

  test('writes the report where it is told', async () => {
    const ARINOMAMA_TOKEN = await tokenFor('report.read')
    const out = join(folder, 'report.md')
    const args = ['report', 'type1', '--lang', 'en', '--format', 'markdown', '--out', out]
    const ended = await run(args, { ARINOMAMA_TOKEN })
    expect(ended.error).toBe('')
    expect(readFileSync(out, 'utf8')).toContain('Sample')
    const wrong = await run(['report', 'type1', '--format', 'docx'], { ARINOMAMA_TOKEN })
    expect(wrong.status).toBe(2)
  })

  test('exports a signature that checks without the server', async () => {
    const { starters } = await admin.call(listPolicies, { query: {} })
    const policy = starters[0]?.id ?? ''
    await admin.call(adoptPolicies, { body: { policies: [policy] } })
    const other = await site.join(admin, 'security-lead', 'Ben Ito')
    const reply = await other.sign({ act: 'approve-policy', policy, version: 1 })
    const seq = String(Reflect.get(Object(reply.body), 'seq'))
    const ARINOMAMA_TOKEN = await tokenFor('ledger.read')
    const exported = await run(['signature', 'export', seq], { ARINOMAMA_TOKEN })
    expect(exported.error).toBe('')
    expect(exported.out).toContain('ssh-keygen -Y verify -n arinomama')
    const checked = await run(['signature', 'check', `entry-${seq}.signature.json`], {
      ARINOMAMA_URL: 'http://localhost:1',
    })
    expect(checked.out).toContain(other.person)
    expect(checked.status).toBe(0)
  })

  test('observes nothing when there is no source, and says so', async () => {
    const ARINOMAMA_TOKEN = await tokenFor('hosts.read', 'hosts.write')
    const ended = await run(['observe'], { ARINOMAMA_TOKEN })
    expect(ended.out).toBe('There is no source.\n')
    expect((await run(['observe', 'nowhere'], { ARINOMAMA_TOKEN })).status).toBe(2)
  })
})

describe('a command that cannot ask', () => {
  test('says what is missing: a token, a scope, a server', async () => {
    const none = await run(['status'], {})
    expect([none.status, none.error]).toEqual([2, expect.stringContaining('ARINOMAMA_TOKEN')])
    const narrow = await run(['status'], { ARINOMAMA_TOKEN: await tokenFor('ledger.read') })
    expect([narrow.status, narrow.error]).toEqual([1, expect.stringContaining('code: forbidden')])
    const made = await run(['status'], { ARINOMAMA_TOKEN: 'arinomama_made-up-made-up-made-up' })
    expect([made.status, made.error]).toEqual([1, expect.stringContaining('code: not-signed-in')])
    const away = { ARINOMAMA_TOKEN: 'x'.repeat(43), ARINOMAMA_URL: 'http://localhost:1' }
    const gone = await run(['status'], away)
    expect([gone.status, gone.error]).toEqual([3, expect.stringContaining('code: network')])
  })

  test('never sends a token over plain http to another machine', async () => {
    const ended = await run(['status'], {
      ARINOMAMA_TOKEN: 'x'.repeat(43),
      ARINOMAMA_URL: 'http://example.com',
    })
    expect([ended.status, ended.error]).toEqual([2, expect.stringContaining('https')])
  })
})
