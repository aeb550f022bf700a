import { expect, test } from 'vitest'
import { lockCheck, openHouse, person, sign, succeeds } from '../judging/testing.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const given = { cause: '鍵が壊れた', plan: '交換する', owner: person.operator, due: '2026-02-01' }

async function openLock(house: House) {
  await house.see('m1', 'open')
  await house.see('m2', 'shut')
  const found = (await house.now()).exceptions.find(({ check }) => check === 'lock-shut')
  if (found === undefined) throw new Error('nothing was found')
  return found.id
}

const accept = (
  house: House,
  exception: string,
  until: string,
  by: string,
  role: 'administrator' | 'security-lead' = 'security-lead',
) =>
  sign(
    house.exceptions.acts,
    { act: 'accept-exception', exception, until, reason: '代わりの錠がある' },
    by,
    role,
  )

test('answering an exception that no job has recorded records it first', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  const id = await openLock(house)
  await succeeds(house.exceptions.answer(id, given, person.lead))
  expect(await succeeds(house.exceptions.get(id))).toMatchObject({
    state: 'answered',
    cause: given.cause,
    response: {
      plan: given.plan,
      owner: { id: person.operator, name: 'operator' },
      due: given.due,
    },
    answeredBy: { id: person.lead, name: 'lead' },
    observation: expect.any(Number),
    story: [{ type: 'exceptions.opened.v1', by: { id: 'system:judge', name: null } }, {}],
  })
  expect((await house.check('lock-shut')).status).toBe('not-met')
  await expectRebuildEqual(house.engine)
})

test('what is said about an exception is checked: who, by when, and whether there is one', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  const id = await openLock(house)
  const { exceptions } = house
  const refusal = async (changes: object, exception = id) =>
    await exceptions.answer(exception, { ...given, ...changes }, person.lead)
  expect(await refusal({ due: '2026-01-04' })).toMatchObject({ refused: 'exception-due-past' })
  expect(await refusal({ due: '2027-01-06' })).toMatchObject({ refused: 'exception-due-far' })
  expect(await refusal({ owner: `per_${'9'.repeat(26)}` })).toMatchObject({
    refused: 'exception-owner-inactive',
  })
  expect(await refusal({}, `exc_${'0'.repeat(26)}`)).toMatchObject({ refused: 'exception-unknown' })
  expect(await exceptions.get(`exc_${'0'.repeat(26)}`)).toMatchObject({
    refused: 'exception-unknown',
  })
})

test('nobody accepts what they answered, what they are to repair, or what nobody answered', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  const id = await openLock(house)
  expect(await accept(house, id, '2026-06-30', person.admin)).toMatchObject({
    refused: 'exception-not-answered',
  })
  await succeeds(house.exceptions.answer(id, given, person.lead))
  expect(await accept(house, id, '2026-06-30', person.lead)).toMatchObject({
    refused: 'exception-own-answer',
  })
  expect(await accept(house, id, '2026-06-30', person.operator)).toMatchObject({
    refused: 'exception-own-answer',
  })
  expect(await accept(house, id, '2026-01-04', person.admin)).toMatchObject({
    refused: 'exception-acceptance-past',
  })
  expect(await accept(house, id, '2027-01-06', person.admin)).toMatchObject({
    refused: 'exception-acceptance-long',
  })
  await succeeds(accept(house, id, '2027-01-05', person.admin))
})

/** A rule that everybody breaks. */
const aboutPeople = {
  ...lockCheck,
  population: 'select person as subject, name as label from persons',
  exceptions: `select person as subject, name as label, 'open' as reason, null::bigint as observation
    from persons`,
  unproven: 'select null::text, null::text, null::text where false',
  freshness: null,
}

