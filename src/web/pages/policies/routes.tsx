import { z } from 'zod'
import { getPolicy, listPolicies } from '../../../contract/people.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

/** Which version is shown; without one, the one in force, else the newest. */
const policySearch = z.object({
  version: z.coerce.number().int().optional().catch(undefined),
})

export const policiesPages: readonly PageSlot[] = [
  page({
    path: '/policies',
    params: none,
    search: none,
    load: ({ read }) => read(listPolicies, {}),
    component: () => import('./policies-page.tsx').then((module) => module.PoliciesPage),
  }),
  page({
    path: '/policies/new',
    params: none,
    search: none,
    component: () => import('./new-policy-page.tsx').then((module) => module.NewPolicyPage),
  }),
  page({
    path: '/policies/$policy',
    params: getPolicy.params,
    search: policySearch,
    load: ({ read, params }) => read(getPolicy, { params }),
    component: () => import('./policy-page.tsx').then((module) => module.PolicyPage),
  }),
  page({
    path: '/policies/$policy/edit',
    params: getPolicy.params,
    search: none,
    load: ({ read, params }) => read(getPolicy, { params }),
    component: () => import('./edit-policy-page.tsx').then((module) => module.EditPolicyPage),
  }),
]
