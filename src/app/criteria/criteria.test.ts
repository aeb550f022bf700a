import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { lockCheck, openHouse, person, sign, succeeds } from '../judging/testing.ts'
import { expectRebuildEqual } from '../testing.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const own = (id: string, criteria: string[], changes: object = {}) => ({
  id,
  title: { ja: '錠', en: 'Locks' },
  statement: { ja: '閉める。', en: 'Locked.' },
  ownerRole: 'operations' as const,
  cadence: 'continuous' as const,
  evidence: false,
  checks: ['lock-shut'],
  criteria,
  ...changes,
})

const exclude = (house: House, criterion: string, reason = '施設を持たない') =>
  sign(house.criteria.acts, { act: 'exclude-criterion', criterion, reason }, person.lead)

async function statusOf(house: House, criterion: string) {
  const { status, unproven } = await succeeds(house.criteria.get(criterion))
  return [status, unproven]
}

test('the board shows the criteria in scope, and a changed scope shows others', async () => {
  const house = await openHouse()
  const board = await house.criteria.board()
  expect(board.criteria).toHaveLength(33)
  expect(board.series.map(({ id }) => id)).toEqual([
    'CC1',
    'CC2',
    'CC3',
    'CC4',
    'CC5',
    'CC6',
    'CC7',
    'CC8',
    'CC9',
  ])
  expect(board.totals).toEqual({ met: 0, notMet: 0, notProven: 33, notApplicable: 0 })
  const change = { categories: ['security', 'privacy'] as const, reason: '顧客の求め' }
  await succeeds(house.organisation.changeScope(change, person.lead))
  expect((await house.criteria.board()).criteria).toHaveLength(51)
  expect(await succeeds(house.criteria.get('A1.1'))).toMatchObject({ inScope: false })
  expect(await house.criteria.get('CC9.9')).toMatchObject({ refused: 'criterion-unknown' })
  await expectRebuildEqual(house.engine)
})

test('a criterion is as its worst control is, and one without controls is not proven', async () => {
  const house = await openHouse()
  expect(await statusOf(house, 'CC6.1')).toEqual(['not-proven', 'no-controls'])
  await succeeds(house.controls.add(own('OWN-01', ['CC6.1', 'CC6.2']), person.lead))
  expect(await statusOf(house, 'CC6.1')).toEqual(['not-proven', 'no-data'])
  await house.see('m1', 'shut')
  expect(await statusOf(house, 'CC6.1')).toEqual(['met', 'none'])
  const paper = own('OWN-02', ['CC6.1'], { checks: [], evidence: true, cadence: 'annual' })
  await succeeds(house.controls.add(paper, person.lead))
  expect(await statusOf(house, 'CC6.1')).toEqual(['not-proven', 'no-data'])
  expect(await statusOf(house, 'CC6.2')).toEqual(['met', 'none'])
  await house.see('m2', 'open')
  expect(await statusOf(house, 'CC6.1')).toEqual(['not-met', 'none'])
  const shown = await succeeds(house.criteria.get('CC6.1'))
  expect(shown.controlRows.map(({ id, status }) => [id, status])).toEqual([
    ['OWN-01', 'not-met'],
    ['OWN-02', 'not-proven'],
  ])
  expect(shown.exceptions).toBe(1)
  expect(shown.suggestions.map(({ id }) => id)).toContain('AC-02')
  await succeeds(house.controls.retire('OWN-01', 'r', person.lead))
  expect(await statusOf(house, 'CC6.2')).toEqual(['not-proven', 'no-controls'])
})

test('every criterion in scope without a control is an exception of its own', async () => {
  const house = await openHouse()
  expect(await house.check('criteria-covered')).toMatchObject({ population: 33, exceptions: 33 })
  await succeeds(house.controls.add(own('OWN-01', ['CC6.1', 'CC6.2']), person.lead))
  await succeeds(exclude(house, 'CC6.4'))
  expect(await house.check('criteria-covered')).toMatchObject({ population: 32, exceptions: 30 })
})

