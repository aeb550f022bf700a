import { accessRoom } from '../access/room.ts'
import { defineProjection, reads } from '../projection.ts'
import { peopleRoom } from './room.ts'

/**
 * Everybody who is known, by account or by roster, with the name that was heard last. Whoever shows
 * `who` joins on it; the name of an erased person is null there and everywhere.
 */
export const persons = defineProjection({
  name: 'persons',
  version: 1,
  tables: ['persons'],
  ddl: `
    create table persons (
      person text primary key,
      name text,
      email text,
      erased boolean not null
    );
    create index on persons (lower(email));`,
  readers: [
    reads(accessRoom, async (event, _, view) => {
      if (event.type !== 'access.account-opened.v1') return
      const { person, name, email } = event
      await view.put('persons', { person, name, email, erased: false })
    }),
    reads(peopleRoom, async (event, _, view) => {
      switch (event.type) {
        case 'people.joined.v1':
        case 'people.changed.v1':
        case 'people.left.v1':
        case 'people.returned.v1': {
          const { person, profile } = event
          const { name, email } = profile ?? { name: null, email: null }
          await view.put('persons', { person, name, email, erased: false })
          return
        }
        case 'people.erased.v1': {
          const { person } = event
          await view.put('persons', { person, name: null, email: null, erased: true })
          return
        }
        case 'people.imported.v1':
        case 'people.unlisted.v1':
        case 'people.relisted.v1':
      }
    }),
  ],
})
