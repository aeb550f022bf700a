import { defineProjection, reads, type Projection } from '../projection.ts'
import { judgingRoom } from './room.ts'

/** What was recorded of judging: for the trend, for the history of a check, and to see gaps. */
const judgementsView = defineProjection({
  name: 'judgements',
  version: 1,
  tables: ['judgements', 'check_judgements'],
  ddl: `
    create table judgements (
      seq bigint primary key,
      day date not null,
      at timestamptz not null,
      size bigint not null,
      met integer not null,
      not_met integer not null,
      not_proven integer not null,
      not_applicable integer not null
    );
    create index on judgements (day);
    create table check_judgements (
      check_id text not null,
      seq bigint not null,
      day date not null,
      status text not null,
      unproven text not null,
      population integer not null,
      exceptions integer not null,
      accepted integer not null,
      primary key (check_id, seq)
    );`,
  readers: [
    reads(judgingRoom, async (event, { seq }, view) => {
      const { day, criteria } = event
      await view.put('judgements', {
        seq,
        day,
        at: event.asOf,
        size: event.size,
        met: criteria.met,
        not_met: criteria.notMet,
        not_proven: criteria.notProven,
        not_applicable: criteria.notApplicable,
      })
      for (const { check, digest: _, ...result } of event.checks) {
        await view.put('check_judgements', { check_id: check, seq, day, ...result })
      }
    }),
  ],
})

export const judgingProjections: readonly Projection[] = [judgementsView]
