import { expect, test } from 'vitest'
import { expectRebuildEqual } from '../testing.ts'
import { lockCheck, openHouse, person, sign, succeeds } from './testing.ts'

test('a check over nothing is never met: no data, then a population, then none again', async () => {
  const { check, see, go, clock } = await openHouse()
  expect(await check('lock-shut')).toMatchObject({ status: 'not-proven', unproven: 'no-data' })
  await see('m1', 'shut')
  expect(await check('lock-shut')).toMatchObject({ status: 'met', unproven: 'none', population: 1 })
  await go('m1')
  clock.advance({ minutes: 5 })
  expect(await check('lock-shut')).toMatchObject({ status: 'not-proven', unproven: 'no-data' })
})

test('an empty population proves nothing even when its facts are fresh', async () => {
  const fresh = { ...lockCheck, freshness: null }
  const { check } = await openHouse({ checks: [fresh] })
  expect(await check('lock-shut')).toMatchObject({
    status: 'not-proven',
    unproven: 'empty-population',
  })
})

test('facts that nobody has looked at for too long prove nothing, good or bad', async () => {
  const { check, see, clock } = await openHouse()
  await see('m1', 'shut')
  await see('m2', 'open')
  expect(await check('lock-shut')).toMatchObject({ status: 'not-met', exceptions: 1 })
  clock.advance({ days: 7 })
  expect(await check('lock-shut')).toMatchObject({ status: 'not-met' })
  clock.advance({ minutes: 5 })
  expect(await check('lock-shut')).toMatchObject({ status: 'not-proven', unproven: 'stale' })
})

test('members that could not be read are neither a pass nor hidden', async () => {
  const { check, see } = await openHouse()
  await see('m1', 'shut')
  await see('m2', 'unreadable')
  const unread = await check('lock-shut')
  expect(unread).toMatchObject({ status: 'not-proven', unproven: 'unreadable', population: 2 })
  expect(unread.unread.map(({ subject }) => subject)).toEqual(['m2'])
  await see('m3', 'open')
  expect(await check('lock-shut')).toMatchObject({ status: 'not-met', unproven: 'none' })
})

test('an exception outside of its population, or told twice, is a bug and stops everything', async () => {
  const stray = { ...lockCheck, population: `select 'x' as subject, 'x' as label` }
  const one = await openHouse({ checks: [stray] })
  await one.see('m1', 'open')
  await expect(one.now()).rejects.toMatchObject({ code: 'check-subject-stray' })
  const twice = {
    ...lockCheck,
    population: `${lockCheck.population} union all ${lockCheck.population}`,
  }
  const other = await openHouse({ checks: [twice] })
  await other.see('m1', 'shut')
  await expect(other.now()).rejects.toMatchObject({ code: 'check-subject-twice' })
  const reason = { ...lockCheck, reasons: {} }
  const third = await openHouse({ checks: [reason] })
  await third.see('m1', 'open')
  await expect(third.now()).rejects.toMatchObject({ code: 'check-reason-unknown' })
})

test('an exception lives: shown before it is recorded, recorded once, fixed only by a later look', async () => {
  const { engine, see, now, judging, exceptions, clock } = await openHouse({ checks: [lockCheck] })
  await see('m1', 'open')
  const [shown] = (await now()).exceptions
  expect(shown).toMatchObject({ state: 'open', recorded: false, label: 'M1', occurrence: 1 })
  const id = shown?.id ?? ''
  const first = await succeeds(judging.run(person.lead))
  expect(first.totals).toEqual({ met: 0, notMet: 1, notProven: 0 })
  expect((await now()).exceptions).toMatchObject([{ id, state: 'open', recorded: true }])
  // Said again, nothing is new.
  expect(await judging.run(person.lead)).toMatchObject({ seq: null })

  clock.advance({ hours: 1 })
  await see('m1', 'shut')
  expect((await now()).exceptions).toMatchObject([{ id, state: 'fixed', recorded: false }])
  await succeeds(judging.run(person.lead))
  const fixed = await succeeds(exceptions.get(id))
  expect(fixed).toMatchObject({ state: 'fixed', fixedBecause: 'rule-holds' })
  expect(fixed.story.map(({ type }) => type)).toEqual([
    'exceptions.opened.v1',
    'exceptions.fixed.v1',
  ])

  // Coming back it is another one, and the first stays as it was.
  clock.advance({ hours: 1 })
  await see('m1', 'open')
  await succeeds(judging.run(person.lead))
  expect((await now()).exceptions).toMatchObject([
    { state: 'open', occurrence: 2 },
    { id, state: 'fixed', occurrence: 1 },
  ])
  await expectRebuildEqual(engine)
})

