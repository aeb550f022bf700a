import { getHost, listHosts, listObservations, listSources } from '../../../contract/devices.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const hostsPages: readonly PageSlot[] = [
  page({
    path: '/hosts',
    params: none,
    search: none,
    load: ({ read }) => read(listHosts, {}),
    component: () => import('./hosts-page.tsx').then((module) => module.HostsPage),
  }),
  page({
    path: '/hosts/sources',
    params: none,
    search: none,
    load: ({ read }) => read(listSources, {}),
    component: () => import('./sources-page.tsx').then((module) => module.SourcesPage),
  }),
  page({
    path: '/hosts/sources/new',
    params: none,
    search: none,
    component: () => import('./new-source-page.tsx').then((module) => module.NewSourcePage),
  }),
  page({
    path: '/hosts/sources/$source',
    params: listObservations.params,
    search: none,
    load: ({ read, params }) =>
      Promise.all([read(listSources, {}), read(listObservations, { params })]),
    component: () => import('./source-page.tsx').then((module) => module.SourcePage),
  }),
  page({
    path: '/hosts/$host',
    params: getHost.params,
    search: none,
    load: ({ read, params }) => read(getHost, { params }),
    component: () => import('./host-page.tsx').then((module) => module.HostPage),
  }),
]
