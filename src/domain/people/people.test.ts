import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import { people, type Listing, type People, type PeopleCommand } from './people.ts'

const context = { by: 'per_admin', at: '2026-04-01T00:00:00.000Z' }
const person = 'per_00000000000000000000000009'
const file = 'f'.repeat(64)
const today = '2026-04-01'

function listing(endDate: string | null): Listing {
  return {
    employeeNumber: '9',
    name: '髙橋 花子',
    email: null,
    title: null,
    department: null,
    manager: null,
    groups: [],
    startDate: '2020-04-01',
    endDate,
  }
}

const join = (endDate: string | null): PeopleCommand => {
  return { type: 'join', person, file, row: 2, listing: listing(endDate) }
}
const change = (kind: 'mover' | 'leaver' | 'returner', endDate: string | null): PeopleCommand => ({
  type: 'change',
  kind,
  person,
  file,
  row: 2,
  listing: listing(endDate),
  changed: ['title'],
})
const erase: PeopleCommand = { type: 'erase', person, reason: file, today }

/** What each command came to: event types, or the refusal. */
function outcomes(...commands: readonly PeopleCommand[]): string[] {
  let state: People = people.initial
  return commands.map((command) => {
    const events = people.decide(command, state, context)
    if (isRefused(events)) return events.refused
    for (const event of events) state = people.evolve(state, event, context)
    return events.map(({ type }) => type).join()
  })
}

test('a person joins once, and what happens to nobody on the roster is refused', () => {
  expect(outcomes(change('mover', null), join(null), join(null))).toEqual([
    'person-not-listed',
    'people.joined.v1',
    'person-listed-already',
  ])
})

test('who somebody is stands apart in the event, to be encrypted as one', () => {
  const events = people.decide(join(null), people.initial, context)
  expect(events).toEqual([
    {
      type: 'people.joined.v1',
      person,
      file,
      row: 2,
      profile: {
        employeeNumber: '9',
        name: '髙橋 花子',
        email: null,
        title: null,
        department: null,
      },
      manager: null,
      groups: [],
      startDate: '2020-04-01',
      endDate: null,
    },
  ])
})

test('erasing waits for the day after the last one, and nothing follows it', () => {
  const outcome = outcomes(
    join(null),
    erase,
    change('leaver', today),
    erase,
    change('leaver', '2026-03-31'),
    erase,
    erase,
    join(null),
    change('returner', null),
  )
  expect(outcome.filter((one) => !/joined|left/.test(one))).toEqual([
    'person-still-employed',
    'person-still-employed',
    'people.erased.v1',
    '',
    'person-erased',
    'person-erased',
  ])
})

test('an import that has not seen the one before it is refused', () => {
  const counts = {
    joiners: 0,
    movers: 0,
    leavers: 0,
    returners: 0,
    corrections: 0,
    unlisted: 0,
  }
  const seen = (after: number): PeopleCommand => {
    return { type: 'import', file, digest: file, rows: 1, unchanged: 1, counts, after }
  }
  expect(outcomes(seen(1), seen(0), seen(0), seen(1))).toEqual([
    'roster-changed',
    'people.imported.v1',
    'roster-changed',
    'people.imported.v1',
  ])
})

const anyCommand = fc.oneof(
  fc.constantFrom(null, '2026-03-31', today, '2026-12-31').map(join),
  fc
    .tuple(fc.constantFrom('mover' as const, 'returner' as const), fc.constantFrom(null, today))
    .map(([kind, end]) => change(kind, end)),
  fc.constantFrom('2026-03-31', today, '2026-12-31').map((end) => change('leaver', end)),
  fc.constant(erase),
)

test('in whatever order things come, nobody is erased who still works here, and nobody comes back', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
      let state: People = people.initial
      const wrong: string[] = []
      let end: string | null | undefined
      let isErased = false
      for (const command of commands) {
        const events = people.decide(command, state, context)
        if (isRefused(events)) continue
        for (const event of events) {
          if (isErased) wrong.push(`${event.type} after erasure`)
          if ('endDate' in event) end = event.endDate
          if (event.type === 'people.erased.v1') {
            isErased = true
            if (end === null || (end !== undefined && end >= today)) wrong.push('erased too early')
          }
          state = people.evolve(state, event, context)
        }
      }
      expect(wrong).toEqual([])
    }),
  )
})
