import { defineProjection, type Reader } from '../projection.ts'

/** Rooms whose events are about people, and the field that names whom. */
const rooms = {
  people: 'person',
  access: 'person',
  training: 'person',
  policies: 'person',
  controls: 'to',
} as const

/** Which entries are about a person: their story, and when something was done about them. */
export const personStory = defineProjection({
  name: 'person-story',
  version: 1,
  tables: ['person_story'],
  ddl: `
    create table person_story (
      seq bigint primary key,
      person text not null,
      type text not null,
      at timestamptz not null,
      by text not null
    );
    create index on person_story (person, seq);`,
  readers: Object.entries(rooms).map(([room, field]) => told(room, field)),
})

function told(room: string, field: string): Reader {
  return {
    room,
    async apply(event, { seq, by, effectiveAt }, view) {
      const person: unknown = Reflect.get(event, field)
      if (typeof person !== 'string') return
      await view.put('person_story', { seq, person, type: event.type, at: effectiveAt, by })
    },
  }
}
