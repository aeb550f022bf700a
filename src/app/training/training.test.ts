import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import {
  admin,
  bytesOf,
  importList,
  list,
  numbered,
  openAccount,
  openPractice,
  reader,
} from '../people/testing.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'

const basics = 'information-security-basics'
const everyone = { course: basics, audience: 'everyone', validMonths: 12 } as const
const hanako = '2,髙橋 花子,hana@example.jp,運用部,,,2020-04-01,'

async function practice() {
  const opened = await openPractice()
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(hanako))
  const basicsQuiz = opened.courses.find(({ id }) => id === basics)
  if (basicsQuiz === undefined) throw new Error('no such course')
  const right = Object.fromEntries(basicsQuiz.questions.map(({ id, answer }) => [id, answer]))
  return { ...opened, right }
}

test('four starter courses: whole in both languages, with quizzes that can be passed', async () => {
  const { courses } = await openPractice()
  expect(courses.map(({ id, audience }) => `${id} ${audience}`)).toEqual([
    'information-security-basics everyone',
    'privacy-basics everyone',
    'secure-development development',
    'secure-operations operations',
  ])
  for (const { text, questions } of courses) {
    expect(questions.length).toBeGreaterThanOrEqual(6)
    expect(questions.length).toBeLessThanOrEqual(10)
    expect(text.en).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    // Where the right answer stands must not give it away.
    expect(new Set(questions.map(({ answer }) => answer)).size).toBeGreaterThan(1)
  }
})

test('the quiz is shown without its answers and graded here; every try is recorded', async () => {
  const { engine, training, right } = await practice()
  await training.offer(everyone, admin)
  const shown = await training.get(basics, reader)
  expect(JSON.stringify(shown)).not.toMatch(/"(answer|why)"/)
  const wrong = { ...right, 'bank-details': 0, 'it-asks-code': 1 }
  expect(await training.complete(basics, wrong, reader)).toMatchObject({
    score: 75,
    passed: false,
    wrong: ['bank-details', 'it-asks-code'],
  })
  const passed = await training.complete(basics, right, reader)
  expect(passed).toMatchObject({ score: 100, passed: true, wrong: [] })
  if (isRefused(passed)) throw new Error(passed.refused)
  expect(passed.explanations).toHaveLength(Object.keys(right).length)
  expect(await training.get(basics, reader)).toMatchObject({
    required: 1,
    completed: 1,
    mine: { completedOn: '2026-04-01', score: 100, required: true, current: true },
    attempts: [
      { passed: true, score: 100 },
      { passed: false, score: 75 },
    ],
  })
  await expectRebuildEqual(engine)
})

test('a pass expires after the months that the course says', async () => {
  const { training, right, clock } = await practice()
  await training.offer(everyone, admin)
  await training.complete(basics, right, reader)
  clock.set('2027-04-01T00:00:00Z')
  expect(await training.list(reader)).toMatchObject({ courses: [{ completed: 1 }] })
  clock.set('2027-04-02T00:00:00Z')
  expect(await training.list(reader)).toMatchObject({
    courses: [{ completed: 0, mine: { current: false, completedOn: '2026-04-01' } }],
  })
  expect(await training.list(reader, '2026-04-01')).toMatchObject({ courses: [{ completed: 1 }] })
})

test('a course is for those whom it is offered to', async () => {
  const opened = await practice()
  const { training, people } = opened
  await importList(opened, list(hanako, '3,鈴木 太郎,taro@example.jp,経理部,,2,2021-04-01,'))
  await training.offer(
    { course: 'secure-operations', audience: 'operations', validMonths: 12 },
    admin,
  )
  await training.offer(
    { course: 'secure-development', audience: 'development', validMonths: 12 },
    admin,
  )
  expect((await training.list(reader)).courses).toMatchObject([
    { id: 'secure-development', required: 0, mine: { required: false } },
    { id: 'secure-operations', required: 1, mine: { required: true } },
  ])
  expect(await people.get(reader)).toMatchObject({
    training: { done: 0, required: 1 },
    courses: [{ id: 'secure-operations', state: 'missing' }],
  })
})

