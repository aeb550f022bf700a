import { organisationEvent } from '../../domain/organisation/events.ts'
import { organisation } from '../../domain/organisation/organisation.ts'
import { defineRoom } from '../room.ts'

export const organisationRoom = defineRoom({
  name: 'organisation',
  decider: organisation,
  event: organisationEvent,
  streamOf: () => 'organisation',
})
