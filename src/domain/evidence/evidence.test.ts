import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import { evidence, type Evidence, type EvidenceCommand } from './evidence.ts'
import { evidenceEvent } from './events.ts'

const document = {
  evidence: `evd_${'0'.repeat(26)}`,
  labelSha256: 'b'.repeat(64),
  mediaType: 'application/pdf',
  sha256: 'a'.repeat(64),
  size: 10,
  controls: ['AC-06'],
  from: '2026-01-01',
  to: '2026-03-31',
  scanned: 'none',
} as const
const signature = {
  statement: '{}',
  credentialId: 'c',
  authenticatorData: 'a',
  clientDataJSON: 'd',
  signature: 's',
}
const at = '2026-04-02T00:00:00.000Z'

const submit = (today = '2026-04-02', changes = {}): EvidenceCommand => ({
  type: 'submit',
  document: { ...document, controls: [...document.controls], ...changes },
  today,
})
const inspect = (conclusion: 'accepted' | 'rejected', note = 'Looked at it'): EvidenceCommand => ({
  type: 'inspect',
  evidence: document.evidence,
  conclusion,
  note,
  signature,
})

function carriedOut(commands: readonly (readonly [by: string, command: EvidenceCommand])[]) {
  let state: Evidence = evidence.initial
  const said: string[] = []
  for (const [by, command] of commands) {
    const decided = evidence.decide(command, state, { by, at })
    if (isRefused(decided)) {
      said.push(decided.refused)
      continue
    }
    for (const event of decided) {
      evidenceEvent.parse(event)
      state = evidence.evolve(state, event, { by, at })
      said.push(event.type)
    }
  }
  return { state, said }
}

test('evidence counts only after somebody other than its uploader has accepted it', () => {
  const { state, said } = carriedOut([
    ['ai', submit()],
    ['ai', inspect('accepted')],
    ['ken', inspect('accepted')],
  ])
  expect(said).toEqual(['evidence.submitted.v1', 'evidence-own', 'evidence.inspected.v1'])
  expect(state.state).toBe('accepted')
})

test('a rejection is final: no later inspection and no second upload makes up for it', () => {
  const { said } = carriedOut([
    ['ai', submit()],
    ['ken', inspect('accepted')],
    ['mio', inspect('rejected')],
    ['jun', inspect('accepted')],
    ['ai', submit()],
  ])
  expect(said.slice(2)).toEqual(['evidence.inspected.v1', 'evidence-rejected', 'evidence-rejected'])
})

test('a rejection without its reason is refused', () => {
  expect(
    carriedOut([
      ['ai', submit()],
      ['ken', inspect('rejected', ' ')],
    ]).said[1],
  ).toBe('evidence-note-missing')
})

test('the same document uploaded again changes nothing, and neither does the same acceptance', () => {
  const { said } = carriedOut([
    ['ai', submit()],
    ['mio', submit()],
    ['ken', inspect('accepted')],
    ['ken', inspect('accepted')],
  ])
  expect(said).toEqual(['evidence.submitted.v1', 'evidence.inspected.v1'])
})

test('a second upload by another person does not let the first uploader inspect it', () => {
  const { said } = carriedOut([
    ['ai', submit()],
    ['mio', submit()],
    ['ai', inspect('accepted')],
  ])
  expect(said.at(-1)).toBe('evidence-own')
})

test('no document shows days that have not come, or ends before it begins', () => {
  expect(carriedOut([['ai', submit('2026-03-30')]]).said).toEqual(['evidence-period-not-over'])
  expect(carriedOut([['ai', submit('2026-03-31')]]).said).toEqual(['evidence.submitted.v1'])
  expect(carriedOut([['ai', submit('2026-04-02', { from: '2026-04-01' })]]).said).toEqual([
    'evidence-period-backwards',
  ])
})

test('nobody ever accepts evidence they uploaded, whatever the order of commands', () => {
  const command = fc.oneof(
    fc.constant(submit()),
    fc.constantFrom('accepted' as const, 'rejected' as const).map((one) => inspect(one)),
  )
  const said = fc.tuple(fc.constantFrom('ai', 'ken', 'mio'), command)
  fc.assert(
    fc.property(fc.array(said, { maxLength: 20 }), (commands) => {
      let state: Evidence = evidence.initial
      const history: { by: string; type: string; rejected: boolean }[] = []
      for (const [by, one] of commands) {
        const decided = evidence.decide(one, state, { by, at })
        for (const event of isRefused(decided) ? [] : decided) {
          const rejected = event.type === 'evidence.inspected.v1' && event.conclusion === 'rejected'
          history.push({ by, type: event.type, rejected })
          state = evidence.evolve(state, event, { by, at })
        }
      }
      const [submitted, ...inspections] = history
      expect(inspections.filter(({ by }) => by === submitted?.by)).toEqual([])
      expect(inspections.slice(0, -1).some(({ rejected }) => rejected)).toBe(false)
    }),
  )
})
