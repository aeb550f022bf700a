import { areas, type Area } from '../../domain/devices/areas.ts'
import type { DevicesEvent, ObservationFailed, Observed } from '../../domain/devices/events.ts'
import { readings, type Reading } from '../../domain/devices/facts.ts'
import { target } from '../../domain/devices/target.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { areaRows, areaTables, type TableRows } from './area-rows.ts'
import { hostTableNames, hostTables } from './host-tables.ts'
import { devicesRoom } from './room.ts'

/** Sources, and every time that somebody looked, with success or without. */
const sources = defineProjection({
  name: 'sources',
  version: 1,
  tables: ['sources', 'observations'],
  ddl: `
    create table sources (
      source text primary key,
      name text not null,
      connector text not null,
      kind text not null,
      target jsonb not null,
      state text not null,
      every_hours integer not null,
      host text,
      added_by text not null,
      added_at timestamptz not null,
      removed_by text,
      removed_at timestamptz,
      removed_reason text,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      last_failure_code text,
      last_failure_message text,
      seq bigint not null
    );
    create table observations (
      source text not null,
      host text,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      outcome text not null,
      facts integer not null,
      unreadable integer not null,
      changed text[] not null,
      raw_sha256 text,
      code text,
      message text,
      observed_by text not null,
      seq bigint not null,
      primary key (source, seq)
    );`,
  readers: [reads(devicesRoom, applyToSources)],
})

async function applyToSources(event: DevicesEvent, origin: Origin, view: ViewWriter) {
  const { seq } = origin
  switch (event.type) {
    case 'devices.source-added.v1': {
      const place = target.parse(jsonOf(await view.blob(event.targetSha256)))
      return view.put('sources', {
        source: event.source,
        name: event.name,
        connector: event.connector,
        kind: place.kind,
        target: place,
        state: 'active',
        every_hours: event.everyHours,
        host: null,
        added_by: origin.by,
        added_at: origin.effectiveAt,
        removed_by: null,
        removed_at: null,
        removed_reason: null,
        last_success_at: null,
        last_failure_at: null,
        last_failure_code: null,
        last_failure_message: null,
        seq,
      })
    }
    case 'devices.source-removed.v1': {
      const { reason: removed_reason, source } = event
      const removed = { removed_by: origin.by, removed_at: origin.effectiveAt, removed_reason }
      return view.patch('sources', { source }, { state: 'removed', ...removed, seq })
    }
    case 'devices.observed.v1': {
      const { source, host } = event
      await view.put('observations', observationRow(event, origin))
      return view.patch('sources', { source }, { host, last_success_at: event.endedAt, seq })
    }
    case 'devices.observation-failed.v1': {
      const { source, detailSha256 } = event
      const message = detailSha256 === null ? '' : textOf(await view.blob(detailSha256))
      await view.put('observations', failureRow(event, message, origin))
      const last_failure_at = event.endedAt
      const failure = {
        last_failure_at,
        last_failure_code: event.code,
        last_failure_message: message,
      }
      return view.patch('sources', { source }, { ...failure, seq })
    }
    case 'devices.host-enrolled.v1':
    case 'devices.host-retired.v1':
    case 'devices.port-declared.v1':
    case 'devices.account-assigned.v1':
  }
}

function observationRow(event: Observed, { by, seq }: Origin) {
  return {
    source: event.source,
    host: event.host,
    started_at: event.startedAt,
    ended_at: event.endedAt,
    outcome: 'observed',
    facts: event.facts,
    unreadable: event.unreadable.length,
    changed: event.changed,
    raw_sha256: event.rawSha256,
    code: null,
    message: null,
    observed_by: by,
    seq,
  }
}

function failureRow(event: ObservationFailed, message: string, { by, seq }: Origin) {
  return {
    source: event.source,
    host: null,
    started_at: event.startedAt,
    ended_at: event.endedAt,
    outcome: 'failed',
    facts: 0,
    unreadable: 0,
    changed: [],
    raw_sha256: event.rawSha256,
    code: event.code,
    message,
    observed_by: by,
    seq,
  }
}

