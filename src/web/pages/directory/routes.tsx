import {
  getDirectoryAccount,
  listDirectoryAccounts,
  listDirectoryObservations,
  listDirectorySources,
  listLeavers,
  listPasswordPolicies,
} from '../../../contract/directory.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const directoryPages: readonly PageSlot[] = [
  page({
    path: '/accounts',
    params: none,
    search: none,
    load: ({ read }) =>
      Promise.all([
        read(listDirectoryAccounts, {}),
        read(listDirectoryAccounts, { query: { queue: 'yes' } }),
        read(listDirectorySources, {}),
        read(listLeavers, {}),
        read(listPasswordPolicies, {}),
      ]),
    component: () => import('./accounts-page.tsx').then((module) => module.AccountsPage),
  }),
  page({
    path: '/accounts/sources/new',
    params: none,
    search: none,
    component: () => import('./new-source-page.tsx').then((module) => module.NewSourcePage),
  }),
  page({
    path: '/accounts/sources/$source',
    params: listDirectoryObservations.params,
    search: none,
    load: ({ read, params }) =>
      Promise.all([
        read(listDirectorySources, {}),
        read(listDirectoryObservations, { params }),
        read(listDirectoryAccounts, { query: { source: params.source } }),
      ]),
    component: () => import('./source-page.tsx').then((module) => module.SourcePage),
  }),
  page({
    path: '/accounts/$account',
    params: getDirectoryAccount.params,
    search: none,
    load: ({ read, params }) => read(getDirectoryAccount, { params }),
    component: () => import('./account-page.tsx').then((module) => module.AccountPage),
  }),
]
