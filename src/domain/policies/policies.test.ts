import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import { policies, type PoliciesCommand, type Policy } from './policies.ts'

const at = '2026-04-01T00:00:00.000Z'
const signature = {
  statement: '{}',
  credentialId: 'c',
  authenticatorData: 'a',
  clientDataJSON: 'j',
  signature: 's',
}
const digest = (letter: string) => letter.repeat(64)
const title = { ja: '規程', en: 'Policy' }

type Step = { readonly by: string; readonly command: PoliciesCommand }

const draft = (by: string, after: number, letter: string): Step => ({
  by,
  command: {
    type: 'draft',
    policy: 'access',
    document: digest(letter),
    title,
    change: 'new',
    origin: 'own',
    after,
  },
})
const sign = (type: 'approve' | 'acknowledge', by: string, version: number, letter: string) => ({
  by,
  command: { type, policy: 'access', version, document: digest(letter), signature } as const,
})
const withdraw = (by: string): Step => ({
  by,
  command: { type: 'withdraw', policy: 'access', reason: 'gone' },
})

/** The outcome of the last step: event types, or the refusal's code. */
function last(...steps: Step[]): string[] {
  let state: Policy = policies.initial
  let outcome: string[] = []
  for (const { by, command } of steps) {
    const events = policies.decide(command, state, { by, at })
    if (isRefused(events)) {
      outcome = [events.refused]
      continue
    }
    for (const event of events) state = policies.evolve(state, event, { by, at })
    outcome = events.map((event) => event.type)
  }
  return outcome
}

test('nobody approves what they wrote, and somebody else can', () => {
  expect(last(draft('ann', 0, 'a'), sign('approve', 'ann', 1, 'a'))).toEqual(['policy-own'])
  expect(last(draft('ann', 0, 'a'), sign('approve', 'ben', 1, 'a'))).toEqual([
    'policies.approved.v1',
  ])
})

test('an edit voids what was to be signed: the older draft can no longer be approved', () => {
  const steps = [draft('ann', 0, 'a'), draft('ann', 1, 'b')]
  expect(last(...steps, sign('approve', 'ben', 1, 'a'))).toEqual(['policy-changed'])
  expect(last(...steps, sign('approve', 'ben', 2, 'a'))).toEqual(['policy-changed'])
  expect(last(...steps, sign('approve', 'ben', 2, 'b'))).toEqual(['policies.approved.v1'])
})

test('a new draft leaves the approved version in force, and only that can be acknowledged', () => {
  const steps = [draft('ann', 0, 'a'), sign('approve', 'ben', 1, 'a'), draft('ann', 1, 'b')]
  expect(last(...steps, sign('acknowledge', 'cas', 1, 'a'))).toEqual(['policies.acknowledged.v1'])
  expect(last(...steps, sign('acknowledge', 'cas', 2, 'b'))).toEqual(['policy-not-in-force'])
  const next = [...steps, sign('approve', 'ben', 2, 'b')]
  expect(last(...next, sign('acknowledge', 'cas', 1, 'a'))).toEqual(['policy-not-in-force'])
})

test('a draft that was never approved cannot be acknowledged', () => {
  expect(last(draft('ann', 0, 'a'), sign('acknowledge', 'cas', 1, 'a'))).toEqual([
    'policy-not-in-force',
  ])
})

test('approving the version in force again is a review, and its author cannot do that either', () => {
  const steps = [draft('ann', 0, 'a'), sign('approve', 'ben', 1, 'a')]
  expect(last(...steps, sign('approve', 'cas', 1, 'a'))).toEqual(['policies.reviewed.v1'])
  expect(last(...steps, sign('approve', 'ann', 1, 'a'))).toEqual(['policy-own'])
})

test('a withdrawn policy is in force for nobody until a new draft of it is approved', () => {
  const steps = [draft('ann', 0, 'a'), sign('approve', 'ben', 1, 'a'), withdraw('ann')]
  expect(last(...steps, sign('acknowledge', 'cas', 1, 'a'))).toEqual(['policy-not-in-force'])
  expect(last(...steps, sign('approve', 'ben', 1, 'a'))).toEqual(['policy-withdrawn'])
  const back = [...steps, draft('ann', 1, 'a')]
  expect(last(...back, sign('approve', 'ben', 2, 'a'))).toEqual(['policies.approved.v1'])
})

test('a draft says which version it follows; the same text twice changes nothing', () => {
  expect(last(draft('ann', 0, 'a'), draft('ben', 0, 'b'))).toEqual(['policy-changed'])
  expect(last(draft('ann', 0, 'a'), draft('ann', 1, 'a'))).toEqual([])
})

const anyStep: fc.Arbitrary<Step> = fc
  .record({
    by: fc.constantFrom('ann', 'ben'),
    version: fc.integer({ min: 0, max: 4 }),
    letter: fc.constantFrom('a', 'b'),
    what: fc.constantFrom('draft', 'approve', 'acknowledge', 'withdraw'),
  })
  .map(({ by, version, letter, what }) => {
    if (what === 'draft') return draft(by, version, letter)
    if (what === 'withdraw') return withdraw(by)
    return sign(what === 'approve' ? 'approve' : 'acknowledge', by, version, letter)
  })

test('in whatever order things come, what is in force was approved by another than its author', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      let state: Policy = policies.initial
      const authors = new Map<number, string>()
      let inForce = ''
      const broken: string[] = []
      for (const { by, command } of steps) {
        const events = policies.decide(command, state, { by, at })
        if (isRefused(events)) continue
        for (const event of events) {
          if (event.type === 'policies.drafted.v1') authors.set(event.version, by)
          if (event.type === 'policies.approved.v1') {
            if (authors.get(event.version) === by) broken.push('own approval')
            inForce = `${event.version} ${event.document}`
          }
          if (event.type === 'policies.withdrawn.v1') inForce = ''
          if (event.type === 'policies.acknowledged.v1') {
            if (inForce !== `${event.version} ${event.document}`) broken.push('not in force')
          }
          state = policies.evolve(state, event, { by, at })
        }
      }
      expect(broken).toEqual([])
    }),
  )
})
