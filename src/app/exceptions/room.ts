import { exceptionsEvent } from '../../domain/exceptions/events.ts'
import { exceptions, type ExceptionsCommand } from '../../domain/exceptions/exceptions.ts'
import { defineRoom } from '../room.ts'

/** Each exception is a stream of its own. */
export const exceptionsRoom = defineRoom({
  name: 'exceptions',
  decider: exceptions,
  event: exceptionsEvent,
  streamOf: (command: ExceptionsCommand) =>
    `exceptions:${command.type === 'find' ? command.finding.exception : command.exception}`,
})
