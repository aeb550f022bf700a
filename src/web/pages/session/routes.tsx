import { getInvitation } from '../../../contract/session.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const frontPages: readonly PageSlot[] = [
  page({
    path: '/set-up',
    params: none,
    search: none,
    component: () => import('./set-up-page.tsx').then((module) => module.SetUpPage),
  }),
  page({
    path: '/sign-in',
    params: none,
    search: none,
    component: () => import('./sign-in-page.tsx').then((module) => module.SignInPage),
  }),
  page({
    path: '/invitations/$token',
    params: getInvitation.params,
    search: none,
    load: ({ params, read }) => read(getInvitation, { params }),
    component: () => import('./invitation-page.tsx').then((module) => module.InvitationPage),
  }),
]
