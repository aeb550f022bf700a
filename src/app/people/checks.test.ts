import { expect, test } from 'vitest'
import { peopleChecks } from '../../domain/people/checks.ts'
import { policiesChecks } from '../../domain/policies/checks.ts'
import { trainingChecks } from '../../domain/training/checks.ts'
import { goodFacts, hostA, readingsOf, scripted, sighting } from '../devices/testing.ts'
import {
  admin,
  importList,
  judged,
  lead,
  list,
  numbered,
  openAccount,
  openPractice,
  reader,
  sign,
} from './testing.ts'

const checks = [...peopleChecks, ...policiesChecks, ...trainingChecks]
const boss = '1,佐藤 一,sato@example.jp,経営,社長,,2015-04-01,'
const hanako = '2,髙橋 花子,hana@example.jp,運用部,担当,1,2020-04-01,'
const taro = '3,鈴木 太郎,taro@example.jp,開発部,主任,1,2021-04-01,'
const leaving = (row: string, day: string) => row.slice(0, row.lastIndexOf(',')) + `,${day}`

type Opened = Awaited<ReturnType<typeof openPractice>>

/** Each exception as `number reason`. */
async function exceptionsOf({ engine }: Opened, id: string, asOf?: string): Promise<string[]> {
  const numbers = new Map([...(await numbered(engine))].map(([number, one]) => [one, number]))
  const { exceptions } = await judged(engine, checks, id, asOf)
  return exceptions.map((one) => one.replace(/per_[0-9a-z]{26}/, (p) => numbers.get(p) ?? p)).sort()
}

test('before anything is known, no check has anybody to speak of: nothing is proven by silence', async () => {
  const { engine } = await openPractice()
  for (const { id } of checks) {
    expect(await judged(engine, checks, id)).toEqual({ population: [], exceptions: [] })
  }
})

test('every check says in both languages what must hold, what to do, and why it does not', () => {
  for (const { title, rule, remedy, reasons } of checks) {
    for (const text of [title, rule, remedy, ...Object.values(reasons)]) {
      expect(text.ja).toMatch(/[ぁ-ん]|の/)
      expect(text.en).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    }
  }
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
})

test('people-roster-fresh: a list older than a week is an exception until the next import', async () => {
  const opened = await openPractice()
  await importList(opened, list(boss))
  opened.clock.advance({ days: 7 })
  expect(await exceptionsOf(opened, 'people-roster-fresh')).toEqual([])
  opened.clock.advance({ hours: 1 })
  expect(await exceptionsOf(opened, 'people-roster-fresh')).toEqual(['roster roster-old'])
  await importList(opened, list(boss))
  expect(await exceptionsOf(opened, 'people-roster-fresh')).toEqual([])
  expect(await exceptionsOf(opened, 'people-roster-fresh', '2026-04-02')).toEqual([])
})

test('people-roster-complete: whoever vanishes from the list without an end date is named', async () => {
  const opened = await openPractice()
  await importList(opened, list(boss, hanako, leaving(taro, '2026-03-31')))
  await importList(opened, list(boss))
  expect(await exceptionsOf(opened, 'people-roster-complete')).toEqual(['2 vanished'])
})

test('people-manager-assigned: one stands at the top; others need a manager who is here', async () => {
  const opened = await openPractice()
  const late = '4,新人 四郎,,経理部,,,2026-03-01,'
  await importList(opened, list(late, boss, hanako, taro, '5,部下,,開発部,,3,2024-04-01,'))
  expect(await exceptionsOf(opened, 'people-manager-assigned')).toEqual(['4 no-manager'])
  await importList(
    opened,
    list(late, boss, hanako, leaving(taro, '2026-04-10'), '5,部下,,開発部,,3,2024-04-01,'),
  )
  opened.clock.set('2026-04-11T03:00:00Z')
  expect(await exceptionsOf(opened, 'people-manager-assigned')).toEqual([
    '4 no-manager',
    '5 manager-not-here',
  ])
})

test('people-department-assigned: nobody is without a department', async () => {
  const opened = await openPractice()
  await importList(opened, list(boss, '4,新人 四郎,,,,1,2026-03-01,'))
  expect(await exceptionsOf(opened, 'people-department-assigned')).toEqual(['4 no-department'])
})

