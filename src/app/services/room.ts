import { servicesEvent } from '../../domain/services/events.ts'
import { services, type ServicesCommand } from '../../domain/services/services.ts'
import { defineRoom } from '../room.ts'

/** A stream per service. */
export const servicesRoom = defineRoom({
  name: 'services',
  decider: services,
  event: servicesEvent,
  streamOf: (command: ServicesCommand) => `services:${command.service}`,
})
