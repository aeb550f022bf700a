import { expect, test } from 'vitest'
import { z } from 'zod'
import { isRefused } from '../../domain/decider.ts'
import { catalogue, openHouse, person, sign, succeeds } from '../judging/testing.ts'
import { expectRebuildEqual } from '../testing.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const library = (id: string) => {
  const found = catalogue.controls.find((control) => control.id === id)
  if (found === undefined) throw new Error(`the library has no ${id}`)
  return found
}

const text = (changes: object = {}) => ({
  title: { ja: '自社の統制', en: 'Our own' },
  statement: { ja: '毎月行う。', en: 'Done every month.' },
  ownerRole: 'operations' as const,
  cadence: 'monthly' as const,
  evidence: true,
  checks: [],
  criteria: ['CC7.1', 'CC1.1'],
  ...changes,
})

async function control(house: House, id: string, asOf?: string) {
  return await succeeds(house.controls.get(id, asOf))
}

/** A document about these days, accepted by somebody else. */
async function document(house: House, id: string, from: string, to: string, inspect = true) {
  const bytes = new TextEncoder().encode(`${id} ${from} ${to} ${inspect}`)
  const upload = { title: `${from} ${to}`, fileName: 'a.txt', controls: [id], from, to, bytes }
  const done = await succeeds(house.evidence.upload(upload, person.operator))
  if (!inspect) return
  const act = {
    act: 'inspect-evidence',
    evidence: done.id,
    conclusion: 'accepted',
    note: '',
  } as const
  const inspected = await sign(house.evidence.acts, act, person.lead)
  expect(isRefused(inspected) ? inspected : null).toBeNull()
}

test('adopting copies the library’s text into the log; adopting again changes nothing', async () => {
  const house = await openHouse()
  const { controls, engine } = house
  await succeeds(controls.adopt(['AC-02', 'GV-02', 'AC-02'], person.lead))
  const adopted = await control(house, 'AC-02')
  expect(adopted).toMatchObject({
    title: library('AC-02').title,
    statement: library('AC-02').statement,
    proof: library('AC-02').proof,
    origin: 'library',
    version: 1,
    state: 'adopted',
    owner: null,
    criteria: ['CC6.1', 'CC6.2'],
  })
  expect(adopted.mappings.map(({ id }) => id)).toEqual(
    library('AC-02').mappings.map(({ id }) => id),
  )
  expect(await succeeds(controls.adopt(['AC-02'], person.lead))).toEqual({
    first: null,
    last: null,
  })
  const shown = await controls.library()
  expect(shown.filter((one) => one.adopted).map(({ id }) => id)).toEqual(['AC-02', 'GV-02'])
  expect(shown.find(({ id }) => id === 'PV-04')?.inScope).toBe(false)
  await expectRebuildEqual(engine)
})

test('either all controls of a list are adopted or none', async () => {
  const { controls } = await openHouse()
  expect(await controls.adopt(['AC-02', 'ZZ-99'], person.lead)).toEqual({
    refused: 'library-control-unknown',
    about: 'ZZ-99',
  })
  expect(await controls.list()).toEqual([])
})

test('an edit is a new version with its reason; who edits an old one must read the new', async () => {
  const house = await openHouse()
  const { controls, clock } = house
  await succeeds(controls.adopt(['AC-02'], person.lead))
  const before = await control(house, 'AC-02')
  const same = {
    title: before.title,
    statement: before.statement,
    ownerRole: before.ownerRole,
    cadence: before.cadence,
    evidence: before.evidence,
    checks: before.checks,
    criteria: [...before.criteria].reverse(),
  }
  const unchanged = await controls.edit('AC-02', { ...same, version: 1, change: 'x' }, person.lead)
  expect(unchanged).toEqual({ first: null, last: null })
  clock.set('2026-02-01T00:00:00Z')
  const title = { ja: '新しい題', en: 'New title' }
  const edited = {
    ...same,
    title,
    criteria: ['CC6.2', 'CC6.3'],
    version: 1,
    change: '規準を見直した',
  }
  await succeeds(controls.edit('AC-02', edited, person.admin))
  const after = await control(house, 'AC-02')
  expect(after).toMatchObject({ title, version: 2, origin: 'edited', criteria: ['CC6.2', 'CC6.3'] })
  // What was said of a criterion that stays is kept, and so are the other frameworks.
  expect(after.mappings.find(({ id }) => id === 'CC6.2')).toEqual(
    before.mappings.find(({ id }) => id === 'CC6.2'),
  )
  expect(after.mappings.filter(({ framework }) => framework !== 'soc2')).toEqual(
    before.mappings.filter(({ framework }) => framework !== 'soc2'),
  )
  expect(after.versions.map(({ version, kind, change }) => [version, kind, change])).toEqual([
    [1, 'adopted', ''],
    [2, 'edited', '規準を見直した'],
  ])
  expect(after.versions[1]?.by).toEqual({ id: person.admin, name: 'admin' })
  expect(await controls.edit('AC-02', edited, person.lead)).toEqual({
    refused: 'control-version-stale',
    about: 'AC-02',
  })
  // The former version is there on its day.
  expect(await control(house, 'AC-02', '2026-01-31')).toMatchObject({
    title: before.title,
    version: 1,
    origin: 'library',
  })
})

