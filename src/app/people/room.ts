import { peopleErases, peopleEvent, peoplePersonal } from '../../domain/people/events.ts'
import { people, type PeopleCommand } from '../../domain/people/people.ts'
import { defineRoom } from '../room.ts'

/**
 * The list of imports is one stream, which orders them; every person has a stream of their own, so
 * that a roster of a hundred thousand is never folded for one of them.
 */
export const peopleRoom = defineRoom({
  name: 'people',
  decider: people,
  event: peopleEvent,
  personal: peoplePersonal,
  erases: peopleErases,
  streamOf: (command: PeopleCommand) =>
    command.type === 'import' ? 'people' : `people:${command.person}`,
})
