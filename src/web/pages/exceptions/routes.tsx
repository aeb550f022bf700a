import { getException, listExceptions } from '../../../contract/criteria.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const exceptionsPages: readonly PageSlot[] = [
  page({
    path: '/exceptions',
    params: none,
    search: none,
    load: ({ read }) => read(listExceptions, {}),
    component: () => import('./exceptions-page.tsx').then((module) => module.ExceptionsPage),
  }),
  page({
    path: '/exceptions/$exception',
    params: getException.params,
    search: none,
    load: ({ params, read }) => read(getException, { params }),
    component: () => import('./exception-page.tsx').then((module) => module.ExceptionPage),
  }),
]
