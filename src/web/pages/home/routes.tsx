import { getBoard, getTrend } from '../../../contract/criteria.ts'
import { getGuide, getTasks } from '../../../contract/evidence.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const homePages: readonly PageSlot[] = [
  page({
    path: '/',
    params: none,
    search: none,
    load: ({ read, may }) =>
      Promise.all([
        read(getTasks, {}),
        may('criteria.read') && Promise.all([read(getBoard, {}), read(getTrend, {})]),
        may('organisation.read') && read(getGuide, {}),
      ]),
    component: () => import('./home-page.tsx').then((module) => module.HomePage),
  }),
]
