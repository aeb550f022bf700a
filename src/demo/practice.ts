import { join } from 'node:path'
import { contentFolder } from '../app/content/catalogue-files.ts'
import { readCourses } from '../app/training/starters.ts'
import { numbers, sign } from './cast.ts'
import { employees } from './employees.ts'
import { chance, must, type Deed, type Stage } from './stage.ts'

const { president, securityLead, securityStaff } = numbers

/** Policies from draft to review, reading, courses. */
export function practiceDeeds(): Deed[] {
  const reading = [16, 24, 31, 38, 45, 55, 85, 121, 145, 205, 235, 262, 303, 325, 355, 385, 415]
  const learning = [18, 26, 40, 56, 86, 116, 146, 206, 236, 296, 326, 356, 379, 386, 416]
  return [
    { day: 3, time: '16:00', run: adopt },
    ...approvals.map(([policy, day]) => ({
      day,
      time: '15:00',
      run: (at: Stage) => approve(at, policy),
    })),
    { day: 250, time: '10:30', run: rewrite },
    { day: 258, time: '16:20', run: (at) => approve(at, 'incident-response') },
    ...reviews.map(([policy, day]) => ({
      day,
      time: '14:40',
      run: (at: Stage) => approve(at, policy),
    })),
    ...reading.map((day) => ({ day, time: '12:10', run: (at: Stage) => read(at, day) })),
    { day: 15, time: '10:00', run: offer },
    ...learning.map((day) => ({ day, time: '15:10', run: (at: Stage) => learn(at, day) })),
  ]
}

/** One policy waits for its approval to this day. */
const approvals: readonly (readonly [policy: string, day: number])[] = [
  ['information-security', 12],
  ['access-control', 14],
  ['acceptable-use', 14],
  ['people-security', 21],
  ['production-changes', 22],
  ['incident-response', 28],
  ['logging-monitoring', 35],
  ['backup-recovery', 35],
  ['data-classification-privacy', 40],
  ['asset-management', 118],
  ['supplier-management', 300],
]

/** A year later; the others are overdue or not due yet. */
const reviews: readonly (readonly [policy: string, day: number])[] = [
  ['information-security', 370],
  ['acceptable-use', 372],
  ['people-security', 383],
  ['production-changes', 384],
  ['logging-monitoring', 396],
]

async function adopt({ policies, cast }: Stage): Promise<void> {
  const reader = { person: cast.id(securityStaff), role: 'security-lead' } as const
  const { starters } = await policies.list(reader)
  const ids = starters.map(({ id }) => id)
  must(await policies.adopt(ids, reader.person))
}

/** Signed for a draft it is an approval, for the version in force a review. */
async function approve(stage: Stage, policy: string): Promise<void> {
  const { policies, cast } = stage
  const reader = { person: cast.id(president), role: 'administrator' } as const
  const { versions } = must(await policies.get(policy, reader))
  const version = versions[0]?.version ?? 1
  await sign(stage, president, 'administrator', { act: 'approve-policy', policy, version })
}

const lesson = {
  ja: '\n\n## 休日・夜間の連絡\n\n当番は、検知から15分以内に一次連絡を行う。15分を過ぎて応答がないときは、運用部長へ直接連絡する。2回の訓練で連絡が滞ったことを受けて定めた。\n',
  en: '\n\n## Nights and holidays\n\nWhoever is on duty reports within 15 minutes of detection. Without an answer after 15 minutes the head of operations is called directly. Two exercises in which calls stalled led to this rule.\n',
}

async function rewrite({ policies, cast }: Stage): Promise<void> {
  const reader = { person: cast.id(securityLead), role: 'security-lead' } as const
  const found = must(await policies.get('incident-response', reader))
  const [newest] = found.versions
  if (newest === undefined) throw new Error('the policy has no version')
  const text = { ja: newest.text.ja + lesson.ja, en: newest.text.en + lesson.en }
  const { title, ownerRole, audience, reviewMonths } = found
  const change = '訓練の結果を受け、休日・夜間の連絡を追加'
  must(
    await policies.draft(
      {
        policy: 'incident-response',
        title,
        text,
        ownerRole,
        audience,
        reviewMonths,
        change,
        after: newest.version,
      },
      reader.person,
    ),
  )
}

/** Some put off reading for months, as people do. */
async function read(stage: Stage, day: number): Promise<void> {
  for (const number of await staffOn(stage, day)) {
    const reader = { person: stage.cast.id(number), role: stage.cast.role(number) }
    const { policies } = await stage.policies.list(reader)
    for (const { id, version, mine } of policies) {
      if (version === null || !mine.required || mine.acknowledged) continue
      if (chance(number, id, 'slow') > 0.97 || chance(number, id, String(day)) > 0.85) continue
      const act = { act: 'acknowledge-policy', policy: id, version } as const
      await sign(stage, number, reader.role, act)
    }
  }
}

const courses = readCourses(join(contentFolder, 'courses'))

async function offer({ training, cast }: Stage): Promise<void> {
  for (const { id, audience, validMonths } of courses) {
    must(await training.offer({ course: id, audience, validMonths }, cast.id(securityStaff)))
  }
}

/** Courses that are missing or no longer valid are taken; some fail the quiz at first. */
async function learn(stage: Stage, day: number): Promise<void> {
  const { training, cast } = stage
  for (const number of await staffOn(stage, day)) {
    const person = cast.id(number)
    const { courses: offered } = await training.list(person)
    for (const { id, mine } of offered) {
      if (mine?.required !== true || mine.current) continue
      if (chance(number, id, 'idle') > 0.97 || chance(number, id, String(day)) > 0.8) continue
      const questions = courses.find((one) => one.id === id)?.questions ?? []
      const fails = chance(number, id, String(day), 'fails') > 0.93
      const answers = Object.fromEntries(
        questions.map((question, at) => [
          question.id,
          fails && at % 2 === 0 ? (question.answer + 1) % question.choices.length : question.answer,
        ]),
      )
      must(await training.complete(id, answers, person))
    }
  }
}

/** Those who have worked here for some weeks and have an account. */
async function staffOn({ access, cast, calendar }: Stage, day: number): Promise<string[]> {
  const today = calendar.date(day)
  const arrived = calendar.date(Math.max(day - 5, 0))
  const accounts = await access.accounts.list(cast.id(president))
  const active = new Set(
    accounts.filter(({ state }) => state === 'active').map(({ person }) => person.id),
  )
  return employees
    .filter(({ from, until }) => {
      const isHere = until === null || calendar.moved(until) > today
      return calendar.moved(from) <= arrived && isHere
    })
    .map(({ number }) => number)
    .filter((number) => cast.isKnown(number) && active.has(cast.id(number)))
}