test('what could never be judged is refused, with the reason', async () => {
  const { controls } = await openHouse()
  const add = (changes: object) => controls.add({ id: 'OWN-01', ...text(changes) }, person.lead)
  expect(await add({ evidence: false })).toMatchObject({ refused: 'control-without-test' })
  expect(await add({ criteria: ['CC9.9'] })).toMatchObject({
    refused: 'control-criterion-invalid',
    about: 'CC9.9',
  })
  expect(await add({ checks: ['no-such-check'] })).toMatchObject({
    refused: 'control-check-invalid',
    about: 'no-such-check',
  })
  expect(await controls.add({ id: 'AC-01', ...text() }, person.lead)).toMatchObject({
    refused: 'control-id-in-library',
  })
  expect(
    await controls.edit('OWN-01', { ...text(), version: 1, change: 'x' }, person.lead),
  ).toEqual({
    refused: 'control-unknown',
    about: 'OWN-01',
  })
  expect(await controls.retire('OWN-01', 'r', person.lead)).toMatchObject({
    refused: 'control-unknown',
  })
  await succeeds(add({}))
  expect(await add({})).toMatchObject({ refused: 'control-exists' })
})

test('an own control is retired with its reason, and taken up again under its id', async () => {
  const house = await openHouse()
  const { controls, check } = house
  await succeeds(controls.add({ id: 'OWN-01', ...text() }, person.lead))
  await succeeds(controls.assignOwner('OWN-01', person.operator, person.lead))
  expect(await check('control-owner')).toMatchObject({ status: 'met', population: 1 })
  await succeeds(controls.retire('OWN-01', '顧客がいなくなった', person.lead))
  expect(await succeeds(controls.retire('OWN-01', 'again', person.lead))).toMatchObject({
    last: null,
  })
  expect(await control(house, 'OWN-01')).toMatchObject({ state: 'retired', version: 1 })
  expect(await check('control-owner')).toMatchObject({ status: 'not-proven', population: 0 })
  expect(await controls.assignOwner('OWN-01', person.lead, person.lead)).toMatchObject({
    refused: 'control-retired',
  })
  await succeeds(controls.add({ id: 'OWN-01', ...text({ cadence: 'annual' }) }, person.lead))
  expect(await control(house, 'OWN-01')).toMatchObject({
    state: 'adopted',
    version: 2,
    origin: 'own',
    owner: { id: person.operator, name: 'operator' },
  })
  await expectRebuildEqual(house.engine)
})

test('an owner works here; when they leave, the check names the control on that very day', async () => {
  const house = await openHouse()
  const { controls, check, clock } = house
  await succeeds(controls.adopt(['AC-02'], person.lead))
  expect(await check('control-owner')).toMatchObject({ status: 'not-met', exceptions: 1 })
  expect(await controls.assignOwner('AC-02', `per_${'9'.repeat(26)}`, person.lead)).toMatchObject({
    refused: 'control-owner-inactive',
  })
  await succeeds(controls.assignOwner('AC-02', person.leaver, person.lead))
  clock.set('2026-01-31T14:59:00Z')
  expect(await check('control-owner')).toMatchObject({ status: 'met' })
  clock.set('2026-01-31T15:00:00Z')
  expect(await check('control-owner')).toMatchObject({ status: 'not-met' })
  const found = (await house.now()).exceptions.filter((x) => x.check === 'control-owner')
  expect(found).toMatchObject([{ code: 'owner-gone', subject: 'AC-02' }])
  expect(await controls.assignOwner('AC-02', person.leaver, person.lead)).toMatchObject({
    refused: 'control-owner-inactive',
  })
})

test('a monthly control is expected once in every whole month, and a missed month is an exception', async () => {
  const house = await openHouse({ startAt: '2026-01-10T00:00:00Z' })
  const { controls, clock, check } = house
  await succeeds(controls.add({ id: 'OWN-01', ...text() }, person.lead))
  const states = async () =>
    (await control(house, 'OWN-01')).occurrences.map(({ from, state }) => [from, state])
  expect(await states()).toEqual([['2026-01-01', 'due']])
  expect(await control(house, 'OWN-01')).toMatchObject({
    status: 'not-proven',
    unproven: 'no-data',
  })

  // The month in which it was adopted is never missed.
  clock.set('2026-03-10T00:00:00Z')
  expect(await states()).toEqual([
    ['2026-02-01', 'due'],
    ['2026-03-01', 'due'],
  ])
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'not-proven' })
  clock.set('2026-03-15T14:59:59Z')
  expect(await check('control-performed')).toMatchObject({ status: 'met', population: 2 })
  clock.set('2026-03-15T15:00:00Z') // the sixteenth in Tokyo: fifteen days of grace are over
  expect(await states()).toEqual([
    ['2026-02-01', 'missed'],
    ['2026-03-01', 'due'],
  ])
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'not-met', exceptions: 1 })
  expect(await check('control-performed')).toMatchObject({ status: 'not-met', exceptions: 1 })
  await succeeds(house.judging.run('system:judge'))

  // Uploaded is not inspected; inspected for a later month shows that it works again.
  await document(house, 'OWN-01', '2026-03-01', '2026-03-10', false)
  expect((await states()).at(-1)).toEqual(['2026-03-01', 'awaiting-inspection'])
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'not-met' })
  await document(house, 'OWN-01', '2026-03-01', '2026-03-12')
  expect(await states()).toEqual([
    ['2026-02-01', 'missed'],
    ['2026-03-01', 'done'],
  ])
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'met' })
  await succeeds(house.judging.run('system:judge'))
  const [missed] = (await house.now()).exceptions.filter((x) => x.check === 'control-performed')
  expect(missed).toMatchObject({ state: 'fixed', label: 'OWN-01 2026-02-01/2026-02-28' })
  await expectRebuildEqual(house.engine)
})

