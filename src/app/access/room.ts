import { access } from '../../domain/access/access.ts'
import type { AccessCommand } from '../../domain/access/commands.ts'
import { accessEvent, accessPersonal } from '../../domain/access/events.ts'
import { defineRoom } from '../room.ts'

/**
 * Accounts are one stream, for their rules span them (the last administrator, an address used
 * twice, who was here to vouch). Sign-ins are many and decide nothing later: each person has their
 * own stream, so that the accounts stay quick to fold.
 */
export const accessRoom = defineRoom({
  name: 'access',
  decider: access,
  event: accessEvent,
  personal: accessPersonal,
  streamOf: (command: AccessCommand) => {
    switch (command.type) {
      case 'record-sign-in':
      case 'record-sign-out':
        return `sign-ins:${command.person}`
      case 'record-failed-sign-ins':
        return `sign-ins:${command.person ?? 'unknown'}`
      default:
        return 'access'
    }
  },
})
