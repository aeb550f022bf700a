import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCatalogue } from '../../src/app/content/catalogue-files.ts'
import * as contract from '../../src/contract/criteria.ts'
import { getGuide, search } from '../../src/contract/evidence.ts'
import { checks } from '../../src/main/room-list.ts'
import { openTestSite, type Member, type TestSite } from '../http/test-site.ts'

const catalogue = readCatalogue()
let site: TestSite
let lead: Member

beforeAll(async () => {
  site = await openTestSite()
  lead = await site.setUp()
})
afterAll(() => site.close())

test('every check that the library names exists, and ids are never shared', () => {
  const ids = checks.map(({ id }) => id)
  const named = catalogue.controls.flatMap((control) => control.checks)
  expect(named.filter((id) => !ids.includes(id))).toEqual([])
  // And a check that tests no control of the library would never be looked at.
  expect(ids.filter((id) => !named.includes(id))).toEqual([])
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  expect(ids.length).toBeGreaterThanOrEqual(30)
})

test('every check says its title, rule, remedy and reasons in Japanese and in English', () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
  const texts = checks.flatMap(({ id, title, rule, remedy, reasons }) =>
    [title, rule, remedy, ...Object.values(reasons)].map((text) => ({ id, ...text })),
  )
  expect(
    texts.filter(({ ja, en }) => !japanese.test(ja) || japanese.test(en) || en === ''),
  ).toEqual([])
})

test('the SQL that auditors read never looks at the machine’s clock, and never changes anything', () => {
  const forbidden = /\b(now|clock_timestamp|random|current_(date|timestamp|time))\b|localtime/i
  const writing = /\b(insert|update|delete|truncate|alter|drop|create|grant|copy)\b/i
  const queries = checks.flatMap(({ id, population, exceptions, unproven, freshness }) =>
    [population, exceptions, unproven ?? '', freshness?.query ?? ''].map((sql) => ({ id, sql })),
  )
  const comment = /--.*$/gm
  const wrong = queries.filter(({ sql }) => {
    const said = sql.replace(comment, '').replace(/'[^']*'/g, '')
    return forbidden.test(said) || writing.test(said)
  })
  expect(wrong).toEqual([])
})

test('every check can be judged on the first day, and none is met for want of facts', async () => {
  const listed = await lead.call(contract.listChecks, {})
  expect(listed.map(({ id }) => id)).toEqual(checks.map(({ id }) => id))
  expect(listed.filter(({ status, population }) => status === 'met' && population === 0)).toEqual(
    [],
  )
  for (const { id } of listed) {
    const shown = await lead.call(contract.getCheck, { params: { check: id } })
    expect(shown.members.length).toBe(Math.min(shown.population, 500))
  }
})

test('the whole library can be adopted; each control is judged, and its pages open', async () => {
  const ids = catalogue.controls.map(({ id }) => id)
  await lead.call(contract.adoptControls, { body: { controls: ids } })
  const controls = await lead.call(contract.listControls, {})
  expect(controls.map(({ id }) => id)).toEqual([...ids].sort())
  const board = await lead.call(contract.getBoard, {})
  expect(board.criteria.filter(({ controls: count }) => count === 0)).toEqual([])
  const one = await lead.call(contract.getControl, { params: { control: 'GV-08' } })
  expect(one.checkRows.map(({ id }) => id).sort()).toEqual([...one.checks].sort())
  const criterion = await lead.call(contract.getCriterion, { params: { criterion: 'CC6.1' } })
  expect(criterion.suggestions).toEqual([])
  expect(criterion.controlRows.length).toBeGreaterThan(5)
})

test('running the checks records them, and a signed acceptance travels the whole way', async () => {
  const run = await lead.call(contract.runChecks, {})
  expect(run.totals.met + run.totals.notMet + run.totals.notProven).toBe(checks.length)
  // The first judgement of all makes the check that looks for judgements say something new.
  await lead.call(contract.runChecks, {})
  expect(await lead.call(contract.runChecks, {})).toMatchObject({ seq: null })
  const trend = await lead.call(contract.getTrend, {})
  expect(trend).toHaveLength(1)
  const [found] = await lead.call(contract.listExceptions, { query: { check: 'control-owner' } })
  const exception = found?.id ?? ''
  const second = await site.join(lead, 'security-lead', 'Second')
  const answer = { cause: 'c', plan: 'p', owner: lead.person, due: '2026-05-01' }
  await lead.call(contract.answerException, { params: { exception }, body: answer })
  const act = {
    act: 'accept-exception',
    exception,
    until: '2026-09-30',
    reason: '代わりがいる',
  } as const
  expect(await lead.sign(act)).toMatchObject({
    status: 409,
    body: { code: 'exception-own-answer' },
  })
  expect(await second.sign(act)).toMatchObject({ status: 200 })
  const shown = await lead.call(contract.getException, { params: { exception } })
  expect(shown).toMatchObject({ state: 'accepted', acceptances: [{ until: '2026-09-30' }] })
  const check = await lead.call(contract.getCheck, { params: { check: 'control-owner' } })
  expect(check).toMatchObject({ status: 'not-met', accepted: 1 })
  const excluded = {
    act: 'exclude-criterion',
    criterion: 'CC6.4',
    reason: '施設を持たない',
  } as const
  expect(await lead.sign(excluded)).toMatchObject({ status: 200 })
  const criterion = await lead.call(contract.getCriterion, { params: { criterion: 'CC6.4' } })
  expect(criterion.status).toBe('not-applicable')
})

test('exceptions and controls are found by their words, and the guide counts them', async () => {
  const found = await lead.call(search, { query: { q: 'control-owner' } })
  expect(found.filter(({ kind }) => kind === 'exception').length).toBeGreaterThan(0)
  const [control] = await lead.call(search, { query: { q: '共謀' } })
  expect(control).toMatchObject({ kind: 'control', id: 'RK-04' })
  expect((await lead.call(getGuide, {})).find(({ id }) => id === 'controls')?.done).toBe(true)
})

test('bad input is named: ids, days and versions that do not exist', async () => {
  const ask = async (...[route, parts]: Parameters<Member['ask']>) => {
    const { status, body } = await lead.ask(route, parts)
    return [status, typeof body === 'object' && body !== null && 'code' in body ? body.code : null]
  }
  expect(await ask(contract.getControl, { params: { control: 'ZZ-99' } })).toEqual([
    404,
    'control-unknown',
  ])
  expect(await ask(contract.getCheck, { params: { check: 'no-such' } })).toEqual([
    404,
    'check-unknown',
  ])
  const [malformed] = await ask(contract.getControl, { params: { control: '../etc' } })
  expect(malformed).toBeGreaterThanOrEqual(400)
  const [future] = await ask(contract.getBoard, { query: { asOf: '2999-01-01' } })
  expect(future).toBeGreaterThanOrEqual(400)
  const [nonsense] = await ask(contract.getBoard, { query: { asOf: '2026-02-30' } })
  expect(nonsense).toBe(400)
  expect(
    await ask(contract.retireControl, { params: { control: 'AC-01' }, body: { reason: '' } }),
  ).toEqual([400, expect.any(String)])
})
