import { createHash } from 'node:crypto'
import { employees } from '../src/demo/employees.ts'
import { machines } from '../src/demo/machines.ts'
import { sightingOf } from '../src/demo/readings.ts'
import { must, type StoryClock } from '../src/demo/stage.ts'
import { storyDays } from '../src/demo/calendar.ts'
import type { House } from '../src/main/house.ts'

type Wanted = { readonly factor: number; readonly entriesWanted: number }

/** Machines looked at in one go. */
const together = 200

/**
 * Makes the told story as many times as large: people of the same departments, machines of the same
 * kinds, and looks at them until there are as many entries as wanted. Real commands throughout.
 */
export async function multiply(house: House, clock: StoryClock, wanted: Wanted): Promise<void> {
  const { engine, rooms } = house
  const lead = (await rooms.access.accounts.list('')).find(({ role }) => role === 'security-lead')
  if (lead === undefined) throw new Error('the story has no security lead')
  const by = lead.person.id
  await addPeople(house, by, wanted.factor)
  const sources = await addMachines(house, by, wanted.factor)
  clock.release()
  for (let round = 0; (await engine.log.size()) < wanted.entriesWanted; round++) {
    for (let at = 0; at < sources.length; at += together) {
      const some = sources.slice(at, at + together)
      const looks = some.map(({ source, machine }) => {
        const instant = engine.now()
        const kind = machines[(at + round) % machines.length] ?? machine
        const logins = machine.people
        const sighting = sightingOf({
          machine: { ...kind, name: machine.name },
          day: storyDays - (round % 30),
          instant,
          logins,
        })
        return rooms.devices.record(source, sighting, { by: 'system:observer' })
      })
      for (const recorded of await Promise.all(looks)) must(recorded)
    }
  }
  must(await rooms.judging.run('system:judge'))
}

async function addPeople({ rooms }: House, by: string, factor: number): Promise<void> {
  const { people } = await rooms.people.list({})
  const known = people
    .filter(({ employeeNumber }) => employeeNumber !== null)
    .map(({ employeeNumber, name, email, department, title, startDate, endDate }) =>
      [employeeNumber, name, email, department, title, startDate, endDate ?? ''].join(),
    )
  const more = Array.from({ length: factor - 1 }, (_, copy) =>
    employees.map(({ number, name, mail, department, title, from }) =>
      [
        `${number}-${copy}`,
        name,
        `${mail}.${copy}@big.example`,
        department,
        title,
        from,
        '',
      ].join(),
    ),
  ).flat()
  const head = '社員番号,氏名,メールアドレス,部署,役職,入社日,退職日'
  const list = new TextEncoder().encode([head, ...known, ...more].join('\n'))
  const { digest } = must(await rooms.people.preview(list))
  must(await rooms.people.confirm(digest, list, by))
}

async function addMachines({ rooms }: House, by: string, factor: number) {
  const sources = []
  for (let copy = 1; copy < factor; copy++) {
    for (const machine of machines) {
      const name = `${machine.name}-${copy}`
      const key = createHash('sha256').update(name).digest()
      const type = Buffer.from('ssh-ed25519')
      const blob = Buffer.concat([Buffer.of(0, 0, 0, 11), type, Buffer.of(0, 0, 0, 32), key])
      const target = {
        kind: 'ssh' as const,
        host: `${name}.example`,
        port: 22,
        user: 'arinomama',
        identityFile: '/etc/arinomama/observer',
        hostKey: `ssh-ed25519 ${blob.toString('base64')}`,
      }
      const { id } = must(await rooms.devices.addSource({ name, target, everyHours: 24 }, by))
      sources.push({ source: id, machine: { ...machine, name } })
    }
  }
  return sources
}
