import type { PeopleEvent } from '../../domain/people/events.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { persons } from './persons.ts'
import { peopleRoom } from './room.ts'
import { personStory } from './story.ts'

/**
 * The roster. `is_named`: whether the newest list names the person. `end_recorded_at`: when we
 * learnt of the end date; null while there is none, and for those who had left when they came in.
 * An employee number is null for the erased alone.
 */
const roster = defineProjection({
  name: 'people',
  version: 1,
  tables: ['people', 'roster_imports', 'erasures'],
  ddl: `
    create table people (
      person text primary key,
      employee_number text,
      department text,
      title text,
      manager text,
      groups text[] not null,
      start_date date not null,
      end_date date,
      end_recorded_at timestamptz,
      is_named boolean not null,
      seq bigint not null
    );
    create index on people (manager);
    create table roster_imports (
      seq bigint primary key,
      digest text not null unique,
      file text not null,
      imported_by text not null,
      imported_at timestamptz not null,
      rows integer not null,
      unchanged integer not null,
      joiners integer not null,
      movers integer not null,
      leavers integer not null,
      returners integer not null,
      corrections integer not null,
      unlisted integer not null
    );
    create table erasures (
      person text primary key,
      reason text not null,
      erased_by text not null,
      erased_at timestamptz not null,
      seq bigint not null
    );`,
  readers: [
    reads(peopleRoom, async (event, origin, view) => {
      switch (event.type) {
        case 'people.imported.v1':
          return view.put('roster_imports', importRow(event, origin))
        case 'people.joined.v1':
          return view.put('people', {
            person: event.person,
            ...listing(event),
            end_recorded_at: null,
            is_named: true,
            seq: origin.seq,
          })
        case 'people.changed.v1':
        case 'people.left.v1':
        case 'people.returned.v1':
          return view.patch(
            'people',
            { person: event.person },
            {
              ...listing(event),
              ...endRecorded(event, origin),
              is_named: true,
              seq: origin.seq,
            },
          )
        case 'people.unlisted.v1':
          return view.patch(
            'people',
            { person: event.person },
            { is_named: false, seq: origin.seq },
          )
        case 'people.relisted.v1':
          return view.patch('people', { person: event.person }, { is_named: true, seq: origin.seq })
        case 'people.erased.v1':
          return erased(event, origin, view)
      }
    }),
  ],
})

export const peopleProjections: readonly Projection[] = [persons, roster, personStory]

async function erased(
  event: Extract<PeopleEvent, { type: 'people.erased.v1' }>,
  { seq, by, effectiveAt }: Origin,
  view: ViewWriter,
): Promise<void> {
  const { person } = event
  const reason = new TextDecoder().decode(await view.blob(event.reason))
  await view.put('erasures', { person, reason, erased_by: by, erased_at: effectiveAt, seq })
  const gone = { employee_number: null, department: null, title: null, seq }
  await view.patch('people', { person }, gone)
}

type Entered = Extract<
  PeopleEvent,
  {
    type: 'people.joined.v1' | 'people.changed.v1' | 'people.left.v1' | 'people.returned.v1'
  }
>

function listing(event: Entered) {
  return {
    employee_number: event.profile?.employeeNumber ?? null,
    department: event.profile?.department ?? null,
    title: event.profile?.title ?? null,
    manager: event.manager,
    groups: event.groups,
    start_date: event.startDate,
    end_date: event.endDate,
  }
}

function endRecorded(
  event: Exclude<Entered, { type: 'people.joined.v1' }>,
  { recordedAt }: Origin,
): { end_recorded_at?: string | null } {
  if (!event.changed.includes('endDate')) return {}
  return { end_recorded_at: event.endDate === null ? null : recordedAt }
}

function importRow(
  event: Extract<PeopleEvent, { type: 'people.imported.v1' }>,
  { seq, by, effectiveAt }: Origin,
) {
  const { digest, file, rows, unchanged } = event
  const { joiners, movers, leavers, returners, corrections, unlisted } = event
  return {
    seq,
    digest,
    file,
    imported_by: by,
    imported_at: effectiveAt,
    rows,
    unchanged,
    joiners,
    movers,
    leavers,
    returners,
    corrections,
    unlisted,
  }
}
