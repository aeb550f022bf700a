import type { TrainingCases } from '../app/training/open.ts'
import {
  completeCourse,
  getCourse,
  importCompletions,
  listCourses,
  offerCourse,
  withdrawCourse,
} from '../contract/people.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function trainingHandlers(training: TrainingCases): readonly Handler[] {
  return [
    handler(listCourses, ({ query }, caller) => training.list(personOf(caller), query.asOf)),
    handler(getCourse, ({ params }, caller) => training.get(params.course, personOf(caller))),
    handler(offerCourse, async ({ body }, caller) => {
      const done = await training.offer(body, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(withdrawCourse, async ({ params, body }, caller) => {
      const done = await training.withdraw(params.course, body.reason, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(completeCourse, ({ params, body }, caller) =>
      training.complete(params.course, body.answers, personOf(caller)),
    ),
    handler(importCompletions, ({ body }, caller) => training.import(body, personOf(caller))),
  ]
}
