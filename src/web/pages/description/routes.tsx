import { z } from 'zod'
import { getDescription } from '../../../contract/evidence.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const descriptionPages: readonly PageSlot[] = [
  page({
    path: '/description',
    params: none,
    search: none,
    load: ({ read }) => read(getDescription, {}),
    component: () => import('./description-page.tsx').then((module) => module.DescriptionPage),
  }),
  page({
    path: '/description/$block',
    params: z.object({ block: z.string() }),
    search: none,
    load: ({ read }) => read(getDescription, {}),
    component: () => import('./block-page.tsx').then((module) => module.BlockPage),
  }),
]
