import { peopleRoom } from '../people/room.ts'
import { defineProjection, reads, type Projection } from '../projection.ts'
import { trainingRoom } from './room.ts'

/**
 * Courses, and every result there is. Scores stand apart from the results, for they are personal and
 * go when the person is erased; that somebody passed stays.
 */
const trainingView = defineProjection({
  name: 'training',
  version: 1,
  tables: ['courses', 'training_results', 'training_scores'],
  ddl: `
    create table courses (
      course text primary key,
      edition text not null,
      title_ja text not null,
      title_en text not null,
      audience text not null,
      valid_months integer not null,
      passing_score integer not null,
      state text not null,
      offered_at timestamptz not null,
      seq bigint not null
    );
    create table training_results (
      seq bigint primary key,
      course text not null,
      person text not null,
      on_day date not null,
      at timestamptz not null,
      passed boolean not null,
      origin text not null
    );
    create index on training_results (person, course, on_day);
    create table training_scores (
      seq bigint primary key,
      person text not null,
      score integer not null
    );
    create index on training_scores (person);`,
  readers: [
    reads(trainingRoom, async (event, { seq, effectiveAt }, view) => {
      switch (event.type) {
        case 'training.offered.v1':
          await view.put('courses', {
            course: event.course,
            edition: event.edition,
            title_ja: event.title.ja,
            title_en: event.title.en,
            audience: event.audience,
            valid_months: event.validMonths,
            passing_score: event.passingScore,
            state: 'offered',
            offered_at: effectiveAt,
            seq,
          })
          return
        case 'training.withdrawn.v1':
          await view.patch('courses', { course: event.course }, { state: 'withdrawn', seq })
          return
        case 'training.attempted.v1':
        case 'training.completed.v1': {
          const { course, person, score } = event
          await view.put('training_results', {
            seq,
            course,
            person,
            on_day: event.on,
            at: effectiveAt,
            passed: event.passed,
            origin: event.type === 'training.attempted.v1' ? 'quiz' : 'import',
          })
          if (score !== null) await view.put('training_scores', { seq, person, score })
          return
        }
        case 'training.imported.v1':
      }
    }),
    reads(peopleRoom, async (event, _, view) => {
      if (event.type !== 'people.erased.v1') return
      await view.remove('training_scores', { person: event.person })
    }),
  ],
})

export const trainingProjections: readonly Projection[] = [trainingView]
