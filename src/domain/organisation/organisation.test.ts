import { expect, test } from 'vitest'
import { organisation, type OrganisationCommand } from './organisation.ts'

const context = { by: 'per_x', at: '2026-04-01T00:00:00.000Z' }
const setUp: Extract<OrganisationCommand, { type: 'set-up' }> = {
  type: 'set-up',
  name: { ja: '見本', en: 'Sample' },
  timeZone: 'Asia/Tokyo',
  categories: ['availability', 'security', 'security'],
  demonstration: false,
}
const decide = (command: OrganisationCommand, state = organisation.initial) =>
  organisation.decide(command, state, context)
const there = { state: 'set-up', categories: ['security', 'availability'] } as const

test('is set up once, with its categories in one order and each once', () => {
  expect(decide(setUp)).toMatchObject([
    { type: 'organisation.set-up.v1', categories: ['security', 'availability'] },
  ])
  expect(decide(setUp, there)).toEqual({ refused: 'organisation-set-up-already' })
})

test.each(['+09:00', 'JST-9', 'Asia/Atlantis', ''])('has no time zone called %j', (timeZone) => {
  expect(decide({ ...setUp, timeZone })).toMatchObject({ refused: 'time-zone-unsupported' })
})

test('never leaves security out, and says from what to what its scope changed', () => {
  const change = { type: 'change-scope', reason: 'Customers ask for it' } as const
  expect(decide({ ...change, categories: ['privacy'] }, there)).toMatchObject({
    refused: 'scope-without-security',
  })
  expect(decide({ ...change, categories: ['security'] })).toEqual({
    refused: 'organisation-not-set-up',
  })
  expect(decide({ ...change, categories: ['availability', 'security'] }, there)).toEqual([])
  expect(decide({ ...change, categories: ['privacy', 'security'] }, there)).toEqual([
    {
      type: 'organisation.scope-changed.v1',
      from: ['security', 'availability'],
      to: ['security', 'privacy'],
      reason: 'Customers ask for it',
    },
  ])
})
