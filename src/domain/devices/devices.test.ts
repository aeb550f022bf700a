import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { areas, type Area } from './areas.ts'
import { devices, type Devices, type DevicesCommand } from './devices.ts'
import { accountKey, devicesEvent, type DevicesEvent } from './events.ts'

const context = { by: 'per_1', at: '2026-04-01T00:00:00.000Z' }
const source = `src_${'0'.repeat(26)}`
const other = `src_${'1'.repeat(26)}`
const host = 'a'.repeat(32)
const digest = (letter: string) => letter.repeat(64)
const added = {
  type: 'add-source',
  source,
  name: 'db1',
  connector: 'this-host',
  targetSha256: digest('0'),
  everyHours: 24,
} as const

function given(...events: DevicesEvent[]): Devices {
  return events.reduce((state, event) => devices.evolve(state, event, context), devices.initial)
}

function play(commands: readonly DevicesCommand[]): { events: DevicesEvent[]; state: Devices } {
  let state = devices.initial
  const events: DevicesEvent[] = []
  for (const command of commands) {
    const answer = devices.decide(command, state, context)
    if ('refused' in answer) continue
    for (const event of answer) {
      // What is decided is what the schema of entries accepts.
      expect(devicesEvent.parse(event)).toEqual(event)
      events.push(event)
      state = devices.evolve(state, event, context)
    }
  }
  return { events, state }
}

const digests = (letters: string) => {
  const of = (area: Area) => digest(letters[areas.indexOf(area) % letters.length] ?? '0')
  return z
    .record(z.enum(areas), z.string())
    .parse(Object.fromEntries(areas.map((area) => [area, of(area)])))
}

const observation = (letters: string, of = host): DevicesCommand => ({
  type: 'record-observation',
  source,
  host: of,
  startedAt: context.at,
  endedAt: context.at,
  rawSha256: digest('f'),
  facts: 1,
  areas: digests(letters),
  unreadable: [],
})

test('an observation names exactly the areas that differ from the one before', () => {
  const letters = fc.stringMatching(/^[0-3]{13}$/)
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 8 }), (all) => {
      const { events } = play([added, ...all.map((one) => observation(one))])
      const seen = events.flatMap((event) => (event.type === 'devices.observed.v1' ? [event] : []))
      expect(seen[0]?.changed).toEqual(areas)
      seen.slice(1).forEach((event, at) => {
        const before = seen[at]?.areas
        expect(event.changed).toEqual(areas.filter((area) => before?.[area] !== event.areas[area]))
      })
    }),
  )
})

test('when a source shows another machine everything of it is new', () => {
  const { events } = play([added, observation('0'), observation('0', 'b'.repeat(32))])
  expect(events.at(-1)).toMatchObject({ changed: areas })
})

test('a source that was removed records nothing any more', () => {
  const removed = play([added, { type: 'remove-source', source, reason: 'sold' }]).state
  for (const command of [
    observation('0'),
    { type: 'remove-source' as const, source, reason: 'again' },
  ]) {
    expect(devices.decide(command, removed, context)).toEqual({
      refused: 'source-removed',
      about: source,
    })
  }
  expect(devices.decide(observation('0'), devices.initial, context)).toMatchObject({
    refused: 'source-unknown',
  })
  expect(devices.decide(added, removed, context)).toMatchObject({ refused: 'source-exists' })
})

const hostCommand = fc.oneof(
  fc.record({
    type: fc.constant('enrol-host' as const),
    host: fc.constant(host),
    source: fc.constantFrom(source, other),
  }),
  fc.record({
    type: fc.constant('retire-host' as const),
    host: fc.constant(host),
    source: fc.constantFrom(source, other),
    reason: fc.constant('gone'),
  }),
  fc.record({
    type: fc.constant('declare-port' as const),
    host: fc.constant(host),
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    port: fc.constantFrom(22, 443),
    allowed: fc.boolean(),
    reason: fc.constantFrom('a', 'b'),
  }),
  fc.record({
    type: fc.constant('assign-account' as const),
    host: fc.constant(host),
    account: fc.constant('c'.repeat(32)),
    person: fc.constantFrom('per_1', null),
    reason: fc.constant('his'),
  }),
)

test('a machine belongs to one source at a time, whatever the order of commands', () => {
  fc.assert(
    fc.property(fc.array(hostCommand, { maxLength: 30 }), (commands) => {
      const holders: (string | null)[] = [null]
      const wrong = play(commands).events.filter((event) => {
        const holder = holders.at(-1) ?? null
        if (event.type === 'devices.host-enrolled.v1') {
          holders.push(event.source)
          return holder !== null
        }
        if (event.type === 'devices.host-retired.v1') {
          holders.push(null)
          return holder !== event.source
        }
        // Nobody declares anything of a machine that is not observed.
        return holder === null
      })
      expect(wrong).toEqual([])
    }),
  )
})

test('saying again what is said already changes nothing', () => {
  fc.assert(
    fc.property(fc.array(hostCommand, { maxLength: 20 }), hostCommand, (commands, last) => {
      const { state } = play([...commands, last])
      const again = devices.decide(last, state, context)
      expect('refused' in again || again.length === 0).toBe(true)
    }),
  )
})

test('a second source cannot take a machine, and lets go only of its own', () => {
  const held = given({ type: 'devices.host-enrolled.v1', host, source })
  expect(devices.decide({ type: 'enrol-host', host, source: other }, held, context)).toEqual({
    refused: 'host-claimed',
    about: source,
  })
  expect(
    devices.decide({ type: 'retire-host', host, source: other, reason: 'x' }, held, context),
  ).toEqual([])
})

test('the name of an account stands in the ledger as a digest of its machine’s own', () => {
  expect(accountKey(host, 'taro')).toMatch(/^[0-9a-f]{32}$/)
  expect(accountKey(host, 'taro')).not.toBe(accountKey('b'.repeat(32), 'taro'))
})
