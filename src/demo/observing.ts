import { createHash } from 'node:crypto'
import type { Sighting } from '../app/devices/connector.ts'
import { storyDays } from './calendar.ts'
import { numbers } from './cast.ts'
import { machines, type Machine } from './machines.ts'
import { sightingOf } from './readings.ts'
import { must, type Deed, type Stage } from './stage.ts'

/** Sources, a look at every machine every night, failures, ports and accounts that are answered for. */
export function observingDeeds(): Deed[] {
  const sources = new Map<string, string>()
  const nights = Array.from({ length: storyDays }, (_, day) => day + 1).filter((day) => day > 5)
  return [
    ...machines.map((machine) => ({
      day: machine.since,
      time: '02:00',
      run: (at: Stage) => add(at, machine, sources),
    })),
    ...nights.map((day) => ({
      day,
      time: '03:00',
      run: (at: Stage) => lookAtAll(at, day, sources),
    })),
    ...machines.map((machine) => ({
      day: machine.since + 1,
      time: '10:40',
      run: (at: Stage) => declare(at, machine),
    })),
  ]
}

async function add(
  { devices, cast }: Stage,
  machine: Machine,
  sources: Map<string, string>,
): Promise<void> {
  const { id } = must(
    await devices.addSource(
      {
        name: `${machine.name}（${machine.use}）`,
        target: {
          kind: 'ssh',
          host: machine.address,
          port: 22,
          user: 'arinomama',
          identityFile: '/etc/arinomama/observer',
          hostKey: hostKeyOf(machine),
        },
        everyHours: 24,
      },
      cast.id(cast.isKnown(numbers.it) ? numbers.it : numbers.securityLead),
    ),
  )
  sources.set(machine.name, id)
}

/** A public key of nobody: the machine does not exist. */
function hostKeyOf({ name }: Machine): string {
  const type = Buffer.from('ssh-ed25519')
  const key = createHash('sha256').update(`host key of ${name}`).digest()
  const length = (bytes: Buffer) => {
    const prefix = Buffer.alloc(4)
    prefix.writeUInt32BE(bytes.byteLength)
    return prefix
  }
  const blob = Buffer.concat([length(type), type, length(key), key])
  return `ssh-ed25519 ${blob.toString('base64')}`
}

async function lookAtAll(
  stage: Stage,
  day: number,
  sources: ReadonlyMap<string, string>,
): Promise<void> {
  const { devices, cast, calendar } = stage
  const instant = calendar.at(day, '03:00')
  const looks = machines.flatMap((machine) => {
    const source = sources.get(machine.name)
    if (source === undefined) return []
    const logins = machine.people.map((number) => cast.employee(number).mail.replace(/\..*/, ''))
    const sighting = isUnreachable(machine.name, day)
      ? failed(instant)
      : sightingOf({ machine, day, instant, logins })
    const command = `observe:${source}:${instant}`
    return [devices.record(source, sighting, { by: 'system:observer', command })]
  })
  for (const recorded of await Promise.all(looks)) must(recorded)
}

/** Machine, first and last night on which it does not answer. */
const silences: readonly (readonly [name: string, from: number, to: number])[] = [
  ['monitor1', 160, 163],
  ['vpn1', 259, 260],
  ['ticket1', 422, storyDays],
]

function isUnreachable(name: string, day: number): boolean {
  return silences.some(([silent, from, to]) => silent === name && from <= day && day <= to)
}

function failed(instant: string): Sighting {
  return {
    outcome: 'failed',
    code: 'host-unreachable',
    detail: 'ssh: connect to host: Connection timed out',
    startedAt: instant,
    endedAt: instant,
    raw: null,
  }
}

/** The ports that are meant to be open, and who answers for which account. */
async function declare({ devices, cast }: Stage, machine: Machine): Promise<void> {
  const by = cast.id(cast.isKnown(numbers.it) ? numbers.it : numbers.securityLead)
  const host = createHash('sha256').update(machine.name).digest('hex').slice(0, 32)
  for (const port of machine.ports) {
    const protocol = port === 500 ? 'udp' : 'tcp'
    const reason = `${machine.use}に必要`
    must(await devices.declarePort({ host, protocol, port, allowed: true, reason }, by))
  }
  for (const number of machine.people) {
    if (!cast.isKnown(number)) continue
    const account = cast.employee(number).mail.replace(/\..*/, '')
    const person = cast.id(number)
    const reason = '担当業務のため'
    must(await devices.assignAccount({ host, account, person, reason }, by))
  }
}
