import { criteria, type CriteriaCommand } from '../../domain/criteria/criteria.ts'
import { criteriaEvent } from '../../domain/criteria/events.ts'
import { defineRoom } from '../room.ts'

/** Each criterion is a stream of its own. */
export const criteriaRoom = defineRoom({
  name: 'criteria',
  decider: criteria,
  event: criteriaEvent,
  streamOf: ({ criterion }: CriteriaCommand) => `criteria:${criterion}`,
})