test('a course that is not offered cannot be taken; withdrawn, what was done stays', async () => {
  const { training, right, people } = await practice()
  expect(await training.complete(basics, right, reader)).toMatchObject({
    refused: 'course-unknown',
  })
  expect(await training.get(basics, reader)).toMatchObject({ state: 'available', mine: null })
  await training.offer(everyone, admin)
  await training.complete(basics, right, reader)
  await training.withdraw(basics, 'Replaced', admin)
  expect(await training.complete(basics, right, reader)).toMatchObject({
    refused: 'course-not-offered',
  })
  expect(await training.list(reader)).toMatchObject({
    courses: [{ state: 'withdrawn', required: 0 }],
    starters: expect.arrayContaining([expect.objectContaining({ id: basics })]),
  })
  expect(await people.get(reader)).toMatchObject({
    courses: [{ state: 'not-required', completedOn: '2026-04-01' }],
  })
})

test('completions from another system are taken in whole, once', async () => {
  const opened = await practice()
  const { training, engine } = opened
  await training.offer(everyone, admin)
  const file = bytesOf('社員番号,研修,修了日,点数\n2,情報セキュリティ基礎,2026/3/1,90\n')
  expect(await training.import(file, admin)).toMatchObject({ recorded: 1, unchanged: 0 })
  expect(await training.import(file, admin)).toEqual({ seq: null, recorded: 0, unchanged: 1 })
  const byMail = bytesOf(
    'email,course,completed,status\nHANA@example.jp,information-security-basics,2026-03-15,failed\n',
  )
  expect(await training.import(byMail, admin)).toMatchObject({ recorded: 1 })
  expect(
    await rowsOf(engine, 'select on_day, passed, origin from training_results order by seq'),
  ).toEqual([
    { on_day: '2026-03-01', passed: true, origin: 'import' },
    { on_day: '2026-03-15', passed: false, origin: 'import' },
  ])
  await expectRebuildEqual(engine)
})

test('every wrong completion is named by row and field, and nothing is taken in', async () => {
  const { training, engine } = await practice()
  await training.offer(everyone, admin)
  const file = bytesOf(
    [
      '社員番号,研修,修了日,点数,合否',
      '2,情報セキュリティ基礎,2026-02-30,90,合格',
      '9,情報セキュリティ基礎,2026-03-01,90,合格',
      '2,料理教室,2026-03-01,90,合格',
      '2,情報セキュリティ基礎,2026-04-02,101,多分',
      '2,情報セキュリティ基礎,2026-03-01,,',
      '2,情報セキュリティ基礎,2026-03-01,,',
      ',,,,合格',
    ].join('\n'),
  )
  const refused = await training.import(file, admin)
  if (!isRefused(refused)) throw new Error('not refused')
  expect(refused.problems?.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
    '2 修了日 day-not-in-calendar',
    '3 社員番号 person-not-listed',
    '4 研修 course-not-offered',
    '5 修了日 completed-in-future',
    '5 点数 score-unreadable',
    '5 合否 passed-unreadable',
    '7 研修 completion-duplicate',
    '8 社員番号 cell-empty',
    '8 研修 cell-empty',
    '8 修了日 cell-empty',
  ])
  expect(await training.import(bytesOf('研修,修了日\nx,2026-03-01\n'), admin)).toMatchObject({
    problems: [{ code: 'person-column-missing' }],
  })
  expect(await rowsOf(engine, 'select * from training_results')).toEqual([])
})

test('somebody without an address is not taken for somebody else without one', async () => {
  const opened = await practice()
  const { training, engine } = opened
  await training.offer(everyone, admin)
  await importList(opened, list(hanako, '3,無 住所,,経理部,,2,2021-04-01,'))
  const file = bytesOf('社員番号,メール,研修,修了日\n,,情報セキュリティ基礎,2026-03-01\n')
  expect(await training.import(file, admin)).toMatchObject({
    problems: [{ row: 2, field: '社員番号', code: 'cell-empty' }],
  })
  expect((await numbered(engine)).size).toBe(2)
})
