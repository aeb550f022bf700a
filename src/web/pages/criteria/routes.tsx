import { getBoard, getCriterion } from '../../../contract/criteria.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const criteriaPages: readonly PageSlot[] = [
  page({
    path: '/criteria',
    params: none,
    search: none,
    load: ({ read }) => read(getBoard, {}),
    component: () => import('./board-page.tsx').then((module) => module.BoardPage),
  }),
  page({
    path: '/criteria/$criterion',
    params: getCriterion.params,
    search: none,
    load: ({ params, read }) => Promise.all([read(getCriterion, { params }), read(getBoard, {})]),
    component: () => import('./criterion-page.tsx').then((module) => module.CriterionPage),
  }),
]