test('silence fixes nothing: stale facts and unreadable members leave exceptions open', async () => {
  const { see, go, now, judging, clock } = await openHouse({ checks: [lockCheck] })
  await see('m1', 'open')
  await see('m2', 'shut')
  await succeeds(judging.run(person.lead))
  await see('m1', 'unreadable')
  expect((await now()).exceptions).toMatchObject([{ state: 'open' }])
  await see('m1', 'open')
  clock.advance({ days: 30 })
  await succeeds(judging.run(person.lead))
  expect((await now()).exceptions).toMatchObject([{ state: 'open' }])
  // Removing all that is looked at leaves nothing to judge, and proves nothing.
  await go('m1')
  await go('m2')
  expect((await now()).exceptions).toMatchObject([{ state: 'open' }])
  // Removing one while others are still looked at ends it, and the record says how.
  await see('m2', 'shut')
  await succeeds(judging.run(person.lead))
  expect((await now()).exceptions).toMatchObject([{ state: 'fixed', fixedBecause: 'subject-gone' }])
})

test('an exception that breaks in another way is the same one, and its acceptance ends', async () => {
  const { see, now, judging, exceptions } = await openHouse({ checks: [lockCheck] })
  await see('m1', 'open')
  const id = (await now()).exceptions[0]?.id ?? ''
  const given = { cause: 'c', plan: 'p', owner: person.operator, due: '2026-02-01' }
  await succeeds(exceptions.answer(id, given, person.lead))
  const act = { act: 'accept-exception', exception: id, until: '2026-06-30', reason: 'r' } as const
  await succeeds(sign(exceptions.acts, act, person.admin))
  expect((await now()).exceptions).toMatchObject([
    { state: 'accepted', acceptedUntil: '2026-06-30' },
  ])
  await see('m1', 'broken')
  expect((await now()).exceptions).toMatchObject([{ id, state: 'answered', code: 'broken' }])
  await succeeds(judging.run(person.lead))
  expect((await now()).exceptions).toMatchObject([
    { id, state: 'answered', recorded: true, acceptedUntil: null },
  ])
})

test('any past day is judged as it was judged on that day', async () => {
  const { see, now, judging, clock } = await openHouse({ checks: [lockCheck] })
  await see('m1', 'open')
  await see('m2', 'shut')
  clock.set('2026-01-10T14:59:59.999Z')
  const then = await now()
  clock.set('2026-01-11T03:00:00Z')
  await see('m1', 'shut')
  await succeeds(judging.run(person.lead))
  clock.set('2026-03-01T00:00:00Z')
  await see('m3', 'broken')
  const again = await now('2026-01-10')
  expect(again).toEqual(then)
  expect(again.day).toBe('2026-01-10')
  expect((await now()).checks).not.toEqual(then.checks)
})

test('the same moment is judged once, a later moment or another entry again', async () => {
  const { now, see, clock } = await openHouse({ checks: [lockCheck] })
  const first = await now()
  expect(await now()).toBe(first)
  clock.advance({ minutes: 5 })
  expect(await now()).not.toBe(first)
  const second = await now()
  await see('m1', 'shut')
  expect(await now()).not.toBe(second)
})

test('a judgement is recorded once a day, and again when it says something new', async () => {
  const { judging, see, clock } = await openHouse({ checks: [lockCheck] })
  await see('m1', 'shut')
  expect((await succeeds(judging.run('system:judge'))).seq).not.toBeNull()
  await see('m2', 'shut')
  expect((await succeeds(judging.run('system:judge'))).seq).toBeNull()
  clock.advance({ days: 1 })
  expect((await succeeds(judging.run('system:judge'))).seq).not.toBeNull()
  await see('m2', 'open')
  await succeeds(judging.run('system:judge'))
  const trend = await judging.trend()
  expect(trend.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-06'])
  const shown = await succeeds(judging.getCheck('lock-shut'))
  expect(shown.history).toMatchObject([
    { day: '2026-01-05', status: 'met', population: 1 },
    { day: '2026-01-06', status: 'not-met', population: 2, exceptions: 1 },
  ])
  expect(shown.members).toEqual([
    { subject: 'm2', label: 'M2', exception: true },
    { subject: 'm1', label: 'M1', exception: false },
  ])
  expect(shown.populationSql).toBe(lockCheck.population)
  expect(await judging.getCheck('no-such')).toEqual({ refused: 'check-unknown', about: 'no-such' })
})
