import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { accountKey } from '../../domain/devices/events.ts'
import { isHost, parseTarget, target, type Target } from '../../domain/devices/target.ts'
import type { Engine, Handled, Meta } from '../engine/engine.ts'
import type { Blobs, Clock, Job, Views } from '../ports.ts'
import type { HostConnector, HostKey, Sighting } from './connector.ts'
import { deviceReads, type DeviceReads } from './reads.ts'
import { record, type Recorded } from './record.ts'
import { devicesRoom, type DevicesHandle } from './room.ts'
import { createRuns, type Run } from './runs.ts'
import { schedule } from './schedule.ts'

type NewSource = {
  readonly name: string
  readonly target: Target
  readonly everyHours: number
}

export type DeviceCases = DeviceReads & {
  readonly addSource: (
    source: NewSource,
    by: string,
  ) => Promise<(Handled & { id: string }) | Refused>
  readonly removeSource: (source: string, reason: string, by: string) => Promise<Handled | Refused>
  readonly readHostKeys: (host: string, port: number) => Promise<HostKey[] | Refused>
  /** Looks now; the run that is under way already when there is one. */
  readonly observe: (source: string, by: string) => Promise<{ run: string } | Refused>
  readonly run: (id: string) => Run | Refused
  readonly declarePort: (port: DeclaredPort, by: string) => Promise<Handled | Refused>
  readonly assignAccount: (account: AssignedAccount, by: string) => Promise<Handled | Refused>
  /** Records what somebody saw who looked elsewhere: the demonstration does. */
  readonly record: (source: string, sighting: Sighting, meta: Meta) => Promise<Recorded | Refused>
  /** Looks at every source when it is due. */
  readonly job: Job
  /** Resolves when nothing is being looked at any more. */
  readonly idle: () => Promise<void>
  /** Stops looking at once: what is under way is not recorded, and is due again at the next start. */
  readonly close: () => Promise<void>
}

type DeclaredPort = {
  readonly host: string
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  readonly allowed: boolean
  readonly reason: string
}

type AssignedAccount = {
  readonly host: string
  readonly account: string
  readonly person: string | null
  readonly reason: string
}

type DeviceNeeds = {
  readonly blobs: Blobs
  readonly clock: Clock
  readonly connector: HostConnector
  /** Told of errors that are nobody's answer: bugs, a full disk. */
  readonly onError?: (source: string, error: unknown) => void
}

const CONCURRENT_MAX = 4
const LOOK_EVERY_MS = 60_000

/** Machines: where to look, looking, and who answers for what was seen. */
export function openDevices(engine: Engine, needs: DeviceNeeds): DeviceCases {
  const room = engine.open(devicesRoom)
  const { blobs, clock, connector } = needs
  const ending = new AbortController()
  const runs = createRuns({ concurrentMax: CONCURRENT_MAX }, (source, error) => {
    if (!ending.signal.aborted) needs.onError?.(source, error)
  })

  const start = (source: string, at: Target, meta: Meta): Run =>
    runs.start({ id: engine.newId('run'), source, startedAt: engine.now() }, async (progress) => {
      const watch = { now: () => clock.now(), progress, signal: ending.signal }
      const sighting = await connector.observe(at, watch)
      return await record({ engine, room, blobs }, source, sighting, meta)
    })
  return {
    ...deviceReads(engine, blobs, runs),
    addSource: (source, by) => addSource(engine, room, blobs, source, by),
    removeSource: (source, reason, by) => removeSource(engine, room, source, reason, by),
    async readHostKeys(host, port) {
      if (!isHost(host)) return refuse('host-malformed', host)
      const keys = await connector.hostKeys(host, port)
      return keys.length === 0 ? refuse('host-keys-unavailable', `${host}:${port}`) : keys
    },
    async observe(source, by) {
      const at = await targetOf(await engine.views(), source)
      if ('refused' in at) return at
      return { run: start(source, at, { by }).id }
    },
    run: (id) => runs.find(id) ?? refuse('run-unknown', id),
    declarePort: (port, by) => room.handle({ type: 'declare-port', ...port }, { by }),
    assignAccount: (account, by) => assignAccount(engine, room, account, by),
    record: (source, sighting, meta) => record({ engine, room, blobs }, source, sighting, meta),
    job: {
      name: 'observe-sources',
      everyMs: LOOK_EVERY_MS,
      async run() {
        const views = await engine.views()
        const now = clock.now().toISOString()
        for (const { source, at } of await schedule(views)) {
          if (at > now) return
          const place = await targetOf(views, source)
          if ('refused' in place) continue
          // Several nodes may find it due at once: the entry is written for the first of them.
          start(source, place, { by: 'system:observer', command: `observe:${source}:${at}` })
        }
      },
    },
    idle: runs.idle,
    async close() {
      ending.abort(new Error('the program is ending'))
      await runs.idle()
    },
  }
}

async function addSource(
  engine: Engine,
  room: DevicesHandle,
  blobs: Blobs,
  { name, target: given, everyHours }: NewSource,
  by: string,
): Promise<(Handled & { id: string }) | Refused> {
  const place = parseTarget(given)
  if ('refused' in place) return place
  const [same] = await (
    await engine.views()
  ).rows(
    z.object({ name: z.string() }),
    `select name from sources
      where state = 'active' and kind = $1
        and (kind = 'local' or (target->>'host' = $2 and (target->>'port')::int = $3))`,
    place.kind === 'local' ? [place.kind, null, null] : [place.kind, place.host, place.port],
  )
  if (same !== undefined) return refuse('source-exists', same.name)
  const id = engine.newId('src')
  const targetSha256 = await blobs.put(new TextEncoder().encode(canonicalJson(place)))
  const done = await room.handle(
    { type: 'add-source', source: id, name, connector: 'this-host', targetSha256, everyHours },
    { by },
  )
  return isRefused(done) ? done : { ...done, id }
}

/** The machine that it showed is let go with it: another source may show it from now on. */
async function removeSource(
  engine: Engine,
  room: DevicesHandle,
  source: string,
  reason: string,
  by: string,
): Promise<Handled | Refused> {
  const [row] = await (
    await engine.views()
  ).rows(z.object({ host: z.string().nullable() }), 'select host from sources where source = $1', [
    source,
  ])
  const host = row?.host ?? null
  const asks = [room.ask({ type: 'remove-source', source, reason })]
  if (host !== null) asks.push(room.ask({ type: 'retire-host', host, source, reason }))
  return await engine.transact(asks, { by })
}

async function targetOf(views: Views, source: string): Promise<Target | Refused> {
  const [row] = await views.rows(
    z.object({ state: z.string(), target }),
    'select state, target from sources where source = $1',
    [source],
  )
  if (row === undefined) return refuse('source-unknown', source)
  return row.state === 'active' ? row.target : refuse('source-removed', source)
}

async function assignAccount(
  engine: Engine,
  room: DevicesHandle,
  { host, account, person, reason }: AssignedAccount,
  by: string,
): Promise<Handled | Refused> {
  const views = await engine.views()
  const [seen] = await views.rows(
    z.object({ found: z.boolean() }),
    'select true as found from host_accounts where host = $1 and account = $2',
    [host, account],
  )
  if (seen === undefined) return refuse('host-account-unknown', account)
  if (person !== null) {
    const [known] = await views.rows(
      z.object({ found: z.boolean() }),
      'select true as found from persons where person = $1 and not erased',
      [person],
    )
    if (known === undefined) return refuse('owner-unknown', person)
  }
  const key = accountKey(host, account)
  return await room.handle({ type: 'assign-account', host, account: key, person, reason }, { by })
}
