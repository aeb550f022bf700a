import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  admin,
  importList,
  lead,
  list,
  openAccount,
  openPractice,
  reader,
  sign,
} from '../app/people/testing.ts'
import { peopleRoutes } from '../contract/people.ts'
import type { Route } from '../contract/route.ts'
import type { Role } from '../domain/access/permission.ts'
import { isRefused } from '../domain/decider.ts'
import type { Caller, Handler } from './handler.ts'
import { peopleHandlers } from './people.ts'
import { policiesHandlers } from './policies.ts'
import { trainingHandlers } from './training.ts'

const basics = 'information-security-basics'
const policy = 'access-control'

function callerOf(person: string, role: Role): Caller {
  const session = { session: 's', csrfToken: 't', via: 'session', address: '127.0.0.1' } as const
  return { person, role, ...session }
}

/** Asks a handler as the server does: input and answer both go through the route's schemas. */
async function ask(
  handlers: readonly Handler[],
  id: string,
  input: { params?: object; query?: object; body?: unknown },
  caller = callerOf(admin, 'administrator'),
): Promise<unknown> {
  const found = handlers.find(({ route }) => route.id === id)
  if (found === undefined) throw new Error(`nobody answers ${id}`)
  const route: Route = found.route
  const parsed = {
    params: route.params?.parse(input.params),
    query: route.query?.parse(input.query ?? {}),
    body:
      route.body !== undefined && 'parse' in route.body ? route.body.parse(input.body) : input.body,
  }
  const answer = await found.run(parsed, caller)
  if (typeof answer !== 'object' || answer === null) throw new Error(`${id} answers nothing`)
  if (isRefused(answer) || route.response === 'bytes') return answer
  return route.response.parse(answer)
}

async function filled() {
  const practice = await openPractice()
  const { people, training, policies } = practice
  const handlers = [
    ...peopleHandlers(people),
    ...trainingHandlers(training),
    ...policiesHandlers(policies),
  ]
  await openAccount(practice, reader, 'hana@example.jp')
  await openAccount(practice, lead, 'auditor@example.jp')
  await importList(
    practice,
    list(
      '1,佐藤 一,sato@example.jp,経営,,,2015-04-01,',
      '2,髙橋,hana@example.jp,運用部,,1,2020-04-01,',
    ),
  )
  return { ...practice, handlers }
}

test('every route of people, training and policies has exactly one handler', async () => {
  const { handlers } = await filled()
  expect(handlers.map(({ route }) => route.id).sort()).toEqual(
    peopleRoutes.map(({ id }) => id).sort(),
  )
})

test('every answer fits the contract, with much and with little to show', async () => {
  const practice = await filled()
  const { handlers, courses } = practice
  const asReader = callerOf(reader, 'employee')
  const answers = courses.find(({ id }) => id === basics)?.questions ?? []
  const right = Object.fromEntries(answers.map(({ id, answer }) => [id, answer]))
  const offer = { course: basics, audience: 'everyone', validMonths: 12 }
  await ask(handlers, 'offerCourse', { body: offer })
  await ask(
    handlers,
    'completeCourse',
    { params: { course: basics }, body: { answers: right } },
    asReader,
  )
  await ask(handlers, 'adoptPolicies', { body: { policies: [policy, 'cryptography'] } })
  await sign(practice, { act: 'approve-policy', policy, version: 1 }, lead)
  await sign(practice, { act: 'acknowledge-policy', policy, version: 1 }, reader)
  await sign(practice, { act: 'approve-policy', policy, version: 1 }, lead)
  await ask(handlers, 'withdrawPolicy', {
    params: { policy: 'cryptography' },
    body: { reason: 'x' },
  })
  for (const caller of [callerOf(admin, 'administrator'), asReader]) {
    expect(await ask(handlers, 'listCourses', {}, caller)).toMatchObject({
      courses: [{ id: basics }],
    })
    await ask(handlers, 'listCourses', { query: { asOf: '2026-04-01' } }, caller)
    await ask(handlers, 'getCourse', { params: { course: basics } }, caller)
    await ask(handlers, 'getCourse', { params: { course: 'secure-operations' } }, caller)
    await ask(handlers, 'listPolicies', {}, caller)
    await ask(handlers, 'getPolicy', { params: { policy } }, caller)
  }
  expect(await ask(handlers, 'getPolicy', { params: { policy: 'cryptography' } })).toMatchObject({
    state: 'withdrawn',
  })
  expect(await ask(handlers, 'listPeople', {})).toMatchObject({ people: [{}, { id: reader }] })
  expect(await ask(handlers, 'listPeople', { query: { state: 'left' } })).toMatchObject({
    people: [],
  })
  for (const person of [reader, lead]) {
    await ask(handlers, 'getPerson', { params: { person } })
    await ask(handlers, 'getPerson', { params: { person }, query: { asOf: '2026-04-01' } })
  }
  expect(await ask(handlers, 'exportPeople', {})).toMatchObject({ fileName: 'people.csv' })
})

test('a preview, its confirmation and an import of completions answer in the contract’s shape', async () => {
  const { handlers } = await filled()
  const file = list('1,佐藤 一,sato@example.jp,経営,社長,,2015-04-01,')
  const preview = await ask(handlers, 'previewPeople', { body: file })
  expect(preview).toMatchObject({ counts: { mover: 1, unlisted: 1 } })
  const { digest } = z.object({ digest: z.string() }).parse(preview)
  expect(await ask(handlers, 'confirmPeople', { params: { digest }, body: file })).toMatchObject({
    recorded: 2,
  })
  await ask(handlers, 'offerCourse', {
    body: { course: basics, audience: 'everyone', validMonths: 12 },
  })
  const completions = new TextEncoder().encode(`社員番号,研修,修了日\n1,${basics},2026-03-01\n`)
  expect(await ask(handlers, 'importCompletions', { body: completions })).toMatchObject({
    recorded: 1,
  })
})

test('a draft and a withdrawal answer with the entry and the version', async () => {
  const { handlers } = await filled()
  const body = {
    title: { ja: '題', en: 'Title' },
    text: { ja: '本文', en: 'Text' },
    reviewMonths: 12,
    ownerRole: 'hr',
    audience: 'everyone',
    change: 'First',
    after: 0,
  }
  const params = { policy: 'own-policy' }
  expect(await ask(handlers, 'draftPolicy', { params, body })).toMatchObject({ version: 1 })
  expect(await ask(handlers, 'withdrawPolicy', { params, body: { reason: 'x' } })).toHaveProperty(
    'seq',
  )
  const asReader = callerOf(reader, 'employee')
  expect(await ask(handlers, 'getPolicy', { params }, asReader)).toMatchObject({
    refused: 'policy-unknown',
  })
})
