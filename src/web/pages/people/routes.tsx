import { listDirectoryAccounts } from '../../../contract/directory.ts'
import { getPerson, listPeople } from '../../../contract/people.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const peoplePages: readonly PageSlot[] = [
  page({
    path: '/people',
    params: none,
    search: none,
    load: ({ read }) => read(listPeople, {}),
    component: () => import('./people-page.tsx').then((module) => module.PeoplePage),
  }),
  page({
    path: '/people/import',
    params: none,
    search: none,
    component: () => import('./import-page.tsx').then((module) => module.ImportPage),
  }),
  page({
    path: '/people/$person',
    params: getPerson.params,
    search: none,
    load: ({ read, params }) =>
      Promise.all([
        read(getPerson, { params }),
        read(listDirectoryAccounts, { query: { person: params.person } }),
      ]),
    component: () => import('./person-page.tsx').then((module) => module.PersonPage),
  }),
]
