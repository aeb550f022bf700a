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
    if (command.type === 'record-sign-in' || command.type === 'record-sign-out') {
      return `sign-ins:${command.person}`
    }
    if (command.type === 'record-token-use') return `token-uses:${command.token}`
    return command.type === 'record-failed-sign-ins'
      ? `sign-ins:${command.person ?? 'unknown'}`
      : 'access'
  },
})
