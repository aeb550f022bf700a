import { getOrganisation } from '../../../contract/evidence.ts'
import { listOutbox } from '../../../contract/mail.ts'
import { listAccounts, listTokens } from '../../../contract/session.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const settingsPages: readonly PageSlot[] = [
  page({
    path: '/settings',
    params: none,
    search: none,
    load: ({ read }) => read(getOrganisation, {}),
    component: () => import('./settings-page.tsx').then((module) => module.SettingsPage),
  }),
  page({
    path: '/settings/accounts',
    params: none,
    search: none,
    load: ({ read }) => read(listAccounts, {}),
    component: () => import('./accounts-page.tsx').then((module) => module.AccountsPage),
  }),
  page({
    path: '/settings/accounts/invite',
    params: none,
    search: none,
    component: () => import('./invite-page.tsx').then((module) => module.InvitePage),
  }),
  page({
    path: '/settings/outbox',
    params: none,
    search: none,
    load: ({ read }) => read(listOutbox, {}),
    component: () => import('./outbox-page.tsx').then((module) => module.OutboxPage),
  }),
  page({
    path: '/settings/tokens',
    params: none,
    search: none,
    load: ({ read }) => read(listTokens, {}),
    component: () => import('./tokens-page.tsx').then((module) => module.TokensPage),
  }),
]
