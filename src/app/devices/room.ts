import {
  devices,
  type Devices,
  type DevicesCommand,
  type DevicesRefusal,
} from '../../domain/devices/devices.ts'
import { devicesEvent } from '../../domain/devices/events.ts'
import type { RoomHandle } from '../engine/engine.ts'
import { defineRoom } from '../room.ts'

export type DevicesHandle = RoomHandle<DevicesCommand, Devices, DevicesRefusal>

/** A stream per source, and one per machine. */
export const devicesRoom = defineRoom({
  name: 'devices',
  decider: devices,
  event: devicesEvent,
  streamOf: (command: DevicesCommand) => {
    switch (command.type) {
      case 'add-source':
      case 'remove-source':
      case 'record-observation':
      case 'record-failure':
        return `devices:source:${command.source}`
      case 'enrol-host':
      case 'retire-host':
      case 'declare-port':
      case 'assign-account':
        return `devices:host:${command.host}`
    }
  },
})