test('people-account-holder: an account of nobody on the roster is named', async () => {
  const opened = await openPractice()
  await openAccount(opened, reader, 'hana@example.jp')
  await openAccount(opened, lead, 'stranger@example.jp')
  await importList(opened, list(boss, hanako))
  expect(await exceptionsOf(opened, 'people-account-holder')).toEqual([`${lead} not-on-roster`])
})

test('people-leaver-access: an account still open the day after the last one is named', async () => {
  const opened = await openPractice()
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(boss, leaving(hanako, '2026-04-03')))
  // 23:59 of the last day in Tokyo, and one minute later.
  opened.clock.set('2026-04-03T14:59:00Z')
  expect(await exceptionsOf(opened, 'people-leaver-access')).toEqual([])
  opened.clock.set('2026-04-03T15:00:00Z')
  expect(await exceptionsOf(opened, 'people-leaver-access')).toEqual(['2 account-invited'])
  const disable = { type: 'disable', person: reader, reason: 'left' } as const
  await opened.access.handle(disable, { by: admin })
  expect(await exceptionsOf(opened, 'people-leaver-access')).toEqual([])
  expect(await exceptionsOf(opened, 'people-leaver-timely')).toEqual(['2 disabled-late'])
})

test('people-leaver-timely: disabled by the end of the last day is in time', async () => {
  const opened = await openPractice()
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(boss, leaving(hanako, '2026-04-03')))
  opened.clock.set('2026-04-03T14:59:00Z')
  const disable = { type: 'disable', person: reader, reason: 'leaves' } as const
  await opened.access.handle(disable, { by: admin })
  opened.clock.set('2026-04-05T00:00:00Z')
  const { population, exceptions } = await judged(opened.engine, checks, 'people-leaver-timely')
  expect({ population, exceptions }).toEqual({ population: [reader], exceptions: [] })
})

test('people-leaver-access: an account on a server that belongs to a leaver is named', async () => {
  const at = '2026-04-01T00:00:00.000Z'
  const facts = goodFacts(at)
  const account = facts.accounts.list[0]
  if (account === undefined) throw new Error('no account')
  const theirs = { ...account, name: 'hanako', uid: 1000, shell: '/bin/bash', interactive: true }
  const readings = readingsOf({ ...facts, accounts: { ...facts.accounts, list: [theirs] } })
  const opened = await openPractice(at, scripted(sighting(at, readings)).connector)
  const { devices, clock } = opened
  await openAccount(opened, reader, 'hana@example.jp')
  await opened.access.handle({ type: 'disable', person: reader, reason: 'x' }, { by: admin })
  await importList(opened, list(boss, leaving(hanako, '2026-04-03')))
  const target = { kind: 'local' } as const
  const source = await devices.addSource({ name: 'db1', target, everyHours: 24 }, admin)
  if ('refused' in source) throw new Error(source.refused)
  await devices.observe(source.id, admin)
  await devices.idle()
  const assigned = { host: hostA, account: 'hanako', person: reader, reason: 'operator' }
  expect(await devices.assignAccount(assigned, admin)).not.toHaveProperty('refused')
  expect(await exceptionsOf(opened, 'people-leaver-access')).toEqual([])
  clock.set('2026-04-04T00:00:00Z')
  expect(await exceptionsOf(opened, 'people-leaver-access')).toEqual(['2 host-account'])
})

test('people-leaver-recorded: a departure that reaches the list after the last day is named', async () => {
  const opened = await openPractice()
  const old = leaving('9,前 任,,経理部,,1,2015-04-01,', '2025-12-31')
  await importList(opened, list(boss, hanako, taro, old))
  opened.clock.set('2026-04-08T00:00:00Z')
  await importList(
    opened,
    list(boss, leaving(hanako, '2026-04-05'), leaving(taro, '2026-04-10'), old),
  )
  opened.clock.set('2026-04-12T00:00:00Z')
  expect(await exceptionsOf(opened, 'people-leaver-recorded')).toEqual(['2 recorded-late'])
})

