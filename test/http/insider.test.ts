import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCheck } from '../../src/contract/criteria.ts'
import { getEntry, listEntries } from '../../src/contract/ledger.ts'
import {
  getSession,
  invite,
  listAccounts,
  refuseEnrolment,
  signIn,
  signInOptions,
  type Act,
} from '../../src/contract/session.ts'
import {
  accept,
  codeOf,
  newAuthenticator,
  openTestSite,
  type Member,
  type TestSite,
} from './test-site.ts'

let site: TestSite
/** Aoi made every invitation; Ben and Chie came with them. */
let aoi: Member
let ben: Member
let chie: Member
beforeAll(async () => {
  site = await openTestSite()
  aoi = await site.setUp()
  ben = await site.join(aoi, 'security-lead', 'Ben Ito')
  chie = await site.join(aoi, 'security-lead', 'Chie Ota')
})
afterAll(() => site.close())

async function accountOf(person: string, asker = aoi) {
  const account = (await asker.call(listAccounts, {})).find((one) => one.person.id === person)
  if (account?.passkey === undefined || account.passkey === null) throw new Error(person)
  return { ...account, passkey: account.passkey }
}

async function confirmation(person: string): Promise<Act> {
  const { passkey } = await accountOf(person)
  return { act: 'confirm-passkey', person, fingerprint: passkey.fingerprint }
}

async function noticesOf(member: Member): Promise<string[]> {
  return (await member.call(getSession, {})).notices.map((notice) => notice.code)
}

/** A link for somebody who has a passkey, used by whoever made it. */
async function takeOver(victim: Member, name: string) {
  const { link } = await aoi.call(invite, {
    body: {
      person: victim.person,
      name,
      email: `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.com`,
      role: 'security-lead',
      language: 'en',
    },
  })
  return accept(site.origin, link.split('/').at(-1) ?? '', victim.person)
}

describe('at first, when everybody came by one administrator’s links', () => {
  test('those who were here before may sign, those who came later wait for another’s word', async () => {
    expect((await accountOf(ben.person)).passkey).toMatchObject({
      maySign: true,
      confirmedBy: null,
    })
    expect((await accountOf(chie.person)).passkey).toMatchObject({ maySign: false })
    expect(await noticesOf(chie)).toContain('passkey-unconfirmed')
    expect(await noticesOf(ben)).toContain('confirmation-waiting')
  })

  test('neither the administrator who made the link nor the holder can give that word', async () => {
    expect(codeOf(await aoi.sign(await confirmation(chie.person)))).toBe('confirmer-not-third')
    expect(codeOf(await chie.sign(await confirmation(chie.person)))).toBe('passkey-unconfirmed')
  })

  test('a third person gives it with a signature, and then the others are confirmed in turn', async () => {
    expect((await ben.sign(await confirmation(chie.person))).status).toBe(200)
    expect((await accountOf(chie.person)).passkey).toMatchObject({
      maySign: true,
      confirmedBy: { id: ben.person },
    })
    expect((await chie.sign(await confirmation(ben.person))).status).toBe(200)
    expect(await noticesOf(chie)).toEqual([])
  })
})

describe('an administrator who takes a colleague’s name', () => {
  test('gets a passkey that opens nothing, while the colleague is told and may refuse', async () => {
    const stolen = await takeOver(ben, 'Ben Ito')
    expect(stolen.cookie()).toBeNull()
    const attempt = await stolen.signIn()
    expect(codeOf(attempt)).toBe('passkey-held')
    expect(await noticesOf(ben)).toContain('passkey-held')
    expect((await ben.signIn()).status).toBe(200)

    await ben.call(refuseEnrolment, { params: { person: ben.person } })
    expect(codeOf(await stolen.signIn())).toBe('passkey-revoked')
    expect(await noticesOf(ben)).toEqual([])
  })

  test('is seen while the link is still unused', async () => {
    await aoi.call(invite, {
      body: {
        person: ben.person,
        name: 'Ben Ito',
        email: 'benito@example.com',
        role: 'security-lead',
        language: 'en',
      },
    })
    expect(await noticesOf(ben)).toContain('enrolment-pending')
    await ben.call(refuseEnrolment, { params: { person: ben.person } })
  })

  test('gains nothing by waiting, for there is somebody who could have been asked', async () => {
    const stolen = await takeOver(ben, 'Ben Ito')
    site.clock.advance({ days: 30 })
    expect(codeOf(await stolen.signIn())).toBe('passkey-held')
    await ben.signIn()
    await ben.call(refuseEnrolment, { params: { person: ben.person } })
    await Promise.all([aoi.signIn(), chie.signIn()])
  })

  test('cannot refuse another’s enrolment as an employee', async () => {
    const emi = await site.join(aoi, 'employee', 'Emi Abe')
    const reply = await emi.ask(refuseEnrolment, { params: { person: ben.person } })
    expect(codeOf(reply)).toBe('enrolment-of-another')
  })
})

