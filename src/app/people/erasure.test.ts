import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'
import { admin, importList, list, numbered, openAccount, openPractice, reader } from './testing.ts'

const boss = '1,佐藤 一,sato@example.jp,経営,社長,,2015-04-01,'
const hanako = '2,髙橋 花子,hana@example.jp,運用部,秘密の役職,1,2020-04-01,'
const left = `${hanako}2026-03-31`
/** Whatever of her could be read somewhere. */
const traces = ['花子', '髙橋', 'hana@example.jp', '秘密の役職', '運用部']

type Opened = Awaited<ReturnType<typeof openPractice>>

/** Every byte of every entry as text. */
async function ledgerText({ engine, store }: Opened): Promise<string> {
  const { size } = await engine.views()
  const entries = await store.entries(0, size)
  return entries.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n')
}

/** Every row of every view table, as JSON. */
async function viewsText({ engine }: Opened, asOf?: string): Promise<string> {
  const tables = await rowsOf(
    engine,
    `select tablename from pg_tables where schemaname = current_schema() order by tablename`,
  )
  const rows = []
  for (const { tablename } of tables) {
    rows.push(await rowsOf(engine, `select * from "${String(tablename)}"`, [], asOf))
  }
  expect(tables.length).toBeGreaterThan(10)
  return JSON.stringify(rows)
}

test('nothing personal of an erased person can be read anywhere, and everything still stands', async () => {
  const opened = await openPractice()
  const { engine, people, training, courses, clock, access } = opened
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(boss, hanako))
  const course = courses.find(({ id }) => id === 'information-security-basics')
  const answers = Object.fromEntries(
    (course?.questions ?? []).map(({ id, answer }) => [id, answer]),
  )
  await training.offer({ course: course?.id ?? '', audience: 'everyone', validMonths: 12 }, admin)
  await training.complete(course?.id ?? '', answers, reader)
  await access.handle({ type: 'disable', person: reader, reason: '髙橋さんが退職' }, { by: admin })
  clock.advance({ days: 1 })
  await importList(opened, list(boss, left))
  expect(await viewsText(opened)).toMatch(/花子/)
  const before = await ledgerText(opened)
  for (const trace of traces) expect(before).not.toContain(trace)

  clock.advance({ days: 1 })
  expect(await people.erase(reader, 'Retention has ended', admin)).not.toHaveProperty('refused')
  const texts = [await ledgerText(opened), await viewsText(opened)]
  texts.push(await viewsText(opened, '2026-04-01'))
  for (const text of texts) for (const trace of traces) expect(text).not.toContain(trace)
  expect(await people.get(reader)).toMatchObject({
    state: 'erased',
    name: null,
    email: null,
    employeeNumber: null,
    title: null,
    department: null,
    startDate: '2020-04-01',
    erasure: { by: { id: admin }, reason: 'Retention has ended' },
    courses: [{ completedOn: '2026-04-01', score: null }],
  })
  expect(await rowsOf(engine, 'select * from training_scores')).toEqual([])
  await expectRebuildEqual(engine)
  const after = await viewsText(opened)
  for (const trace of traces) expect(after).not.toContain(trace)
})

test('who still works here, or can still sign in, or is nobody, cannot be erased', async () => {
  const opened = await openPractice()
  const { people, engine, clock, access } = opened
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(boss, `${hanako}2026-04-10`))
  expect(await people.erase('per_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'x', admin)).toMatchObject({
    refused: 'person-unknown',
  })
  expect(await people.erase(reader, 'x', admin)).toMatchObject({ refused: 'person-has-account' })
  await access.handle({ type: 'disable', person: reader, reason: 'x' }, { by: admin })
  expect(await people.erase(reader, 'x', admin)).toMatchObject({ refused: 'person-still-employed' })
  clock.set('2026-04-10T14:59:00Z')
  expect(await people.erase(reader, 'x', admin)).toMatchObject({ refused: 'person-still-employed' })
  clock.set('2026-04-10T15:00:00Z')
  expect(await people.erase(reader, 'x', admin)).not.toHaveProperty('refused')
  const again = await people.erase(reader, 'x', admin)
  expect(again).toEqual({ first: null, last: null })
  const first = (await numbered(engine)).get('1') ?? ''
  expect(await people.erase(first, 'x', admin)).toMatchObject({ refused: 'person-still-employed' })
})

test('a list that still names an erased person is shown as a joiner, never joined to the old one', async () => {
  const opened = await openPractice()
  const { people, clock, engine } = opened
  await importList(opened, list(boss, left))
  const erased = (await numbered(engine)).get('2') ?? ''
  clock.advance({ days: 1 })
  await people.erase(erased, 'Retention has ended', admin)
  const preview = await people.preview(list(boss, left))
  if (isRefused(preview)) throw new Error(preview.refused)
  expect(preview.changes).toMatchObject([{ kind: 'joiner', person: null, employeeNumber: '2' }])
})

test('erasing between preview and confirmation keeps the whole list out', async () => {
  const opened = await openPractice()
  const { people, clock, engine } = opened
  await importList(opened, list(boss, left))
  clock.advance({ days: 1 })
  const next = list(boss, left.replace('運用部', '開発部'))
  const preview = await people.preview(next)
  if (isRefused(preview)) throw new Error(preview.refused)
  await people.erase((await numbered(engine)).get('2') ?? '', 'x', admin)
  expect(await people.confirm(preview.digest, next, admin)).toMatchObject({
    refused: 'roster-changed',
  })
})
