import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { adoptPolicies, listPolicies } from '../../src/contract/people.ts'
import {
  createToken,
  getSignature,
  prepareSignature,
  submitSignature,
  type SignatureBundle,
} from '../../src/contract/session.ts'
import { codeOf, newAuthenticator, openTestSite, type Member, type TestSite } from './test-site.ts'
import type { Authenticator } from '../../src/demo/authenticator.ts'

let site: TestSite
let aoi: Member
let ben: Member
let policies: string[]
const folder = mkdtempSync(join(tmpdir(), 'arinomama-signing-'))
beforeAll(async () => {
  site = await openTestSite()
  aoi = await site.setUp()
  ben = await site.join(aoi, 'security-lead', 'Ben Ito')
  policies = (await aoi.call(listPolicies, { query: {} })).starters.map((one) => one.id)
  await aoi.call(adoptPolicies, { body: { policies } })
  // What is signed names the last published checkpoint; the first takes a moment.
  await vi.waitUntil(async () => (await aoi.fetch('/ledger/checkpoint')).status === 200, 20_000)
})
afterAll(async () => {
  await site.close()
  rmSync(folder, { recursive: true, force: true })
})

const approve = (policy = policies[0] ?? '') =>
  ({ act: 'approve-policy', policy, version: 1 }) as const

async function prepared(member: Member, policy?: string) {
  return member.call(prepareSignature, { body: approve(policy) })
}

function signed(authenticator: Authenticator, statement: string, options: object) {
  const { response } = authenticator.sign(String(Reflect.get(options, 'challenge')))
  const { authenticatorData, clientDataJSON, signature } = response
  const { credentialId } = authenticator
  return { statement, credentialId, authenticatorData, clientDataJSON, signature }
}

describe('what a person is given to sign', () => {
  test('says what, who, where, when, once, and where the ledger stood', async () => {
    const { statement } = await prepared(ben)
    const said: unknown = JSON.parse(statement)
    expect(said).toMatchObject({
      format: 'arinomama-statement/v1',
      act: 'approve-policy',
      policy: policies[0],
      version: 1,
      signer: ben.person,
      origin: site.origin,
      at: '2026-04-01T00:00:00.000Z',
      until: '2026-04-01T00:10:00.000Z',
      nonce: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      ledger: { size: expect.any(Number), root: expect.any(String) },
    })
    expect(JSON.stringify(said)).not.toContain('Ben')
  })
})

describe('a signature', () => {
  test('carries the act out once; handed in again it is answered with the first result', async () => {
    const { statement, options } = await prepared(ben, policies[1])
    const body = signed(ben.authenticator, statement, options)
    const first = await ben.call(submitSignature, { body })
    expect(first.seq).toEqual(expect.any(Number))
    expect(await ben.call(submitSignature, { body })).toEqual(first)
    const [one, two] = await Promise.all([
      ben.call(submitSignature, { body }),
      ben.call(submitSignature, { body }),
    ])
    expect([one, two]).toEqual([first, first])
  })

  test('of somebody else, for something else or changed afterwards carries nothing out', async () => {
    const { statement, options } = await prepared(ben, policies[2])
    const good = signed(ben.authenticator, statement, options)
    const strange = newAuthenticator(site.origin, ben.person)
    const elsewhere = newAuthenticator('http://localhost:1', ben.person)
    const tries: [string, object][] = [
      [
        'statement-not-prepared',
        { ...good, statement: statement.replace('"version":1', '"version":2') },
      ],
      ['signature-invalid', signed(strange, statement, options)],
      ['signature-invalid', signed(aoi.authenticator, statement, options)],
      [
        'signature-invalid',
        { ...signed(elsewhere, statement, options), credentialId: good.credentialId },
      ],
    ]
    const codes: string[] = []
    for (const [, body] of tries) codes.push(codeOf(await ben.ask(submitSignature, { body })))
    expect(codes).toEqual(tries.map(([code]) => code))
  })

  test('with a login challenge, or without the person having been verified, is refused', async () => {
    const { statement, options } = await prepared(ben, policies[3])
    const login = signed(ben.authenticator, statement, { challenge: 'bG9naW4' })
    expect(codeOf(await ben.ask(submitSignature, { body: login }))).toBe('signature-invalid')
    const again = await prepared(ben, policies[3])
    const present = signed(ben.authenticator, again.statement, again.options)
    const data = Buffer.from(present.authenticatorData, 'base64url')
    data[32] = 0x01
    const body = { ...present, authenticatorData: data.toString('base64url') }
    const reply = await ben.ask(submitSignature, { body })
    expect(reply.body).toMatchObject({ code: 'signature-invalid', about: 'user-not-verified' })
    expect(options).toMatchObject({ userVerification: 'required' })
  })

  test('handed in by another, or too late, is refused', async () => {
    const { statement, options } = await prepared(ben, policies[4])
    const body = signed(ben.authenticator, statement, options)
    expect(codeOf(await aoi.ask(submitSignature, { body }))).toBe('statement-not-prepared')
    site.clock.advance({ minutes: 10 })
    expect(codeOf(await ben.ask(submitSignature, { body }))).toBe('statement-not-prepared')
  })

  test('is not asked of those whose role does not allow the act, nor of a token', async () => {
    const emi = await site.join(aoi, 'employee', 'Emi Abe')
    expect(codeOf(await emi.ask(prepareSignature, { body: approve(policies[5]) }))).toBe(
      'forbidden',
    )
    const { secret } = await aoi.call(createToken, {
      body: { name: 't', scopes: ['policies.approve'], days: 1 },
    })
    const answer = await site.browser().fetch(prepareSignature.path, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(approve(policies[5])),
    })
    expect(answer.status).toBe(403)
  })
})

