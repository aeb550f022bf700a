import { getAgreement } from '../../../contract/agreements.ts'
import { describeSystem, getCustomer, listCustomers } from '../../../contract/customers.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

const params = getCustomer.params

export const customersPages: readonly PageSlot[] = [
  page({
    path: '/customers',
    params: none,
    search: none,
    load: ({ read }) => read(listCustomers, {}),
    component: () => import('./customers-page.tsx').then((module) => module.CustomersPage),
  }),
  page({
    path: '/customers/new',
    params: none,
    search: none,
    component: () => import('./register-page.tsx').then((module) => module.RegisterPage),
  }),
  page({
    path: '/customers/$customer',
    params,
    search: none,
    load: ({ read, params: given }) => read(getCustomer, { params: given }),
    component: () => import('./customer-page.tsx').then((module) => module.CustomerPage),
  }),
  page({
    path: '/customers/$customer/systems/new',
    params,
    search: none,
    load: ({ read, params: given }) => read(getCustomer, { params: given }),
    component: () => import('./system-page.tsx').then((module) => module.NewSystemPage),
  }),
  page({
    path: '/customers/$customer/systems/$system',
    params: describeSystem.params,
    search: none,
    load: ({ read, params: { customer } }) => read(getCustomer, { params: { customer } }),
    component: () => import('./system-page.tsx').then((module) => module.SystemPage),
  }),
  page({
    path: '/customers/$customer/contacts/new',
    params,
    search: none,
    load: ({ read, params: given }) => read(getCustomer, { params: given }),
    component: () => import('./invite-page.tsx').then((module) => module.InviteContactPage),
  }),
  page({
    path: '/customers/$customer/contracts/new',
    params,
    search: none,
    load: ({ read, params: given }) => read(getCustomer, { params: given }),
    component: () => import('./contract-page.tsx').then((module) => module.ContractPage),
  }),
  page({
    path: '/customers/$customer/briefings/new',
    params,
    search: none,
    load: ({ read, params: given }) => read(getCustomer, { params: given }),
    component: () => import('./briefing-page.tsx').then((module) => module.BriefingPage),
  }),
  page({
    path: '/customers/$customer/agreements/new',
    params,
    search: none,
    load: ({ read, params: given }) => read(getCustomer, { params: given }),
    component: () => import('./agreement-form-page.tsx').then((module) => module.NewAgreementPage),
  }),
  page({
    path: '/agreements/$agreement',
    params: getAgreement.params,
    search: none,
    load: ({ read, params: given }) => read(getAgreement, { params: given }),
    component: () => import('./agreement-page.tsx').then((module) => module.AgreementPage),
  }),
  page({
    path: '/agreements/$agreement/edit',
    params: getAgreement.params,
    search: none,
    load: ({ read, params: given }) => read(getAgreement, { params: given }),
    component: () => import('./agreement-form-page.tsx').then((module) => module.EditAgreementPage),
  }),
]
