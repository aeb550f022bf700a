import {
  assert,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  subarray,
  type Arbitrary,
} from 'fast-check'
import { expect, test } from 'vitest'
import type { WorkFacts } from './facts.ts'
import { factsOf, houseOf, personOf, rosterOf, story } from './testing.ts'
import type { Kind } from './words.ts'

/** A change that waits for its window with every approval it needs. */
function scheduled(kind: Kind) {
  const it = story(kind, {
    executors: [personOf('emi'), personOf('dai')],
    window: { from: '2026-04-01T00:30:00.000Z', until: '2026-04-01T01:30:00.000Z' },
  })
  it.request()
  it.submit()
  it.assess()
  const approvals = {
    normal: () => it.approve('mori', 'customer'),
    standard: () => it.approve('ben', 'checker'),
    emergency: () => [it.approve('ben', 'duty-officer'), it.approve('gen', 'duty-officer')].at(-1),
  }
  return { it, state: approvals[kind]() }
}

const now = record({
  kind: constantFrom<Kind>('normal', 'standard', 'emergency'),
  by: constantFrom('emi', 'dai', 'aoi', 'ben', 'mori'),
  minutes: integer({ min: -40, max: 70 }),
  contacts: subarray(['mori', 'kudo']),
  here: subarray(['aoi', 'ben', 'emi', 'dai', 'gen'], { minLength: 2 }),
  employed: boolean(),
  trained: boolean(),
  agreement: constantFrom('active', 'suspended', 'revoked', 'expired'),
  customer: constantFrom<WorkFacts['customer']>('active', 'active', 'ended'),
  retired: boolean(),
  told: boolean(),
})
type Now = typeof now extends Arbitrary<infer T> ? T : never

/** What must hold, said again in the words of the policy. */
function mayBegin(given: Now): boolean {
  const { kind, by, minutes, contacts, here, employed, trained, agreement, customer } = given
  const approvers = { normal: [], standard: ['ben'], emergency: ['ben', 'gen'] }[kind]
  return (
    customer === 'active' &&
    !given.retired &&
    (by === 'emi' || by === 'dai') &&
    here.includes(by) &&
    employed &&
    trained &&
    minutes >= 0 &&
    minutes < 60 &&
    approvers.every((name) => here.includes(name)) &&
    (kind !== 'normal' || contacts.includes('mori')) &&
    (kind !== 'standard' || agreement === 'active') &&
    (kind !== 'emergency' || given.told)
  )
}

function factsNow(given: Now): WorkFacts {
  const { agreement } = factsOf()
  if (agreement?.inForce === undefined || agreement.inForce === null)
    throw new Error('no agreement')
  const { inForce } = agreement
  const expires = given.agreement === 'expired' ? '2026-03-31' : inForce.expires
  const state = given.agreement === 'suspended' ? 'suspended' : 'active'
  const isRevoked = given.agreement === 'revoked'
  const house = [...houseOf(given.here)].map(([person, one]) => {
    const isHand = [personOf('emi'), personOf('dai')].includes(person)
    const { employed, trained } = isHand ? given : { employed: true, trained: true }
    return [person, { ...one, employed, trained }] as const
  })
  return factsOf({
    customer: given.customer,
    systems: new Set(given.retired ? [] : ['web.acme']),
    roster: rosterOf(given.contacts),
    house: new Map(house),
    agreement: {
      ...agreement,
      revoked: isRevoked,
      inForce: isRevoked ? null : { ...inForce, state, expires },
    },
  })
}

test('an approved change begins exactly when everything holds at that very moment', () => {
  let begun = 0
  assert(
    property(now, (given) => {
      const { it, state } = scheduled(given.kind)
      expect(state).toBe('scheduled')
      const when = new Date(Date.parse('2026-04-01T00:30:00.000Z') + given.minutes * 60_000)
      const told = given.told ? [personOf('mori')] : []
      const became = it.start(given.by, factsNow(given), when.toISOString(), told)
      expect(became === 'implement').toBe(mayBegin(given))
      if (became === 'implement') begun++
    }),
    { numRuns: 5_000 },
  )
  expect(begun).toBeGreaterThan(50)
})