test('nobody accepts an exception about themselves', async () => {
  const house = await openHouse({ checks: [aboutPeople] })
  const found = (await house.now()).exceptions.find(({ subject }) => subject === person.admin)
  const id = found?.id ?? ''
  await succeeds(house.exceptions.answer(id, given, person.lead))
  expect(await accept(house, id, '2026-06-30', person.admin)).toMatchObject({
    refused: 'exception-about-yourself',
  })
  // Names of people never enter the ledger's entries; what is shown is looked up.
  expect(await rowsOf(house.engine, 'select label, person from exceptions')).toEqual([
    { label: null, person: person.admin },
  ])
  expect(await succeeds(house.exceptions.get(id))).toMatchObject({ label: 'admin' })
})

test('an acceptance changes no status, and runs out at the end of its day in the organisation’s zone', async () => {
  const house = await openHouse()
  const id = await openLock(house)
  await succeeds(house.exceptions.answer(id, { ...given, due: '2026-12-31' }, person.lead))
  await succeeds(accept(house, id, '2026-01-10', person.admin))
  expect(await house.check('lock-shut')).toMatchObject({
    status: 'not-met',
    exceptions: 1,
    accepted: 1,
  })
  const state = async () => {
    const shown = await succeeds(house.exceptions.get(id))
    return [shown.state, (await house.check('exception-acceptance-expired')).status]
  }
  house.clock.set('2026-01-10T14:59:59Z')
  expect(await state()).toEqual(['accepted', 'met'])
  house.clock.set('2026-01-10T15:00:00Z') // the eleventh in Tokyo
  expect(await state()).toEqual(['answered', 'not-met'])
  expect((await house.check('lock-shut')).accepted).toBe(0)
  // The tenth shows it accepted for ever.
  expect((await succeeds(house.exceptions.get(id, '2026-01-10'))).state).toBe('accepted')
  await succeeds(accept(house, id, '2026-03-31', person.admin))
  expect(await state()).toEqual(['accepted', 'met'])
  expect((await succeeds(house.exceptions.get(id))).acceptances).toMatchObject([
    { by: { id: person.admin }, until: '2026-01-10' },
    { until: '2026-03-31' },
  ])
  await expectRebuildEqual(house.engine)
})

test('a new answer voids the acceptance: what was accepted no longer stands there', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  const id = await openLock(house)
  await succeeds(house.exceptions.answer(id, given, person.lead))
  await succeeds(accept(house, id, '2026-06-30', person.admin))
  expect(await succeeds(house.exceptions.answer(id, given, person.lead))).toMatchObject({
    last: null,
  })
  await succeeds(house.exceptions.answer(id, { ...given, plan: '何もしない' }, person.lead))
  expect((await succeeds(house.exceptions.get(id))).state).toBe('answered')
})

test('a signature over an answer that was changed meanwhile carries nothing out', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  const id = await openLock(house)
  await succeeds(house.exceptions.answer(id, given, person.lead))
  const [act] = house.exceptions.acts
  const signer = { person: person.admin, role: 'security-lead' } as const
  const input = {
    act: 'accept-exception',
    exception: id,
    until: '2026-06-30',
    reason: 'r',
  } as const
  const statement = await succeeds(act?.statement(input, signer) ?? Promise.reject(new Error()))
  await succeeds(house.exceptions.answer(id, { ...given, plan: '何もしない' }, person.lead))
  const signature = {
    statement: '{}',
    credentialId: 'c',
    authenticatorData: 'a',
    clientDataJSON: 'd',
    signature: 's',
  }
  expect(await act?.carryOut({ ...statement }, signature, signer)).toMatchObject({
    refused: 'exception-changed',
  })
})

