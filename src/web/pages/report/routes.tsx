import { getBoard } from '../../../contract/criteria.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'
import { reportSearch } from './report-search.ts'

export const reportPages: readonly PageSlot[] = [
  page({
    path: '/report',
    params: none,
    search: reportSearch,
    load: async ({ read, may }) => (may('criteria.read') ? read(getBoard, {}) : undefined),
    component: () => import('./report-page.tsx').then((module) => module.ReportPage),
  }),
]
