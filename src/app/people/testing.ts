import { contentFolder } from '../content/catalogue-files.ts'
import { join } from 'node:path'
import { accessRoom } from '../access/room.ts'
import { accessProjections } from '../access/views.ts'
import { controlsRoom } from '../controls/room.ts'
import { controlsProjections } from '../controls/views.ts'
import { organisationRoom } from '../organisation/room.ts'
import { organisationProjections } from '../organisation/views.ts'
import { openPolicies } from '../policies/open.ts'
import { readPolicyStarters } from '../policies/starters.ts'
import { policiesProjections } from '../policies/views.ts'
import { openTestEngine } from '../testing.ts'
import { readCourses } from '../training/starters.ts'
import { openTraining } from '../training/open.ts'
import { trainingProjections } from '../training/views.ts'
import { openPeople } from './open.ts'
import { peopleProjections } from './views.ts'

/** For tests: people, training and policies on a real engine, with the program's own content. */
export async function openPractice(startAt = '2026-04-01T00:00:00Z') {
  const test = await openTestEngine({
    startAt,
    projections: [
      ...organisationProjections,
      ...accessProjections,
      ...controlsProjections,
      ...peopleProjections,
      ...trainingProjections,
      ...policiesProjections,
    ],
  })
  const { engine, blobs } = test
  const organisation = engine.open(organisationRoom)
  const access = engine.open(accessRoom)
  engine.open(controlsRoom)
  const people = openPeople(engine)
  const courses = readCourses(join(contentFolder, 'courses'))
  const training = openTraining(engine, { blobs, starters: courses })
  const starters = readPolicyStarters(join(contentFolder, 'policies'))
  const policies = openPolicies(engine, { blobs, starters })
  await organisation.handle(
    {
      type: 'set-up',
      name: { ja: '例', en: 'Example' },
      timeZone: 'Asia/Tokyo',
      categories: ['security'],
      demonstration: false,
    },
    { by: 'system:set-up' },
  )
  return { ...test, access, people, training, courses, policies, starters }
}

export const admin = 'per_00000000000000000000000001'
export const lead = 'per_00000000000000000000000002'
