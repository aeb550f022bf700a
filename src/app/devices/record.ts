import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, type Refused } from '../../domain/decider.ts'
import { areas, type Area } from '../../domain/devices/areas.ts'
import type { Readings } from '../../domain/devices/facts.ts'
import type { FailureCode } from '../../domain/devices/failures.ts'
import type { Engine, Handled, Meta } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import type { Sighting } from './connector.ts'
import { pendingSince, type KnownBefore } from './pending-since.ts'
import type { DevicesHandle } from './room.ts'

type Seen = Extract<Sighting, { readonly outcome: 'observed' }>

/** What was recorded: the entry, and the failure when it is one. */
export type Recorded = Handled & {
  readonly host: string | null
  readonly failure: { readonly code: FailureCode; readonly message: string } | null
}

const compress = promisify(gzip)
const DETAIL_CHARACTERS_MAX = 1_000

/**
 * Records what a connector saw. First the bytes are durable, then the entry names them. A machine
 * that belongs to another source is not overwritten: that is recorded as a failure.
 */
export async function record(
  needs: { readonly engine: Engine; readonly room: DevicesHandle; readonly blobs: Blobs },
  source: string,
  sighting: Sighting,
  meta: Meta,
): Promise<Recorded | Refused> {
  const { engine, room, blobs } = needs
  const rawSha256 = sighting.raw === null ? null : await blobs.put(await compress(sighting.raw))
  const { startedAt, endedAt } = sighting
  const fail = async (code: FailureCode, detail: string): Promise<Recorded | Refused> => {
    const message = detail.toWellFormed().slice(0, DETAIL_CHARACTERS_MAX)
    const detailSha256 = message === '' ? null : await blobs.put(bytesOf(message))
    const done = await room.handle(
      { type: 'record-failure', source, startedAt, endedAt, code, detailSha256, rawSha256 },
      meta,
    )
    return isRefused(done) ? done : { ...done, host: null, failure: { code, message } }
  }
  if (sighting.outcome === 'failed') return await fail(sighting.code, sighting.detail)
  if (rawSha256 === null) throw new Error('an observation without the bytes it was read from')
  const views = await engine.views()
  const readings = await withSince(sighting, views)
  const digests = await putAreas(readings, blobs)
  const { host, facts } = sighting
  const before = await shownBefore(views, source)
  const asks = [
    room.ask({ type: 'enrol-host', host, source }),
    room.ask({
      type: 'record-observation',
      source,
      host,
      startedAt,
      endedAt,
      rawSha256,
      facts,
      areas: digests,
      unreadable: areas.filter((area) => readings[area].state === 'unreadable'),
    }),
    ...(before === null || before === host
      ? []
      : [room.ask({ type: 'retire-host', host: before, source, reason: replaced })]),
  ]
  const done = await engine.transact(asks, meta)
  if (!isRefused(done)) return { ...done, host, failure: null }
  return done.refused === 'host-claimed' ? await fail('host-claimed', done.about ?? '') : done
}

/** Why a machine is no longer observed when its source shows another one. */
const replaced = 'Its source shows another machine now. / 観測元が別の機器を示すようになりました。'

async function withSince(seen: Seen, views: Views): Promise<Readings> {
  const { updates } = seen.readings
  if (updates.state !== 'read' || updates.facts.pending.length === 0) return seen.readings
  const before = await knownBefore(views, seen.host)
  const pending = pendingSince(updates.facts.pending, before, seen.startedAt)
  return { ...seen.readings, updates: { ...updates, facts: { ...updates.facts, pending } } }
}

async function knownBefore(views: Views, host: string): Promise<KnownBefore | null> {
  const [state] = await views.rows(
    z.object({ observedAt: z.string(), listsAgeDays: z.number().nullable() }),
    `select h.observed_at as "observedAt", u.lists_age_days as "listsAgeDays"
       from hosts h join host_updates u on u.host = h.host where h.host = $1`,
    [host],
  )
  if (state === undefined) return null
  const pending = await views.rows(
    z.object({ package: z.string(), since: z.string().nullable(), sinceKnown: z.boolean() }),
    `select package, since, since_known as "sinceKnown" from host_pending where host = $1`,
    [host],
  )
  const since = new Map(
    pending.map((one) => [one.package, { since: one.since, sinceKnown: one.sinceKnown }]),
  )
  return { ...state, since }
}

async function shownBefore(views: Views, source: string): Promise<string | null> {
  const [row] = await views.rows(
    z.object({ host: z.string().nullable() }),
    'select host from sources where source = $1',
    [source],
  )
  return row?.host ?? null
}

/** One blob per area; what did not change is already there. */
async function putAreas(readings: Readings, blobs: Blobs): Promise<Record<Area, string>> {
  const digest = (area: Area) => blobs.put(bytesOf(canonicalJson(readings[area])))
  return {
    system: await digest('system'),
    packages: await digest('packages'),
    updates: await digest('updates'),
    sockets: await digest('sockets'),
    ssh: await digest('ssh'),
    accounts: await digest('accounts'),
    sudo: await digest('sudo'),
    passwords: await digest('passwords'),
    time: await digest('time'),
    disks: await digest('disks'),
    antivirus: await digest('antivirus'),
    audit: await digest('audit'),
    firewall: await digest('firewall'),
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
