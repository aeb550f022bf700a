import { judgingEvent } from '../../domain/judging/events.ts'
import { judging, type JudgingCommand } from '../../domain/judging/judging.ts'
import { defineRoom } from '../room.ts'

/** Each day is a stream of its own, so that a long history never has to be folded. */
export const judgingRoom = defineRoom({
  name: 'checks',
  decider: judging,
  event: judgingEvent,
  streamOf: ({ judgement }: JudgingCommand) => `checks:${judgement.day}`,
})