test('not applicable only by a signed decision, which says who and why and can be taken back', async () => {
  const house = await openHouse()
  await succeeds(exclude(house, 'CC6.4'))
  expect(await statusOf(house, 'CC6.4')).toEqual(['not-applicable', 'none'])
  expect((await succeeds(house.criteria.get('CC6.4'))).exclusion).toMatchObject({
    reason: '施設を持たない',
    by: { id: person.lead, name: 'lead' },
    at: '2026-01-05T00:00:00.000Z',
  })
  expect((await house.criteria.board()).totals.notApplicable).toBe(1)
  expect(await exclude(house, 'CC6.4')).toMatchObject({ refused: 'criterion-excluded-already' })
  expect(await exclude(house, 'CC9.9')).toMatchObject({ refused: 'criterion-unknown' })
  house.clock.set('2027-01-05T00:00:01Z')
  expect(await house.check('criteria-exclusion-current')).toMatchObject({ exceptions: 1 })
  await succeeds(house.criteria.include('CC6.4', '事務所を借りた', person.lead))
  expect(await statusOf(house, 'CC6.4')).toEqual(['not-proven', 'no-controls'])
  expect(await house.criteria.include('CC6.4', 'r', person.lead)).toMatchObject({
    refused: 'criterion-not-excluded',
  })
  // The day before, it still was not applicable.
  expect((await succeeds(house.criteria.get('CC6.4', '2027-01-04'))).status).toBe('not-applicable')
  await expectRebuildEqual(house.engine)
})

/** What people can say about exceptions and the criteria; none of it is an observation. */
const words = fc.array(
  fc.record({
    deed: fc.constantFrom('run', 'answer', 'accept', 'edit', 'assign', 'include'),
    by: fc.constantFrom(person.lead, person.admin, person.operator),
    owner: fc.constantFrom(person.lead, person.admin, person.operator),
  }),
  { minLength: 1, maxLength: 6 },
)

test('nobody can type a status: without an observation, nothing that people say changes one', async () => {
  const house = await openHouse({ checks: [lockCheck] })
  await succeeds(house.controls.add(own('OWN-01', ['CC6.1']), person.lead))
  await house.see('m1', 'open')
  await house.see('m2', 'shut')
  let version = 1
  const say = async ({ deed, by, owner }: { deed: string; by: string; owner: string }) => {
    const id = (await house.now()).exceptions[0]?.id ?? ''
    if (deed === 'run') return await house.judging.run(by)
    if (deed === 'answer') {
      const answer = { cause: `c${owner}`, plan: 'p', owner, due: '2026-03-01' }
      return await house.exceptions.answer(id, answer, by)
    }
    if (deed === 'accept') {
      const act = {
        act: 'accept-exception',
        exception: id,
        until: '2026-12-31',
        reason: 'r',
      } as const
      return await sign(house.exceptions.acts, act, by)
    }
    if (deed === 'edit') {
      const { id: control, ...text } = own('OWN-01', ['CC6.1'])
      const title = { ja: `錠${version}`, en: `Locks ${version}` }
      const edited = { ...text, title, version, change: 'x' }
      const done = await house.controls.edit(control, edited, by)
      if (!isRefused(done)) version++
      return done
    }
    if (deed === 'assign') return await house.controls.assignOwner('OWN-01', owner, by)
    return await house.criteria.include('CC6.1', 'r', by)
  }
  const statuses = async () => {
    const { checks, controls, criteria } = await house.now()
    return [checks, controls, criteria].map((all) => all.map(({ status }) => status))
  }
  const before = await statuses()
  await fc.assert(
    fc.asyncProperty(words, async (deeds) => {
      for (const deed of deeds) await say(deed)
      expect(await statuses()).toEqual(before)
    }),
    { numRuns: 12 },
  )
  await house.see('m1', 'shut')
  expect(await statuses()).not.toEqual(before)
  expect(await statusOf(house, 'CC6.1')).toEqual(['met', 'none'])
})
