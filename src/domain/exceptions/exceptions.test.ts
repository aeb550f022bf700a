import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import type { ExceptionsEvent } from './events.ts'
import { exceptions, judge, monthsLater, type ExceptionsCommand } from './exceptions.ts'
import { answerDigest, exceptionId, personIn } from './identity.ts'

const exception = exceptionId('lock-shut', 'm1', 1)
const people = ['per_a', 'per_b', 'per_c', judge]
const answers = ['x', 'y'].map((words, at) => ({
  words,
  owner: people[at] ?? '',
  due: '2026-03-01',
}))
const signature = {
  statement: '{}',
  credentialId: 'c',
  authenticatorData: 'a',
  clientDataJSON: 'd',
  signature: 's',
}
const today = '2026-01-05'

const command = fc.oneof(
  fc.constantFrom('open', 'broken').map((reason): ExceptionsCommand => ({
    type: 'find',
    finding: {
      exception,
      check: 'lock-shut',
      occurrence: 1,
      reason,
      observation: 1,
      person: 'per_c',
      details: 'd',
      place: 0,
    },
  })),
  fc.constant<ExceptionsCommand>({ type: 'clear', exception, because: 'rule-holds', size: 9 }),
  fc
    .constantFrom(...answers)
    .map((answer): ExceptionsCommand => ({ type: 'answer', exception, answer, today })),
  fc
    .record({ answer: fc.constantFrom(...answers), finding: fc.constantFrom('open', 'broken') })
    .map(({ answer, finding }): ExceptionsCommand => ({
      type: 'accept',
      exception,
      until: '2026-06-30',
      reason: 'r',
      finding,
      answer: answerDigest(answer),
      signature,
      today,
    })),
)
const story = fc.array(fc.record({ command, by: fc.constantFrom(...people) }), { maxLength: 30 })

/** Every event with who caused it and what had happened before. */
function play(steps: readonly { command: ExceptionsCommand; by: string }[]) {
  let state = exceptions.initial
  const told: { event: ExceptionsEvent; by: string; before: ExceptionsEvent[] }[] = []
  for (const { command: said, by } of steps) {
    const context = { by, at: '2026-01-05T00:00:00Z' }
    const decided = exceptions.decide(said, state, context)
    if (isRefused(decided)) continue
    for (const event of decided) {
      told.push({ event, by, before: told.map((one) => one.event) })
      state = exceptions.evolve(state, event, context)
    }
  }
  return told
}

test('only the judge opens, changes and closes an exception, whatever anybody says', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const judged = play(steps).filter(({ event }) => /opened|changed|fixed/.test(event.type))
      expect(judged.filter(({ by }) => by !== judge)).toEqual([])
    }),
  )
})

test('whoever accepts has not answered, is not to repair it, and is not whom it is about', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const told = play(steps)
      for (const { event, by, before } of told) {
        if (event.type !== 'exceptions.accepted.v1') continue
        expect(by).not.toBe('per_c')
        const answer = told
          .slice(0, before.length)
          .findLast((one) => one.event.type === 'exceptions.answered.v1')
        expect(answer).toBeDefined()
        expect(answer?.by).not.toBe(by)
        expect(answer?.event).not.toMatchObject({ owner: by })
      }
    }),
  )
})

test('once fixed, nothing opens it again and nobody accepts it', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const types = play(steps).map(({ event }) => event.type)
      const at = types.indexOf('exceptions.fixed.v1')
      if (at === -1) return
      const after = new Set(types.slice(at + 1))
      expect([...after].filter((type) => type !== 'exceptions.answered.v1')).toEqual([])
    }),
  )
})

test('the id follows from check, subject and occurrence, and from nothing else', () => {
  expect(exceptionId('lock-shut', 'm1', 1)).toBe(exception)
  expect(exception).toMatch(/^exc_[0-9a-z]{26}$/)
  const others = [
    exceptionId('lock-shut', 'm1', 2),
    exceptionId('lock-shut', 'm2', 1),
    exceptionId('lock-shu', 'tm1', 1),
  ]
  expect(new Set([exception, ...others]).size).toBe(4)
})

test('a person is found in a subject wherever it stands there', () => {
  const id = `per_${'0'.repeat(26)}`
  expect(personIn(id)).toBe(id)
  expect(personIn(`policy-x ${id}`)).toBe(id)
  expect(personIn(`${id}:m1`)).toBe(id)
  expect(personIn('super_1')).toBeNull()
})

test('months later ends with the month where it has no such day', () => {
  expect(monthsLater('2026-01-31', 1)).toBe('2026-02-28')
  expect(monthsLater('2024-02-29', 12)).toBe('2025-02-28')
  expect(monthsLater('2026-12-15', 12)).toBe('2027-12-15')
})
