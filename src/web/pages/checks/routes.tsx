import { getCheck, listChecks } from '../../../contract/criteria.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const checksPages: readonly PageSlot[] = [
  page({
    path: '/checks',
    params: none,
    search: none,
    load: ({ read }) => read(listChecks, {}),
    component: () => import('./checks-page.tsx').then((module) => module.ChecksPage),
  }),
  page({
    path: '/checks/$check',
    params: getCheck.params,
    search: none,
    load: ({ params, read }) => read(getCheck, { params }),
    component: () => import('./check-page.tsx').then((module) => module.CheckPage),
  }),
]
