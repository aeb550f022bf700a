import { useSignInLink } from '../../../contract/mail.ts'
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
    path: '/sign-in/link',
    params: none,
    search: none,
    component: () => import('./link-pages.tsx').then((module) => module.AskForLinkPage),
  }),
  page({
    path: '/sign-in/link/$token',
    params: useSignInLink.params,
    search: none,
    component: () => import('./link-pages.tsx').then((module) => module.UseLinkPage),
  }),
  page({
    path: '/invitations/$token',
    params: getInvitation.params,
    search: none,
    load: ({ params, read }) => read(getInvitation, { params }),
    component: () => import('./invitation-page.tsx').then((module) => module.InvitationPage),
  }),
]
