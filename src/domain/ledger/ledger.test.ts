import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { alarmTexts } from './alarms.ts'
import { alarmCodes, ledgerEvent } from './events.ts'
import type { LedgerEvent } from './events.ts'
import { ledger } from './ledger.ts'
import type { LedgerState } from './ledger.ts'

const context = { by: 'system:ledger', at: '2026-01-05T00:00:00.000Z' }
const decide = (command: Parameters<typeof ledger.decide>[0], state: LedgerState) => {
  const decided = ledger.decide(command, state, context)
  if ('refused' in decided) throw new Error('nothing is ever refused')
  return decided
}
const after = (state: LedgerState, events: readonly LedgerEvent[]) =>
  events.reduce((now, event) => ledger.evolve(now, event, context), state)

test('an alarm is an entry when it begins and when it ends, and none in between', () => {
  const raise = {
    type: 'set-alarms',
    alarms: [{ code: 'ledger-quorum-unmet', about: 'w1' }],
  } as const
  const raised = decide(raise, ledger.initial)
  expect(raised).toEqual([
    { type: 'ledger.alarm-raised.v1', code: 'ledger-quorum-unmet', about: 'w1' },
  ])
  const now = after(ledger.initial, raised)
  expect(decide(raise, now)).toEqual([])
  expect(decide({ type: 'set-alarms', alarms: [] }, now)).toEqual([
    { type: 'ledger.alarm-cleared.v1', code: 'ledger-quorum-unmet' },
  ])
})

test('whatever is reported, the raised alarms are those that were reported last', () => {
  const alarm = fc.record({ code: fc.constantFrom(...alarmCodes), about: fc.string() })
  fc.assert(
    fc.property(fc.array(fc.array(alarm, { maxLength: 5 }), { maxLength: 8 }), (reports) => {
      let now = ledger.initial
      for (const alarms of reports) now = after(now, decide({ type: 'set-alarms', alarms }, now))
      const last = new Set((reports.at(-1) ?? []).map(({ code }) => code))
      expect(new Set(now.alarms)).toEqual(last)
      expect(now.alarms).toHaveLength(last.size)
    }),
  )
})

test('a verification names what it found first and counts all of it, within its limits', () => {
  const findings = Array.from({ length: 200 }, (_, i) => {
    return { code: 'entry-differs', where: `entry ${i} ${'x'.repeat(500)}` }
  })
  const [event] = decide(
    { type: 'record-verification', size: 5, root: 'r', findings },
    ledger.initial,
  )
  expect(event).toMatchObject({ type: 'ledger.verified.v1', findings: 200 })
  expect(ledgerEvent.safeParse(event).success).toBe(true)
})

test('every alarm says what happened and what to do, in both languages', () => {
  for (const code of alarmCodes) {
    const { ja, en } = alarmTexts[code]
    expect(ja.split('。').length).toBeGreaterThan(2)
    expect(en.split(/[.;] /).length).toBeGreaterThan(1)
  }
})
