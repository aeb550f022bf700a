import { policiesEvent } from '../../domain/policies/events.ts'
import { policies, type PoliciesCommand } from '../../domain/policies/policies.ts'
import { defineRoom } from '../room.ts'

export const policiesRoom = defineRoom({
  name: 'policies',
  decider: policies,
  event: policiesEvent,
  streamOf: (command: PoliciesCommand) => `policy:${command.policy}`,
})
