import { join } from 'node:path'
import { z } from 'zod'
import type { Check } from '../../domain/check.ts'
import { isRefused } from '../../domain/decider.ts'
import type { Signature } from '../../domain/signature.ts'
import type { Act } from '../../contract/session.ts'
import { accessRoom } from '../access/room.ts'
import { accessProjections } from '../access/views.ts'
import { contentFolder } from '../content/catalogue-files.ts'
import { controlsRoom } from '../controls/room.ts'
import { controlsProjections } from '../controls/views.ts'
import type { HostConnector } from '../devices/connector.ts'
import { openDevices } from '../devices/open.ts'
import { devicesProjections } from '../devices/views.ts'
import type { Engine } from '../engine/engine.ts'
import { organisationRoom } from '../organisation/room.ts'
import { organisationProjections } from '../organisation/views.ts'
import { openPolicies } from '../policies/open.ts'
import { readPolicyStarters } from '../policies/starters.ts'
import { policiesProjections } from '../policies/views.ts'
import { openTestEngine } from '../testing.ts'
import { readCourses } from '../training/starters.ts'
import { openTraining } from '../training/open.ts'
import { trainingProjections } from '../training/views.ts'
import { openPeople } from './open.ts'
import { peopleProjections } from './views.ts'

/** For tests: people, training and policies on a real engine, with the program's own content. */
export async function openPractice(
  startAt = '2026-04-01T00:00:00Z',
  connector: HostConnector = blind,
) {
  const test = await openTestEngine({
    startAt,
    projections: [
      ...organisationProjections,
      ...accessProjections,
      ...controlsProjections,
      ...devicesProjections,
      ...peopleProjections,
      ...trainingProjections,
      ...policiesProjections,
    ],
  })
  const { engine, blobs, clock } = test
  const organisation = engine.open(organisationRoom)
  const access = engine.open(accessRoom)
  engine.open(controlsRoom)
  const devices = openDevices(engine, { blobs, clock, connector, onError: () => {} })
  const people = openPeople(engine, { blobs })
  const courses = readCourses(join(contentFolder, 'courses'))
  const training = openTraining(engine, { blobs, starters: courses })
  const starters = readPolicyStarters(join(contentFolder, 'policies'))
  const policies = openPolicies(engine, { blobs, starters })
  await organisation.handle(
    {
      type: 'set-up',
      name: { ja: '例', en: 'Example' },
      timeZone: 'Asia/Tokyo',
      categories: ['security'],
      demonstration: false,
    },
    { by: 'system:set-up' },
  )
  return { ...test, access, devices, people, training, courses, policies, starters }
}

export const admin = 'per_00000000000000000000000001'
export const lead = 'per_00000000000000000000000002'
export const reader = 'per_00000000000000000000000003'

const blind: HostConnector = {
  observe: () => Promise.reject(new Error('nobody looks')),
  hostKeys: () => Promise.resolve([]),
}

export const bytesOf = (text: string) => new TextEncoder().encode(text)

const header = '社員番号,氏名,メール,部署,役職,上長,入社日,退職日'
export const list = (...rows: string[]) => bytesOf([header, ...rows].join('\r\n'))

type Practice = Awaited<ReturnType<typeof openPractice>>

/** Previews and confirms a list, as somebody at the page does. */
export async function importList({ people }: Pick<Practice, 'people'>, file: Uint8Array) {
  const preview = await people.preview(file)
  if (isRefused(preview)) throw new Error(JSON.stringify(preview))
  const done = await people.confirm(preview.digest, file, admin)
  if (isRefused(done)) throw new Error(JSON.stringify(done))
  return { preview, done }
}

/** Gives somebody an account, so that they have a name, an address and a role. */
export function openAccount({ access }: Practice, person: string, email: string) {
  return access.handle(
    {
      type: 'invite',
      person,
      name: email,
      email,
      role: 'employee',
      language: 'ja',
      invitation: 'd'.repeat(63) + person.slice(-1),
      expiresAt: '2030-01-01T00:00:00.000Z',
    },
    { by: person === admin ? lead : admin },
  )
}

/** Words an act, signs it without a key, and carries it out: the signature is not looked at here. */
export async function sign({ policies }: Practice, input: Act, person: string) {
  const act = policies.acts.find((one) => one.act === input.act)
  if (act === undefined) throw new Error(`nobody carries out ${input.act}`)
  const signer = { person, role: 'security-lead' } as const
  const statement = await act.statement(input, signer)
  if (isRefused(statement)) return statement
  return act.carryOut(statement, unsigned, signer)
}

const unsigned: Signature = {
  statement: '{}',
  credentialId: 'c',
  authenticatorData: 'a',
  clientDataJSON: 'j',
  signature: 's',
}

const member = z.object({ subject: z.string(), label: z.string().nullable() })
const exception = member.extend({ reason: z.string(), observation: z.int().nullable() })

/** What a check says: who it speaks of, and each exception as `subject reason`. */
export async function judged(engine: Engine, checks: readonly Check[], id: string, asOf?: string) {
  const check = checks.find((one) => one.id === id)
  if (check === undefined) throw new Error(`there is no check ${id}`)
  const views = await engine.views(asOf)
  const population = (await views.rows(member, check.population)).map(({ subject }) => subject)
  const exceptions = await views.rows(exception, check.exceptions)
  const subjects = exceptions.map(({ subject }) => subject)
  if (new Set(subjects).size !== subjects.length) throw new Error(`${id} names somebody twice`)
  const strays = exceptions.filter(
    ({ subject, reason }) => !population.includes(subject) || !(reason in check.reasons),
  )
  if (strays.length > 0) throw new Error(`${id} speaks of others: ${JSON.stringify(strays)}`)
  return {
    population: population.sort(),
    exceptions: exceptions.map(({ subject, reason }) => `${subject} ${reason}`).sort(),
  }
}

/** People by employee number. */
export async function numbered(engine: Engine): Promise<ReadonlyMap<string, string>> {
  const views = await engine.views()
  const row = z.object({ person: z.string(), number: z.string() })
  const rows = await views.rows(
    row,
    'select person, employee_number as number from people where employee_number is not null',
  )
  return new Map(rows.map(({ person, number }) => [number, person]))
}
