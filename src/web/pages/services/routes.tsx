import { listDirectorySources } from '../../../contract/directory.ts'
import { listEvidence } from '../../../contract/evidence.ts'
import { getService, listServices } from '../../../contract/services.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const servicesPages: readonly PageSlot[] = [
  page({
    path: '/services',
    params: none,
    search: none,
    load: ({ read }) => read(listServices, {}),
    component: () => import('./services-page.tsx').then((module) => module.ServicesPage),
  }),
  page({
    path: '/services/new',
    params: none,
    search: none,
    load: ({ read }) => Promise.all([read(listDirectorySources, {}), read(listEvidence, {})]),
    component: () => import('./registration-page.tsx').then((module) => module.NewServicePage),
  }),
  page({
    path: '/services/$service',
    params: getService.params,
    search: none,
    load: ({ read, params }) => read(getService, { params }),
    component: () => import('./register-page.tsx').then((module) => module.ServicePage),
  }),
  page({
    path: '/services/$service/edit',
    params: getService.params,
    search: none,
    load: ({ read, params }) =>
      Promise.all([
        read(getService, { params }),
        read(listDirectorySources, {}),
        read(listEvidence, {}),
      ]),
    component: () => import('./edit-page.tsx').then((module) => module.EditServicePage),
  }),
]
