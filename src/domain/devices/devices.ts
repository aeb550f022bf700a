import { refuse, type Decider, type Refused } from '../decider.ts'
import { areas, type Area } from './areas.ts'
import type { DevicesEvent, ObservationFailed, Observed } from './events.ts'

/**
 * One stream per source and one per machine. A machine belongs to the source that showed it first:
 * no other can overwrite what is known of it until that one lets go.
 */
export type Devices =
  | { readonly state: 'absent' }
  | {
      readonly state: 'source'
      readonly removed: boolean
      /** The machine that it showed last, and the digest of each area then. */
      readonly host: string | null
      readonly digests: Readonly<Partial<Record<Area, string>>>
    }
  | {
      readonly state: 'host'
      /** The source that it belongs to; null when retired. */
      readonly source: string | null
      readonly ports: Readonly<Record<string, Declared>>
      readonly owners: Readonly<Record<string, { readonly person: string | null }>>
    }

type Declared = { readonly allowed: boolean; readonly reason: string }
type Source = Extract<Devices, { readonly state: 'source' }>
type Host = Extract<Devices, { readonly state: 'host' }>

type Fields<Type extends DevicesEvent['type']> = Omit<
  Extract<DevicesEvent, { readonly type: Type }>,
  'type'
>

export type DevicesCommand =
  | ({ readonly type: 'add-source' } & Fields<'devices.source-added.v1'>)
  | ({ readonly type: 'remove-source' } & Fields<'devices.source-removed.v1'>)
  | ({ readonly type: 'record-observation' } & Omit<Observed, 'type' | 'changed'>)
  | ({ readonly type: 'record-failure' } & Omit<ObservationFailed, 'type'>)
  | ({ readonly type: 'enrol-host' } & Fields<'devices.host-enrolled.v1'>)
  | ({ readonly type: 'retire-host' } & Fields<'devices.host-retired.v1'>)
  | ({ readonly type: 'declare-port' } & Fields<'devices.port-declared.v1'>)
  | ({ readonly type: 'assign-account' } & Fields<'devices.account-assigned.v1'>)

export type DevicesRefusal =
  | 'source-unknown'
  | 'source-exists'
  | 'source-removed'
  | 'host-unknown'
  | 'host-claimed'
  | 'host-retired'

export const devices: Decider<DevicesCommand, Devices, DevicesEvent, DevicesRefusal> = {
  initial: { state: 'absent' },

  decide(command, now) {
    switch (command.type) {
      case 'add-source': {
        if (now.state !== 'absent') return refuse('source-exists', command.source)
        return [{ ...command, type: 'devices.source-added.v1' }]
      }
      case 'remove-source': {
        const source = activeSource(now, command.source)
        if ('refused' in source) return source
        return [{ ...command, type: 'devices.source-removed.v1' }]
      }
      case 'record-observation': {
        const source = activeSource(now, command.source)
        if ('refused' in source) return source
        const changed = changedAreas(source, command)
        return [{ ...command, type: 'devices.observed.v1', changed }]
      }
      case 'record-failure': {
        const source = activeSource(now, command.source)
        if ('refused' in source) return source
        return [{ ...command, type: 'devices.observation-failed.v1' }]
      }
      case 'enrol-host':
      case 'retire-host':
      case 'declare-port':
      case 'assign-account':
        return decideHost(command, now)
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'devices.source-added.v1':
        return { state: 'source', removed: false, host: null, digests: {} }
      case 'devices.source-removed.v1':
        return state.state === 'source' ? { ...state, removed: true } : state
      case 'devices.observed.v1':
        return state.state === 'source'
          ? { ...state, host: event.host, digests: event.areas }
          : state
      case 'devices.observation-failed.v1':
        return state
      case 'devices.host-enrolled.v1':
        return { ...hostOf(state), source: event.source }
      case 'devices.host-retired.v1':
        return { ...hostOf(state), source: null }
      case 'devices.port-declared.v1': {
        const host = hostOf(state)
        const declared = { allowed: event.allowed, reason: event.reason }
        return { ...host, ports: { ...host.ports, [portKey(event)]: declared } }
      }
      case 'devices.account-assigned.v1': {
        const host = hostOf(state)
        return {
          ...host,
          owners: { ...host.owners, [event.account]: { person: event.person } },
        }
      }
    }
  },
}

type HostCommand = Extract<
  DevicesCommand,
  { readonly type: 'enrol-host' | 'retire-host' | 'declare-port' | 'assign-account' }
>

function decideHost(
  command: HostCommand,
  now: Devices,
): readonly DevicesEvent[] | Refused<DevicesRefusal> {
  if (command.type === 'enrol-host') {
    const { source } = hostOf(now)
    if (source === command.source) return []
    if (source !== null) return refuse('host-claimed', source)
    return [{ ...command, type: 'devices.host-enrolled.v1' }]
  }
  if (now.state !== 'host') return refuse('host-unknown', command.host)
  switch (command.type) {
    case 'retire-host': {
      // Whoever does not hold the machine cannot let go of it: nothing to do, and no error.
      if (now.source !== command.source) return []
      return [{ ...command, type: 'devices.host-retired.v1' }]
    }
    case 'declare-port': {
      if (now.source === null) return refuse('host-retired', command.host)
      const declared = now.ports[portKey(command)]
      if (declared?.allowed === command.allowed && declared.reason === command.reason) return []
      if (declared === undefined && !command.allowed) return []
      return [{ ...command, type: 'devices.port-declared.v1' }]
    }
    case 'assign-account': {
      if (now.source === null) return refuse('host-retired', command.host)
      if ((now.owners[command.account]?.person ?? null) === command.person) return []
      return [{ ...command, type: 'devices.account-assigned.v1' }]
    }
  }
}

function activeSource(now: Devices, id: string): Source | Refused<DevicesRefusal> {
  if (now.state !== 'source') return refuse('source-unknown', id)
  return now.removed ? refuse('source-removed', id) : now
}

function changedAreas(source: Source, seen: Pick<Observed, 'host' | 'areas'>): Area[] {
  if (source.host !== seen.host) return [...areas]
  return areas.filter((area) => source.digests[area] !== seen.areas[area])
}

function hostOf(state: Devices): Host {
  return state.state === 'host' ? state : { state: 'host', source: null, ports: {}, owners: {} }
}

function portKey(port: { readonly protocol: string; readonly port: number }): string {
  return `${port.protocol}/${port.port}`
}
