import { defineProjection, reads, type Projection } from '../projection.ts'
import { organisationRoom } from './room.ts'

const organisationView = defineProjection({
  name: 'organisation',
  version: 1,
  tables: ['organisation'],
  ddl: `
    create table organisation (
      id integer primary key,
      name_ja text not null,
      name_en text not null,
      time_zone text not null,
      categories text[] not null,
      demonstration boolean not null,
      set_up_at timestamptz not null,
      seq bigint not null
    );`,
  readers: [
    reads(organisationRoom, async (event, { seq, effectiveAt }, view) => {
      switch (event.type) {
        case 'organisation.set-up.v1':
          await view.put('organisation', {
            id: 1,
            name_ja: event.name.ja,
            name_en: event.name.en,
            time_zone: event.timeZone,
            categories: event.categories,
            demonstration: event.demonstration,
            set_up_at: effectiveAt,
            seq,
          })
          return
        case 'organisation.scope-changed.v1':
          await view.patch('organisation', { id: 1 }, { categories: event.to, seq })
          return
      }
    }),
  ],
})

export const organisationProjections: readonly Projection[] = [organisationView]
