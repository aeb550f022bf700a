import { z } from 'zod'
import { getEntry, getLedger, listEntries } from '../../../contract/ledger.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'
import { entriesQuery, entriesSearch } from './entries-search.ts'

export const ledgerPages: readonly PageSlot[] = [
  page({
    path: '/ledger-health',
    params: none,
    search: none,
    load: ({ read }) => read(getLedger, {}),
    component: () => import('./ledger-page.tsx').then((module) => module.LedgerPage),
  }),
  page({
    path: '/entries',
    params: none,
    search: entriesSearch,
    load: ({ read, search }) => read(listEntries, { query: entriesQuery(search) }),
    component: () => import('./entries-page.tsx').then((module) => module.EntriesPage),
  }),
  page({
    path: '/entries/$seq',
    params: z.object({ seq: z.coerce.number().int().min(0) }),
    search: none,
    load: ({ read, params }) => read(getEntry, { params }),
    component: () => import('./entry-page.tsx').then((module) => module.EntryPage),
  }),
]
