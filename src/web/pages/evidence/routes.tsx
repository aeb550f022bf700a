import { z } from 'zod'
import { listControls } from '../../../contract/criteria.ts'
import { getEvidence, listEvidence } from '../../../contract/evidence.ts'
import { day } from '../../../contract/shared.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

/** What the page that sends somebody here knows already. */
const uploadSearch = z.object({
  control: z.string().max(10).optional().catch(undefined),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
})

export const evidencePages: readonly PageSlot[] = [
  page({
    path: '/evidence',
    params: none,
    search: none,
    load: ({ read }) => read(listEvidence, {}),
    component: () => import('./evidence-page.tsx').then((module) => module.EvidencePage),
  }),
  page({
    path: '/evidence/upload',
    params: none,
    search: uploadSearch,
    load: ({ read }) => read(listControls, {}),
    component: () => import('./upload-page.tsx').then((module) => module.UploadPage),
  }),
  page({
    path: '/evidence/$evidence',
    params: getEvidence.params,
    search: none,
    load: ({ read, params }) => read(getEvidence, { params }),
    component: () => import('./document-page.tsx').then((module) => module.DocumentPage),
  }),
]
