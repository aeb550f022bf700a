import { getBoard, listControls, listExceptions } from '../../../contract/criteria.ts'
import { listEntries } from '../../../contract/ledger.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'
import { addDays } from '../../ui/days.ts'
import { entriesMax, sinceOf, sinceSearch } from './since.ts'

export const changesPages: readonly PageSlot[] = [
  page({
    path: '/changes',
    params: none,
    search: sinceSearch,
    load: ({ search, read, day, firstDay, may }) => {
      const since = sinceOf(search.since, day, firstDay)
      return Promise.all([
        read(listEntries, { query: { since: addDays(since, 1), limit: entriesMax } }),
        may('criteria.read') &&
          Promise.all([
            read(getBoard, {}),
            read(getBoard, { query: { asOf: since } }),
            read(listControls, {}),
            read(listControls, { query: { asOf: since } }),
            read(listExceptions, {}),
          ]),
      ])
    },
    component: () => import('./changes-page.tsx').then((module) => module.ChangesPage),
  }),
]
