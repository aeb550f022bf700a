import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { rowsOf } from '../testing.ts'
import { admin, list, openPractice } from './testing.ts'

/** Everybody is under somebody with a smaller number, ten to a manager. */
function roster(people: number, department: (at: number) => string): Uint8Array {
  const rows = []
  for (let at = 1; at <= people; at += 1) {
    const manager = at === 1 ? '' : String(Math.ceil((at - 1) / 10))
    const name = `社員 第${at}号,p${at}@example.jp,${department(at)},担当`
    rows.push(`${at},${name},${manager},2020-04-01,`)
  }
  return list(...rows)
}

test('a list of 100,000 people is read and held against the roster within seconds', async () => {
  const { people } = await openPractice()
  const startedAt = performance.now()
  const preview = await people.preview(roster(100_000, () => '運用部'))
  if (isRefused(preview)) throw new Error(JSON.stringify(preview))
  expect(preview).toMatchObject({ rows: 100_000, counts: { joiner: 100_000 } })
  expect(preview.changes).toHaveLength(1_000)
  // Far above what it takes, so that a busy machine does not fail it and a square of rows does.
  expect(performance.now() - startedAt).toBeLessThan(60_000)
}, 120_000)

test('one wrong row in 100,000 is found and named', async () => {
  const { people } = await openPractice()
  const file = roster(100_000, (at) => (at === 77_777 ? '外字\u{e000}部' : '運用部'))
  expect(await people.preview(file)).toMatchObject({
    refused: 'file-has-problems',
    about: '1',
    problems: [{ row: 77_778, field: '部署', code: 'cell-unreadable-character' }],
  })
}, 120_000)

test('thousands are taken in at once, each an entry of their own, and compared again', async () => {
  const { engine, people } = await openPractice()
  const file = roster(5_000, () => '運用部')
  const preview = await people.preview(file)
  if (isRefused(preview)) throw new Error(JSON.stringify(preview))
  expect(await people.confirm(preview.digest, file, admin)).toEqual({
    seq: 5_001,
    recorded: 5_000,
  })
  expect(
    await rowsOf(
      engine,
      `select count(*) as people, count(distinct manager) as managers from people`,
    ),
  ).toEqual([{ people: 5_000, managers: 500 }])
  const next = roster(5_000, (at) => (at <= 5 ? '開発部' : '運用部'))
  expect(await people.preview(next)).toMatchObject({ unchanged: 4_995, counts: { mover: 5 } })
  expect((await people.list({})).people).toHaveLength(5_000)
}, 300_000)
