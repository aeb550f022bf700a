/**
 * For tests of judging: the rooms that it stands on, on the real engine, with an organisation in
 * Tokyo, three people who work here, and machines whose locks tests can watch.
 */
import { z } from 'zod'
import type { Check } from '../../domain/check.ts'
import { controlsChecks } from '../../domain/controls/checks.ts'
import { criteriaChecks } from '../../domain/criteria/checks.ts'
import { isRefused, refuse, type Decider, type Refused } from '../../domain/decider.ts'
import { exceptionsChecks } from '../../domain/exceptions/checks.ts'
import { judgingChecks } from '../../domain/judging/checks.ts'
import type { Category } from '../../domain/organisation/events.ts'
import type { Role } from '../../domain/access/permission.ts'
import { accessRoom } from '../access/room.ts'
import { accessProjections } from '../access/views.ts'
import { readCatalogue } from '../content/catalogue-files.ts'
import { openControls } from '../controls/open.ts'
import { controlsProjections } from '../controls/views.ts'
import { openCriteria } from '../criteria/open.ts'
import { criteriaProjections } from '../criteria/views.ts'
import { noVirusScanner, openEvidence } from '../evidence/open.ts'
import { evidenceProjections } from '../evidence/views.ts'
import { openExceptions } from '../exceptions/open.ts'
import { exceptionsProjections } from '../exceptions/views.ts'
import { openOrganisation } from '../organisation/open.ts'
import { organisationProjections } from '../organisation/views.ts'
import { peopleRoom } from '../people/room.ts'
import { peopleProjections } from '../people/views.ts'
import { defineProjection, reads } from '../projection.ts'
import { defineRoom } from '../room.ts'
import type { ActHandler, Signer } from '../signed-act.ts'
import { openTestEngine } from '../testing.ts'
import { openJudging } from './open.ts'
import { judgingProjections } from './views.ts'

export const catalogue = readCatalogue()

const event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('locks.seen.v1'),
    machine: z.string(),
    /** `unreadable` when nobody could say. */
    lock: z.enum(['shut', 'open', 'broken', 'unreadable']),
  }),
  z.strictObject({ type: z.literal('locks.machine-gone.v1'), machine: z.string() }),
])
type LockEvent = z.infer<typeof event>
type LockCommand =
  | { type: 'see'; machine: string; lock: 'shut' | 'open' | 'broken' | 'unreadable' }
  | { type: 'go'; machine: string }

const locks: Decider<LockCommand, null, LockEvent, never> = {
  initial: null,
  decide: (command) =>
    command.type === 'see'
      ? [{ type: 'locks.seen.v1', machine: command.machine, lock: command.lock }]
      : [{ type: 'locks.machine-gone.v1', machine: command.machine }],
  evolve: () => null,
}

/** A room that observes, for a check that only observations can satisfy. */
const locksRoom = defineRoom({
  name: 'locks',
  decider: locks,
  event,
  streamOf: ({ machine }: LockCommand) => `locks:${machine}`,
})

const locksView = defineProjection({
  name: 'locks',
  version: 1,
  tables: ['locks'],
  ddl: `create table locks (
    machine text primary key, lock text not null, seen_at timestamptz not null, seq bigint not null
  );`,
  readers: [
    reads(locksRoom, async (event, { seq, effectiveAt }, view) => {
      const { machine } = event
      if (event.type === 'locks.machine-gone.v1') return await view.remove('locks', { machine })
      await view.put('locks', { machine, lock: event.lock, seen_at: effectiveAt, seq })
    }),
  ],
})

const text = { ja: '錠', en: 'Lock' }

/** Every machine is locked; seen within a week. */
export const lockCheck: Check = {
  id: 'lock-shut',
  title: text,
  rule: text,
  remedy: text,
  cadence: 'continuous',
  population: 'select machine as subject, upper(machine) as label from locks',
  exceptions: `select machine as subject, upper(machine) as label, lock as reason, seq as observation
    from locks where lock in ('open', 'broken')`,
  unproven: `select machine as subject, upper(machine) as label, lock as reason
    from locks where lock = 'unreadable'`,
  reasons: { open: text, broken: text, unreadable: text },
  freshness: { query: 'select max(seen_at) as at from locks', days: 7 },
}

export const person = {
  lead: `per_${'1'.repeat(26)}`,
  admin: `per_${'2'.repeat(26)}`,
  operator: `per_${'3'.repeat(26)}`,
  leaver: `per_${'4'.repeat(26)}`,
}

