import {
  getBoard,
  getControl,
  listChecks,
  listControls,
  listLibrary,
} from '../../../contract/criteria.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const controlsPages: readonly PageSlot[] = [
  page({
    path: '/controls',
    params: none,
    search: none,
    load: ({ read }) => Promise.all([read(listControls, {}), read(getBoard, {})]),
    component: () => import('./controls-page.tsx').then((module) => module.ControlsPage),
  }),
  page({
    path: '/controls/library',
    params: none,
    search: none,
    load: ({ read }) => Promise.all([read(listLibrary, {}), read(getBoard, {})]),
    component: () => import('./library-page.tsx').then((module) => module.LibraryPage),
  }),
  page({
    path: '/controls/new',
    params: none,
    search: none,
    load: ({ read }) => Promise.all([read(getBoard, {}), read(listChecks, {})]),
    component: () => import('./new-control-page.tsx').then((module) => module.NewControlPage),
  }),
  page({
    path: '/controls/$control',
    params: getControl.params,
    search: none,
    load: ({ params, read }) => read(getControl, { params }),
    component: () => import('./control-page.tsx').then((module) => module.ControlPage),
  }),
  page({
    path: '/controls/$control/edit',
    params: getControl.params,
    search: none,
    load: ({ params, read }) =>
      Promise.all([read(getControl, { params }), read(getBoard, {}), read(listChecks, {})]),
    component: () => import('./edit-control-page.tsx').then((module) => module.EditControlPage),
  }),
]