/** Machines as last observed. Only the areas that an observation has found changed are written. */
const hosts = defineProjection({
  name: 'hosts',
  version: 1,
  tables: hostTableNames,
  ddl: hostTables,
  readers: [reads(devicesRoom, applyToHosts)],
})

async function applyToHosts(event: DevicesEvent, origin: Origin, view: ViewWriter) {
  const { seq, by } = origin
  switch (event.type) {
    case 'devices.observed.v1':
      return applyObservation(event, seq, view)
    case 'devices.host-retired.v1': {
      const { host, reason: retired_reason } = event
      return view.patch('hosts', { host }, { state: 'retired', retired_reason })
    }
    case 'devices.port-declared.v1': {
      const { host, protocol, port, allowed, reason } = event
      const declared = { declared_by: by, declared_at: origin.effectiveAt, seq }
      return view.put('host_ports', { host, protocol, port, allowed, reason, ...declared })
    }
    case 'devices.account-assigned.v1': {
      const { host, account: account_key, person, reason } = event
      const assigned = { assigned_by: by, assigned_at: origin.effectiveAt, seq }
      return view.put('host_account_owners', { host, account_key, person, reason, ...assigned })
    }
    case 'devices.source-added.v1':
    case 'devices.source-removed.v1':
    case 'devices.observation-failed.v1':
    case 'devices.host-enrolled.v1':
  }
}

async function applyObservation(event: Observed, seq: number, view: ViewWriter): Promise<void> {
  const { host, source, endedAt: observed_at } = event
  const unreadable = event.unreadable.length
  const seen = { source, state: 'active', retired_reason: null, observed_at, unreadable, seq }
  const changed = new Set(event.changed)
  if (changed.has('system')) {
    const reading = await readArea('system', event, view)
    await view.put('hosts', { host, ...seen, ...systemRow(reading) })
    await putArea('system', reading, event, seq, view)
  } else {
    await view.patch('hosts', { host }, seen)
  }
  for (const area of areas) {
    if (area !== 'system' && changed.has(area)) await applyArea(area, event, seq, view)
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it binds rows to facts
async function applyArea<A extends Exclude<Area, 'system'>>(
  area: A,
  event: Observed,
  seq: number,
  view: ViewWriter,
): Promise<void> {
  const { host } = event
  const reading = await readArea(area, event, view)
  await putArea(area, reading, event, seq, view)
  for (const table of areaTables[area]) await view.remove(table, { host })
  if (reading.state !== 'read') return
  const rows: TableRows = areaRows[area](reading.facts, { host, seq })
  for (const [table, list] of Object.entries(rows)) {
    for (const row of list) await view.put(table, row)
  }
}

async function putArea(
  area: Area,
  reading: Reading,
  event: Observed,
  seq: number,
  view: ViewWriter,
): Promise<void> {
  await view.put('host_areas', {
    host: event.host,
    area,
    readable: reading.state === 'read',
    gaps: reading.gaps,
    facts: reading.state === 'read' ? reading.facts : null,
    sha256: event.areas[area],
    seq,
  })
}

async function readArea<A extends Area>(
  area: A,
  event: Observed,
  view: ViewWriter,
): Promise<Reading<A>> {
  return readings[area].parse(jsonOf(await view.blob(event.areas[area])))
}

function systemRow(reading: Reading<'system'>) {
  const facts = reading.state === 'read' ? reading.facts : null
  return {
    hostname: facts?.hostname ?? '',
    os_id: facts?.os.id ?? '',
    os_version: facts?.os.version ?? '',
    os_name: facts?.os.name ?? '',
    support_ends: facts?.supportEnds ?? null,
    kernel: facts?.kernel ?? '',
    architecture: facts?.architecture ?? '',
    virtualisation: facts?.virtualisation ?? null,
    container: facts?.container ?? null,
    booted_at: facts?.bootedAt ?? null,
    reboot_pending: facts?.rebootPending ?? null,
    observer: facts?.observer.account ?? '',
    observer_root: facts?.observer.root ?? false,
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(textOf(bytes))
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

export const devicesProjections: readonly Projection[] = [sources, hosts]