const basics = {
  course: 'information-security-basics',
  audience: 'everyone',
  validMonths: 12,
} as const

async function takeBasics({ training, courses }: Opened, person: string, right: boolean) {
  const { questions = [] } = courses.find(({ id }) => id === basics.course) ?? {}
  const answers = questions.map(({ id, answer }) => [id, right ? answer : answer === 0 ? 1 : 0])
  return training.complete(basics.course, Object.fromEntries(answers), person)
}

test('people-joiner-training: thirty days after joining the first course must be passed', async () => {
  const opened = await openPractice()
  await openAccount(opened, reader, 'new@example.jp')
  await importList(opened, list(boss, '4,新人 四郎,new@example.jp,経理部,,1,2026-04-01,'))
  await opened.training.offer(basics, admin)
  opened.clock.set('2026-05-01T00:00:00Z')
  expect(await exceptionsOf(opened, 'people-joiner-training')).toEqual([])
  opened.clock.set('2026-05-02T00:00:00Z')
  expect(await exceptionsOf(opened, 'people-joiner-training')).toEqual(['4 not-trained'])
  await takeBasics(opened, reader, true)
  expect(await exceptionsOf(opened, 'people-joiner-training')).toEqual(['4 trained-late'])
})

test('training-current and training-quiz-passed: missing, failed, passed, expired', async () => {
  const opened = await openPractice()
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(boss, hanako))
  await opened.training.offer(basics, admin)
  expect((await judged(opened.engine, checks, 'training-current')).population).toHaveLength(2)
  expect(await exceptionsOf(opened, 'training-current')).toEqual([])
  await takeBasics(opened, reader, false)
  opened.clock.set('2026-05-10T00:00:00Z')
  const one = basics.course
  expect(await exceptionsOf(opened, 'training-current')).toEqual([
    `${one}/1 missing`,
    `${one}/2 missing`,
  ])
  expect(await exceptionsOf(opened, 'training-quiz-passed')).toEqual([`${one}/2 failed`])
  await takeBasics(opened, reader, true)
  expect(await exceptionsOf(opened, 'training-quiz-passed')).toEqual([])
  expect(await exceptionsOf(opened, 'training-current')).toEqual([`${one}/1 missing`])
  opened.clock.set('2027-05-11T00:00:00Z')
  expect(await exceptionsOf(opened, 'training-current')).toEqual([
    `${one}/1 missing`,
    `${one}/2 expired`,
  ])
})

test('policies: unapproved, waiting, unread and overdue ones are named', async () => {
  const opened = await openPractice()
  const { policies, clock } = opened
  const policy = 'access-control'
  await openAccount(opened, reader, 'hana@example.jp')
  await importList(opened, list(boss, hanako))
  await policies.adopt([policy], admin)
  expect(await exceptionsOf(opened, 'policy-approved')).toEqual([`${policy} never-approved`])
  expect(await exceptionsOf(opened, 'policy-draft-decided')).toEqual([])
  clock.set('2026-05-02T00:00:00Z')
  expect(await exceptionsOf(opened, 'policy-draft-decided')).toEqual([`${policy} draft-waiting`])
  await sign(opened, { act: 'approve-policy', policy, version: 1 }, lead)
  for (const id of ['policy-approved', 'policy-draft-decided', 'policy-languages']) {
    expect(await judged(opened.engine, checks, id)).toEqual({
      population: [policy],
      exceptions: [],
    })
  }
  await sign(opened, { act: 'acknowledge-policy', policy, version: 1 }, reader)
  clock.set('2026-05-16T00:00:00Z')
  expect(await exceptionsOf(opened, 'policy-acknowledged')).toEqual([])
  clock.set('2026-05-17T00:00:00Z')
  expect(await exceptionsOf(opened, 'policy-acknowledged')).toEqual([`${policy}/1 not-signed`])
  clock.set('2027-05-02T00:00:00Z')
  expect(await exceptionsOf(opened, 'policy-reviewed')).toEqual([])
  clock.set('2027-05-03T00:00:00Z')
  expect(await exceptionsOf(opened, 'policy-reviewed')).toEqual([`${policy} review-overdue`])
})
