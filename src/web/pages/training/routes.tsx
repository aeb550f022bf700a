import { getCourse, listCourses } from '../../../contract/people.ts'
import type { PageSlot } from '../../routing/page.tsx'
import { none, page } from '../../routing/page.tsx'

export const trainingPages: readonly PageSlot[] = [
  page({
    path: '/training',
    params: none,
    search: none,
    load: ({ read }) => read(listCourses, {}),
    component: () => import('./training-page.tsx').then((module) => module.TrainingPage),
  }),
  page({
    path: '/training/import',
    params: none,
    search: none,
    component: () => import('./import-page.tsx').then((module) => module.ImportPage),
  }),
  page({
    path: '/training/$course',
    params: getCourse.params,
    search: none,
    load: ({ read, params }) => read(getCourse, { params }),
    component: () => import('./course-page.tsx').then((module) => module.CoursePage),
  }),
]
