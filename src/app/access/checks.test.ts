import { beforeEach, describe, expect, test } from 'vitest'
import { accessChecks } from '../../domain/access/checks.ts'
import type { AccessCommand, NewPasskey } from '../../domain/access/commands.ts'
import type { Role } from '../../domain/access/permission.ts'
import { isRefused } from '../../domain/decider.ts'
import { importList, judged, list, openPractice } from '../people/testing.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'

type Practice = Awaited<ReturnType<typeof openPractice>>

const person = (name: string) => `per_${name.padEnd(26, '0')}`
const founder = person('founder')
const second = person('second')
const third = person('third')

let practice: Practice
beforeEach(async () => {
  practice = await openPractice()
  await tell(founder, {
    type: 'found',
    person: founder,
    name: 'Founder',
    email: 'founder@example.com',
    language: 'en',
    passkey: passkey('founder'),
  })
})

async function tell(by: string, command: AccessCommand): Promise<void> {
  const done = await practice.access.handle(command, { by })
  if (isRefused(done)) throw new Error(`${command.type}: ${done.refused}`)
}

async function join(who: string, role: Role, key = who): Promise<void> {
  await invite(who, role)
  await tell(who, { type: 'enrol', invitation: hashOf(who), passkey: passkey(key) })
}

function invite(who: string, role: Role): Promise<void> {
  return tell(founder, {
    type: 'invite',
    person: who,
    name: who,
    email: `${who}@example.com`,
    role,
    language: 'en',
    invitation: hashOf(who),
    expiresAt: new Date(practice.clock.now().getTime() + 7 * 86_400_000).toISOString(),
  })
}

function signIn(who: string, key = who): Promise<void> {
  return tell(who, {
    type: 'record-sign-in',
    person: who,
    credentialId: idOf(key),
    signCount: 0,
    backedUp: false,
    address: null,
  })
}

function vouch(by: string, who: string, key = who): Promise<void> {
  const parts = { authenticatorData: 'AA', clientDataJSON: 'AA', signature: 'AA' }
  const signature = { statement: '{}', credentialId: idOf(by), ...parts }
  return tell(by, { type: 'confirm-passkey', person: who, credentialId: idOf(key), signature })
}

const idOf = (key: string) => key.replaceAll('_', '-')
const hashOf = (who: string) => Buffer.from(who).toString('hex').padEnd(64, '0').slice(0, 64)
const judge = (id: string, asOf?: string) => judged(practice.engine, accessChecks, id, asOf)

function passkey(key: string): NewPasskey {
  return {
    credentialId: idOf(key),
    publicKey: 'AA',
    fingerprint: `SHA256:${'A'.repeat(43)}`,
    rpId: 'localhost',
    origin: 'http://localhost',
    aaguid: '00000000-0000-0000-0000-000000000000',
    signCount: 0,
    backupEligible: false,
    backedUp: false,
    transports: [],
  }
}

describe('access-administrators', () => {
  test('finds a single administrator, is content with two, and finds more than five', async () => {
    expect((await judge('access-administrators')).exceptions).toEqual([`${founder} only-one`])
    await join(second, 'administrator')
    expect(await judge('access-administrators')).toEqual({
      population: [founder, second],
      exceptions: [],
    })
    for (const name of ['a', 'b', 'c', 'd']) await join(person(name), 'administrator')
    expect((await judge('access-administrators')).exceptions).toHaveLength(6)
  })
})

describe('access-passkey', () => {
  test('finds approvers whom nobody vouched for, until somebody has', async () => {
    await join(second, 'security-lead')
    await join(third, 'control-owner')
    await join(person('emi'), 'employee')
    expect((await judge('access-passkey')).exceptions).toEqual([
      `${second} unconfirmed`,
      `${third} unconfirmed`,
    ])
    await vouch(second, third)
    expect((await judge('access-passkey')).exceptions).toEqual([`${second} unconfirmed`])
  })

  test('finds a re-enrolled passkey that came into use by waiting, whatever the role', async () => {
    await join(second, 'employee')
    await join(second, 'employee', 'second-again')
    expect((await judge('access-passkey')).exceptions).toEqual([])
    practice.clock.advance({ days: 3 })
    await tell(second, { type: 'admit', person: second, credentialId: idOf('second-again') })
    expect((await judge('access-passkey')).exceptions).toEqual([`${second} re-enrolled`])
    expect((await judge('access-passkey', '2026-04-02')).exceptions).toEqual([])
  })
})

