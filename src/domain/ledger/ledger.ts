import type { Decider } from '../decider.ts'
import type { AlarmCode, LedgerEvent } from './events.ts'

export type LedgerCommand =
  | {
      readonly type: 'record-verification'
      readonly size: number
      readonly root: string
      readonly findings: readonly { readonly code: string; readonly where: string }[]
    }
  /** All that is wrong now: what is new is raised, what is gone is cleared. */
  | {
      readonly type: 'set-alarms'
      readonly alarms: readonly { readonly code: AlarmCode; readonly about: string }[]
    }

/** The alarms that are raised. */
export type LedgerState = { readonly alarms: readonly AlarmCode[] }

const FINDINGS_NAMED_MAX = 50
const WHERE_MAX = 300
const ABOUT_MAX = 1_000

/** What the ledger says of itself: verifications, and times when something was wrong with it. */
export const ledger: Decider<LedgerCommand, LedgerState, LedgerEvent, never> = {
  initial: { alarms: [] },
  decide(command, now) {
    switch (command.type) {
      case 'record-verification': {
        const { size, root, findings } = command
        const first = findings
          .slice(0, FINDINGS_NAMED_MAX)
          .map(({ code, where }) => ({ code, where: where.slice(0, WHERE_MAX) }))
        return [{ type: 'ledger.verified.v1', size, root, findings: findings.length, first }]
      }
      case 'set-alarms': {
        const wanted = command.alarms.map(({ code }) => code)
        const isNew = (code: AlarmCode) => !now.alarms.includes(code)
        return [
          ...command.alarms
            .filter(({ code }, at) => isNew(code) && wanted.indexOf(code) === at)
            .map(({ code, about }): LedgerEvent => {
              return { type: 'ledger.alarm-raised.v1', code, about: about.slice(0, ABOUT_MAX) }
            }),
          ...now.alarms
            .filter((code) => !wanted.includes(code))
            .map((code): LedgerEvent => ({ type: 'ledger.alarm-cleared.v1', code })),
        ]
      }
    }
  },
  evolve({ alarms }, event) {
    switch (event.type) {
      case 'ledger.verified.v1':
        return { alarms }
      case 'ledger.alarm-raised.v1':
        return { alarms: [...alarms.filter((code) => code !== event.code), event.code] }
      case 'ledger.alarm-cleared.v1':
        return { alarms: alarms.filter((code) => code !== event.code) }
    }
  },
}
