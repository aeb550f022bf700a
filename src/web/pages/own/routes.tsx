import { getOwnAgreement, getOwnCustomer } from '../../../contract/own-customer.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

/** What a customer's contact sees, and nothing else. */
export const ownPages: readonly PageSlot[] = [
  page({
    path: '/own',
    params: none,
    search: none,
    load: ({ read }) => read(getOwnCustomer, {}),
    component: () => import('./own-page.tsx').then((module) => module.OwnPage),
  }),
  page({
    path: '/own/agreements/$agreement',
    params: getOwnAgreement.params,
    search: none,
    load: ({ read, params }) => read(getOwnAgreement, { params }),
    component: () => import('./own-agreement-page.tsx').then((module) => module.OwnAgreementPage),
  }),
]