const signature = {
  statement: '{}',
  credentialId: 'c',
  authenticatorData: 'a',
  clientDataJSON: 'd',
  signature: 's',
}

const projections = [
  ...organisationProjections,
  ...accessProjections,
  ...peopleProjections.filter(({ name }) => name === 'persons' || name === 'people'),
  ...evidenceProjections,
  ...criteriaProjections,
  ...controlsProjections,
  ...exceptionsProjections,
  ...judgingProjections,
  locksView,
]

export async function openHouse(
  options: { checks?: readonly Check[]; categories?: Category[]; startAt?: string } = {},
) {
  const opened = await openTestEngine({
    startAt: options.startAt ?? '2026-01-05T00:00:00Z',
    projections,
  })
  const { engine, blobs } = opened
  engine.open(accessRoom)
  const organisation = openOrganisation(engine)
  const people = engine.open(peopleRoom)
  const locked = engine.open(locksRoom)
  const evidence = openEvidence(engine, { blobs, scan: noVirusScanner })
  const checks = options.checks ?? [
    lockCheck,
    ...criteriaChecks,
    ...controlsChecks,
    ...exceptionsChecks,
    ...judgingChecks,
  ]
  const judging = openJudging(engine, {
    checks,
    catalogue: fitting(checks),
    blobs,
    log: engine.log,
  })
  const criteria = openCriteria(engine, { judging })
  const controls = openControls(engine, { judging })
  const exceptions = openExceptions(engine, { judging, blobs })
  await succeeds(
    organisation.room.handle(
      {
        type: 'set-up',
        name: { ja: '錠前', en: 'Locks' },
        timeZone: 'Asia/Tokyo',
        categories: options.categories ?? ['security'],
        demonstration: false,
      },
      { by: person.lead },
    ),
  )
  for (const command of roster()) {
    await succeeds(people.handle(command, { by: person.lead }))
  }
  const see = (machine: string, lock: 'shut' | 'open' | 'broken' | 'unreadable') =>
    succeeds(locked.handle({ type: 'see', machine, lock }, { by: 'system:watcher' }))
  const go = (machine: string) =>
    succeeds(locked.handle({ type: 'go', machine }, { by: 'system:watcher' }))
  const now = async (asOf?: string) => await judging.judge(await engine.views(asOf))
  const check = async (id: string, asOf?: string) => {
    const found = (await now(asOf)).checks.find((one) => one.check.id === id)
    if (found === undefined) throw new Error(`there is no ${id}`)
    return found
  }
  return {
    ...opened,
    organisation,
    people,
    evidence,
    judging,
    criteria,
    controls,
    exceptions,
    see,
    go,
    now,
    check,
  }
}

/** The library names checks of rooms that are not open here. */
function fitting(checks: readonly Check[]) {
  const known = new Set(checks.map(({ id }) => id))
  return {
    ...catalogue,
    controls: catalogue.controls.map((control) => ({
      ...control,
      checks: control.checks.filter((check) => known.has(check)),
      evidence: control.evidence || !control.checks.some((check) => known.has(check)),
    })),
  }
}

function roster() {
  return Object.entries(person).map(([name, id], at) => ({
    type: 'join' as const,
    person: id,
    file: 'a'.repeat(64),
    row: at + 1,
    listing: {
      employeeNumber: name,
      name,
      email: null,
      title: null,
      department: null,
      manager: null,
      groups: [],
      startDate: '2025-04-01',
      endDate: name === 'leaver' ? '2026-01-31' : null,
    },
  }))
}

/** Prepares and carries out a signed act, as signing does after it has verified the signature. */
export async function sign(
  acts: readonly ActHandler[],
  input: Parameters<ActHandler['statement']>[0],
  by: string,
  role: Role = 'security-lead',
) {
  const signer: Signer = { person: by, role }
  const act = acts.find((one) => one.act === input.act)
  if (act === undefined) return refuse('act-unknown', input.act)
  const statement = await act.statement(input, signer)
  if (isRefused(statement)) return statement
  return await act.carryOut({ ...statement }, signature, signer)
}

export async function succeeds<T extends object>(answer: Promise<T | Refused>): Promise<T> {
  const given = await answer
  if (isRefused(given)) throw new Error(`refused: ${given.refused} ${given.about ?? ''}`)
  return given
}