describe('somebody who really lost a passkey', () => {
  test('comes back when a third person confirms the new one; the old one and its session end', async () => {
    const back = await takeOver(ben, 'Ben Ito')
    expect((await chie.sign(await confirmation(ben.person))).status).toBe(200)
    expect((await back.signIn()).status).toBe(200)
    expect((await ben.call(getSession, {})).person).toBeNull()
    expect(codeOf(await ben.signIn())).toBe('passkey-revoked')
    ben = back
  })
})

describe('an administrator who invents a colleague', () => {
  test('cannot approve anything with that one, and the check names it', async () => {
    const puppet = await site.join(aoi, 'security-lead', 'Mr Nobody')
    const approve = { act: 'confirm-passkey', person: ben.person } as const
    const { passkey } = await accountOf(ben.person)
    const reply = await puppet.sign({ ...approve, fingerprint: passkey.fingerprint })
    expect(codeOf(reply)).toBe('passkey-unconfirmed')

    const check = await aoi.call(getCheck, { params: { check: 'access-passkey' }, query: {} })
    const live = check.exceptionRows.filter((row) => row.state !== 'fixed')
    expect(live.map((row) => row.subject)).toEqual([puppet.person])
  })
})

describe('somebody with every right in the database', () => {
  test('comes in with no passkey that he writes into a view', async () => {
    const own = newAuthenticator(site.origin, chie.person)
    const key = Buffer.from(own.register('AAAA').response.attestationObject, 'base64url')
    const publicKey = key.subarray(-77).toString('base64url')
    const client = new Client(site.database)
    await client.connect()
    try {
      await client.query('update views.passkeys set public_key = $1 where credential_id = $2', [
        publicKey,
        chie.authenticator.credentialId,
      ])
      const forged = { ...own, credentialId: chie.authenticator.credentialId }
      const sign: typeof own.sign = (challenge) => {
        const { credentialId: id } = forged
        return { ...own.sign(challenge), id, rawId: id }
      }
      expect(codeOf(await chie.signIn({ ...forged, sign }))).toBe('signature-unverified')
      expect(codeOf(await chie.sign(await confirmation(ben.person), { ...forged, sign }))).toBe(
        'signature-invalid',
      )
      expect((await chie.signIn()).status).toBe(200)
    } finally {
      await client.end()
    }
  })
})

describe('the only administrator, who lost the only passkey', () => {
  test('comes back by the terminal of the machine, three days later and marked for ever', async () => {
    const alone = await openTestSite()
    try {
      const owner = await alone.setUp()
      const { accounts } = alone.served.house.rooms.access
      const made = await accounts.recover('aoi@example.com')
      if ('refused' in made) throw new Error(made.refused)
      const back = await accept(alone.origin, made.link.split('/').at(-1) ?? '', owner.person)
      expect(codeOf(await back.signIn())).toBe('passkey-held')
      expect(await noticesOf(owner)).toContain('passkey-held')
      alone.clock.advance({ hours: 72 })
      expect((await back.signIn()).status).toBe(200)
      const check = await back.call(getCheck, { params: { check: 'access-passkey' }, query: {} })
      expect(check).toMatchObject({ status: 'not-met', exceptions: 1 })
      expect(await accounts.recover('nobody@example.com')).toMatchObject({
        refused: 'account-unknown',
      })
    } finally {
      await alone.close()
    }
  })
})

test('sign-ins that failed are counted in the ledger, and cannot flood it', async () => {
  const browser = site.browser()
  const stranger = newAuthenticator(site.origin, 'nobody')
  for (let tries = 0; tries < 20; tries++) {
    const { challenge } = await browser.call(signInOptions, {})
    const credential = { ...stranger.sign(String(challenge)) }
    expect(codeOf(await browser.ask(signIn, { body: { credential } }))).toBe('passkey-unknown')
  }
  const job = site.served.house.rooms.access.jobs.find((one) => one.name === 'failed-sign-ins')
  await job?.run()
  const { entries } = await aoi.call(listEntries, {
    query: { type: 'access.sign-in-failed.v1', stream: 'sign-ins:unknown' },
  })
  expect(entries).toHaveLength(1)
  const entry = await aoi.call(getEntry, { params: { seq: entries[0]?.seq ?? -1 } })
  expect(JSON.parse(entry.canonical)).toMatchObject({
    data: { reason: 'passkey-unknown', person: null, attempts: 20 },
  })
})