test('an exception nobody answers, and a response nobody carries out, become exceptions themselves', async () => {
  const house = await openHouse()
  const { clock, check, judging } = house
  const id = await openLock(house)
  await succeeds(judging.run('system:judge'))
  clock.set('2026-01-19T00:00:00Z')
  await house.see('m2', 'shut')
  expect(await check('exception-answered')).toMatchObject({ status: 'met' })
  clock.set('2026-01-19T00:05:00Z')
  await succeeds(judging.run('system:judge'))
  expect(await check('exception-answered')).toMatchObject({ status: 'not-met' })
  await succeeds(house.exceptions.answer(id, given, person.lead))
  const others = (await house.now()).exceptions.filter(
    (x) => x.check === 'exception-answered' && x.subject === id,
  )
  expect(others).toMatchObject([{ state: 'fixed', label: 'lock-shut m1' }])
  clock.set('2026-02-01T14:59:00Z')
  await house.see('m2', 'shut')
  expect(await check('exception-response-due')).toMatchObject({ status: 'met' })
  clock.set('2026-02-01T15:00:00Z')
  expect(await check('exception-response-due')).toMatchObject({ status: 'not-met', exceptions: 1 })
})

test('what comes back a third time within half a year is named', async () => {
  const house = await openHouse()
  const { clock, check, judging } = house
  for (let time = 1; time <= 3; time++) {
    await openLock(house)
    await succeeds(judging.run('system:judge'))
    expect((await check('exception-recurring')).status).toBe(time < 3 ? 'met' : 'not-met')
    clock.advance({ days: 1 })
    await house.see('m1', 'shut')
    await succeeds(judging.run('system:judge'))
    clock.advance({ days: 1 })
  }
  clock.advance({ days: 200 })
  await house.see('m2', 'shut')
  expect((await check('exception-recurring')).status).toBe('met')
})

test('a response whose owner has left needs another owner', async () => {
  const house = await openHouse()
  const id = await openLock(house)
  const answer = { ...given, owner: person.leaver, due: '2026-12-31' }
  await succeeds(house.exceptions.answer(id, answer, person.lead))
  expect(await house.check('exception-response-due')).toMatchObject({ status: 'met' })
  house.clock.set('2026-02-01T00:00:00Z')
  await house.see('m2', 'shut')
  const found = (await house.now()).exceptions.filter((x) => x.check === 'exception-response-due')
  expect(found).toMatchObject([{ code: 'owner-gone', subject: id }])
})

test('the list tells exceptions by state and by check', async () => {
  const house = await openHouse()
  await openLock(house)
  await succeeds(house.controls.adopt(['AC-02'], person.lead))
  const all = await house.exceptions.list({})
  expect(all.length).toBeGreaterThan(2)
  expect(await house.exceptions.list({ check: 'lock-shut' })).toHaveLength(1)
  expect(await house.exceptions.list({ state: 'fixed' })).toEqual([])
  expect(await house.exceptions.list({ state: 'open', check: 'control-owner' })).toHaveLength(1)
})

test('when a person is erased, no exception knows their name any more, and nothing breaks', async () => {
  const house = await openHouse({ checks: [aboutPeople] })
  await succeeds(house.judging.run('system:judge'))
  const about = async () =>
    (await house.now()).exceptions.find(({ subject }) => subject === person.leaver)
  expect((await about())?.label).toBe('leaver')
  house.clock.set('2026-03-01T00:00:00Z')
  const today = '2026-03-01'
  const reason = await house.blobs.put(new TextEncoder().encode('"本人の求め"'))
  const erase = { type: 'erase', person: person.leaver, reason, today } as const
  await succeeds(house.people.handle(erase, { by: person.admin }))
  expect((await about())?.label).toBe(person.leaver)
  await succeeds(house.judging.run('system:judge'))
  await expectRebuildEqual(house.engine)
})

test('two who judge at once record each exception once', async () => {
  const house = await openHouse({ checks: [aboutPeople] })
  const runs = Array.from({ length: 6 }, () => house.judging.run('system:judge'))
  await Promise.all(runs.map(succeeds))
  const opened = await rowsOf(
    house.engine,
    `select stream, count(*)::int as times from entries
      where type = 'exceptions.opened.v1' group by stream`,
  )
  expect(opened).toHaveLength(4)
  expect(opened.filter(({ times }) => times !== 1)).toEqual([])
})
