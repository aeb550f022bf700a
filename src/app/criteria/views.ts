import { criterionIds } from '../../domain/criteria/ids.ts'
import type { Category } from '../../domain/organisation/events.ts'
import { organisationRoom } from '../organisation/room.ts'
import { defineProjection, reads, type Projection, type ViewWriter } from '../projection.ts'
import { criteriaRoom } from './room.ts'

/**
 * Every criterion of the framework from the day on which the organisation was set up. `in_scope`:
 * its category is; `excluded`: a signed decision, still standing, says that it does not apply.
 */
const criteriaView = defineProjection({
  name: 'criteria',
  version: 1,
  tables: ['criteria'],
  ddl: `
    create table criteria (
      criterion text primary key,
      category text not null,
      in_scope boolean not null,
      excluded boolean not null,
      reason text,
      decided_by text,
      decided_at timestamptz,
      seq bigint not null
    );`,
  readers: [
    reads(organisationRoom, async (event, { seq }, view) => {
      switch (event.type) {
        case 'organisation.set-up.v1':
          for (const { id, category } of criterionIds) {
            await view.put('criteria', {
              criterion: id,
              category,
              in_scope: event.categories.includes(category),
              excluded: false,
              reason: null,
              decided_by: null,
              decided_at: null,
              seq,
            })
          }
          return
        case 'organisation.scope-changed.v1':
          await changeScope(event.to, seq, view)
          return
      }
    }),
    reads(criteriaRoom, async (event, { seq, by, effectiveAt }, view) => {
      const { criterion, reason } = event
      const excluded = event.type === 'criteria.excluded.v1'
      await view.patch(
        'criteria',
        { criterion },
        excluded
          ? { excluded, reason, decided_by: by, decided_at: effectiveAt, seq }
          : { excluded, reason: null, decided_by: null, decided_at: null, seq },
      )
    }),
  ],
})

export const criteriaProjections: readonly Projection[] = [criteriaView]

/** A decision about a criterion stays beside it when its category leaves the scope and returns. */
async function changeScope(to: readonly Category[], seq: number, view: ViewWriter) {
  for (const { id, category } of criterionIds) {
    const in_scope = to.includes(category)
    await view.patch('criteria', { criterion: id }, { in_scope, seq })
  }
}