describe('a stranger with the exported signature', () => {
  let bundle: SignatureBundle
  let file: string
  beforeAll(async () => {
    const { statement, options } = await prepared(ben, policies[6])
    const body = signed(ben.authenticator, statement, options)
    const { seq } = await ben.call(submitSignature, { body })
    bundle = await aoi.call(getSignature, { params: { seq: seq ?? -1 } })
    file = join(folder, 'bundle.json')
    writeFileSync(file, JSON.stringify(bundle))
    writeFileSync(join(folder, 'allowed'), bundle.allowedSigners)
    writeFileSync(join(folder, 'sig'), bundle.sshSignature)
  })

  const keygen = (statement: string, time = '20260402') => {
    const who = ['-n', 'arinomama', '-I', ben.person, `-Overify-time=${time}`]
    const files = ['-f', join(folder, 'allowed'), '-s', join(folder, 'sig')]
    return spawnSync('ssh-keygen', ['-Y', 'verify', ...who, ...files], { input: statement }).status
  }

  test('checks it with ssh-keygen alone', () => {
    expect(keygen(bundle.signature.statement)).toBe(0)
    expect(keygen(bundle.signature.statement.replace('"version":1', '"version":2'))).not.toBe(0)
    expect(keygen(bundle.signature.statement, '20260101')).not.toBe(0)
  })

  const check = (path: string, ...more: string[]) =>
    spawnSync(process.execPath, ['src/main.ts', 'signature', 'check', path, '--json', ...more], {
      encoding: 'utf8',
    })

  test('checks it with our command, which needs no server', () => {
    const { status, stdout } = check(file)
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, person: ben.person })
    expect(status).toBe(0)
    expect(check(file, '--fingerprint', `SHA256:${'A'.repeat(43)}`).status).toBe(1)
  })

  test('finds whatever was changed in it', () => {
    const changes: Partial<SignatureBundle>[] = [
      { person: aoi.person },
      { signedAt: '2026-04-01T00:00:01.000Z' },
      { fingerprint: `SHA256:${'A'.repeat(43)}` },
      { revokedAt: '2026-03-01T00:00:00.000Z' },
      { allowedSigners: bundle.allowedSigners.replace(ben.person, aoi.person) },
      { signature: { ...bundle.signature, statement: `${bundle.signature.statement} ` } },
    ]
    for (const change of changes) {
      const path = join(folder, 'changed.json')
      writeFileSync(path, JSON.stringify({ ...bundle, ...change }))
      expect(check(path).status).toBe(1)
    }
    writeFileSync(join(folder, 'changed.json'), '{}')
    expect(check(join(folder, 'changed.json')).status).toBe(2)
  })

  test('is shown by ssh-keygen the fingerprint that people compare', () => {
    const key = bundle.allowedSigners.trim().split(' ').slice(2).join(' ')
    writeFileSync(join(folder, 'key.pub'), `${key}\n`)
    const printed = execFileSync('ssh-keygen', ['-lf', join(folder, 'key.pub')], {
      encoding: 'utf8',
    })
    expect(printed).toContain(bundle.fingerprint)
  })
})
