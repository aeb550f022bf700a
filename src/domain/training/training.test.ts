import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import { grade, type Question } from './course.ts'
import { training, type Training, type TrainingCommand } from './training.ts'

const at = '2026-04-01T00:00:00.000Z'
const text = { ja: '問', en: 'Question' }
const questions: readonly Question[] = ['one', 'two', 'three'].map((id) => ({
  id,
  text,
  choices: [text, text, text],
  answer: 1,
  why: text,
}))
const edition = 'e'.repeat(64)

function attempt(answers: Record<string, number>, today = '2026-04-01'): TrainingCommand {
  const course = 'security-basics'
  return {
    type: 'attempt',
    person: 'ann',
    course,
    edition,
    questions,
    passingScore: 67,
    answers,
    today,
  }
}

function decide(command: TrainingCommand, state: Training = training.initial, by = 'ann') {
  return training.decide(command, state, { by, at })
}

const allRight = { one: 1, two: 1, three: 1 }

test('the server grades: right answers are counted, and nobody passes by rounding', () => {
  expect(grade(questions, allRight)).toEqual({ score: 100, wrong: [] })
  expect(grade(questions, { one: 1, two: 1, three: 0 })).toEqual({ score: 66, wrong: ['three'] })
  expect(decide(attempt({ one: 1, two: 1, three: 0 }))).toMatchObject([{ passed: false }])
  expect(decide(attempt(allRight))).toMatchObject([{ passed: true, score: 100 }])
})

test('nobody takes a quiz for somebody else', () => {
  expect(decide(attempt(allRight), training.initial, 'ben')).toMatchObject({
    refused: 'attempt-not-own',
  })
})

test('an answer that is missing, or to a question that is not asked, costs no attempt', () => {
  expect(decide(attempt({ one: 1, two: 1 }))).toMatchObject({
    refused: 'answers-incomplete',
    about: 'three',
  })
  expect(decide(attempt({ ...allRight, four: 1 }))).toMatchObject({ refused: 'answers-unknown' })
})

test('every attempt is recorded, and the sixth on one day is refused until tomorrow', () => {
  let state = training.initial
  for (let count = 0; count < 5; count += 1) {
    const events = decide(attempt({ one: 0, two: 0, three: 0 }), state)
    if (isRefused(events)) throw new Error(events.refused)
    expect(events).toMatchObject([{ type: 'training.attempted.v1', passed: false, score: 0 }])
    for (const event of events) state = training.evolve(state, event, { by: 'ann', at })
  }
  expect(decide(attempt(allRight), state)).toMatchObject({ refused: 'attempts-too-many' })
  expect(decide(attempt(allRight, '2026-04-02'), state)).toMatchObject([{ passed: true }])
})

test('a course is offered once for the same terms, again for other ones, and can be withdrawn', () => {
  const offer = {
    course: 'security-basics',
    edition,
    title: text,
    audience: 'everyone',
    validMonths: 12,
    passingScore: 80,
  } as const
  const events = decide({ type: 'offer', offer })
  if (isRefused(events)) throw new Error(events.refused)
  const state = events.reduce<Training>(
    (now, event) => training.evolve(now, event, { by: 'ann', at }),
    training.initial,
  )
  expect(decide({ type: 'offer', offer }, state)).toEqual([])
  expect(decide({ type: 'offer', offer: { ...offer, validMonths: 6 } }, state)).toHaveLength(1)
  const withdrawal = { type: 'withdraw', course: offer.course, reason: 'replaced' } as const
  expect(decide(withdrawal)).toMatchObject({ refused: 'course-not-offered' })
  expect(decide(withdrawal, state)).toMatchObject([{ type: 'training.withdrawn.v1' }])
})

test('whatever is answered, passed means that the score reaches what the course asks', () => {
  const answers = fc.record({
    one: fc.integer({ min: 0, max: 2 }),
    two: fc.integer({ min: 0, max: 2 }),
    three: fc.integer({ min: 0, max: 2 }),
  })
  fc.assert(
    fc.property(answers, (given) => {
      const [event] = [decide(attempt(given))].flat()
      if (event === undefined || !('passed' in event)) throw new Error('no attempt')
      expect(event.passed).toBe((event.score ?? 0) >= 67)
      expect(event.passed).toBe(Object.values(given).every((choice) => choice === 1))
    }),
  )
})