describe('access-dormant', () => {
  test('finds unused rights after 90 days and unused invitations after 30', async () => {
    await join(second, 'security-lead')
    await join(person('emi'), 'employee')
    await invite(third, 'auditor')
    practice.clock.advance({ days: 31 })
    expect((await judge('access-dormant')).exceptions).toEqual([`${third} invitation-unused`])
    await signIn(founder)
    practice.clock.advance({ days: 60 })
    expect((await judge('access-dormant')).exceptions).toEqual([
      `${second} dormant`,
      `${third} invitation-unused`,
    ])
    await signIn(second)
    await tell(founder, { type: 'disable', person: third, reason: 'never came' })
    expect((await judge('access-dormant')).exceptions).toEqual([])
  })
})

describe('access-account-person', () => {
  test('knows nothing without a roster, then finds accounts that are on none', async () => {
    await join(second, 'security-lead')
    await join(third, 'auditor')
    const check = accessChecks.find((one) => one.id === 'access-account-person')
    const unproven = await rowsOf(practice.engine, check?.unproven ?? '')
    expect(new Set(unproven.map((row) => row['subject']))).toEqual(new Set([founder, second]))
    expect((await judge('access-account-person')).exceptions).toEqual([])
    await importList(practice, list('E1,Founder,founder@example.com,情報,長,,2020-04-01,'))
    expect((await judge('access-account-person')).exceptions).toEqual([`${second} not-on-roster`])
    expect(await rowsOf(practice.engine, check?.unproven ?? '')).toEqual([])
  })
})

describe('access-token-expiry', () => {
  const token = 'tok_00000000000000000000000001'
  const create = (days: number) =>
    tell(founder, {
      type: 'create-token',
      token,
      name: 'sync',
      scopes: ['people.write'],
      secretHash: 'e'.repeat(64),
      expiresAt: new Date(practice.clock.now().getTime() + days * 86_400_000).toISOString(),
    })

  test('speaks of nothing while there is no token, so it proves nothing', async () => {
    expect((await judge('access-token-expiry')).population).toEqual([])
  })

  test('finds a token that nobody has used for 90 days, until it is used or revoked', async () => {
    await create(365)
    practice.clock.advance({ days: 91 })
    expect((await judge('access-token-expiry')).exceptions).toEqual([`${token} unused`])
    await tell(founder, { type: 'record-token-use', token, person: founder })
    expect((await judge('access-token-expiry')).exceptions).toEqual([])
    await tell(founder, { type: 'revoke-token', token })
    expect((await judge('access-token-expiry')).population).toEqual([])
  })
})

test('the views of accounts, passkeys, links and tokens rebuild to the same rows', async () => {
  await join(second, 'security-lead')
  await join(third, 'security-lead')
  await vouch(second, third)
  await signIn(second)
  await join(second, 'security-lead', 'second-again')
  await vouch(third, second, 'second-again')
  await tell(founder, { type: 'disable', person: third, reason: 'left' })
  await invite(third, 'employee')
  await tell(founder, {
    type: 'record-failed-sign-ins',
    reason: 'passkey-unknown',
    person: null,
    attempts: 3,
  })
  await expectRebuildEqual(practice.engine)
  const rows = await rowsOf(practice.engine, 'select person, role, state from accounts order by 1')
  expect(rows).toEqual([
    { person: founder, role: 'administrator', state: 'active' },
    { person: second, role: 'security-lead', state: 'active' },
    { person: third, role: 'employee', state: 'invited' },
  ])
})
