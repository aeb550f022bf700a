import type { HostConnector } from '../app/devices/connector.ts'
import { storyDays } from './calendar.ts'
import { employees } from './employees.ts'
import { machines } from './machines.ts'
import { sightingOf } from './readings.ts'

const nameOf = new Map(employees.map(({ number, mail }) => [number, mail.replace(/\..*/, '')]))

/** Answers for the machines of the story, so that the demonstration never looks at a real one. */
export function fictionalMachines(): HostConnector {
  return {
    observe: (target, { now, progress }) => {
      const instant = now().toISOString()
      progress({ step: { ja: '架空の機器を観測中', en: 'Looking at a fiction' }, done: 1, of: 1 })
      const machine =
        target.kind === 'ssh' ? machines.find(({ address }) => address === target.host) : undefined
      if (machine === undefined || machine.name === silent) {
        const at = { startedAt: instant, endedAt: instant, raw: null }
        const detail = 'the demonstration looks at its fictional machines only'
        return Promise.resolve({ outcome: 'failed', code: 'host-unreachable', detail, ...at })
      }
      const logins = machine.people.map((number) => nameOf.get(number) ?? number)
      return Promise.resolve(sightingOf({ machine, day: storyDays, instant, logins }))
    },
    hostKeys: () => Promise.resolve([]),
  }
}

/** It stopped answering a few nights ago. */
const silent = 'ticket1'