test('changing how often begins a new count, and what was missed before stays missed', async () => {
  const house = await openHouse({ startAt: '2025-12-31T15:00:00Z' })
  const { controls, clock } = house
  await succeeds(controls.add({ id: 'OWN-01', ...text() }, person.lead))
  clock.set('2026-04-01T00:00:00Z')
  const yearly = { ...text({ cadence: 'annual' }), version: 1, change: '年に一度でよい' }
  await succeeds(controls.edit('OWN-01', yearly, person.lead))
  const { occurrences } = await control(house, 'OWN-01')
  expect(occurrences.map(({ from, to, state }) => [from, to, state])).toEqual([
    ['2026-01-01', '2026-01-31', 'missed'],
    ['2026-01-01', '2026-12-31', 'due'],
    ['2026-02-01', '2026-02-28', 'missed'],
    ['2026-03-01', '2026-03-31', 'due'],
  ])
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'not-met' })
})

test('weeks, quarters and half years begin where the calendar of the organisation says', async () => {
  const house = await openHouse({ startAt: '2025-12-31T15:00:00Z' })
  const { controls, clock } = house
  const cadences = ['daily', 'weekly', 'quarterly', 'semiannual', 'annual', 'continuous'] as const
  for (const [at, cadence] of cadences.entries()) {
    await succeeds(controls.add({ id: `OWN-0${at + 1}`, ...text({ cadence }) }, person.lead))
  }
  clock.set('2026-07-04T16:00:00Z') // Sunday the fifth in Tokyo
  const last = async (id: string) => {
    const { from, to } = (await control(house, id)).occurrences.at(-1) ?? { from: '', to: '' }
    return [from, to]
  }
  expect(await last('OWN-01')).toEqual(['2026-07-05', '2026-07-05'])
  expect(await last('OWN-02')).toEqual(['2026-06-29', '2026-07-05'])
  expect(await last('OWN-03')).toEqual(['2026-07-01', '2026-09-30'])
  expect(await last('OWN-04')).toEqual(['2026-07-01', '2026-12-31'])
  expect(await last('OWN-05')).toEqual(['2026-01-01', '2026-12-31'])
  expect(await last('OWN-06')).toEqual(['2026-07-01', '2026-07-31'])
  expect((await control(house, 'OWN-01')).occurrences).toHaveLength(186)
})

test('what happens on occasion is shown once a year, and goes stale after that', async () => {
  const house = await openHouse()
  const { controls, clock } = house
  await succeeds(controls.add({ id: 'OWN-01', ...text({ cadence: 'on-occurrence' }) }, person.lead))
  expect(await control(house, 'OWN-01')).toMatchObject({
    status: 'not-proven',
    unproven: 'no-data',
  })
  await document(house, 'OWN-01', '2026-01-02', '2026-01-02')
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'met', occurrences: [] })
  clock.set('2027-01-01T16:00:00Z')
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'met' })
  clock.set('2027-01-02T15:00:00Z')
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'not-proven', unproven: 'stale' })
})

test('what was shown shortly before a control was adopted counts for it', async () => {
  const house = await openHouse({ startAt: '2026-01-10T00:00:00Z' })
  await succeeds(house.controls.add({ id: 'OWN-01', ...text({ cadence: 'annual' }) }, person.lead))
  await document(house, 'OWN-01', '2025-06-01', '2025-06-01')
  expect(await control(house, 'OWN-01')).toMatchObject({ status: 'met' })
  expect((await control(house, 'OWN-01')).occurrences).toMatchObject([
    { from: '2025-01-01', state: 'done', evidence: [{ conclusion: 'accepted' }] },
    { from: '2026-01-01', state: 'due', evidence: [] },
  ])
})

test('an adopted version can be read from its entry alone, without the library', async () => {
  const { controls, engine } = await openHouse()
  const done = await succeeds(controls.adopt(['CU-01'], person.lead))
  const [bytes] = await engine.log.entries(done.last ?? 0, (done.last ?? 0) + 1)
  const entry = z
    .object({ data: z.object({ definition: z.unknown() }) })
    .parse(JSON.parse(new TextDecoder().decode(bytes)))
  const { id: _, ...whole } = library('CU-01')
  expect(entry.data.definition).toEqual(whole)
})
