import type { PeopleCases } from '../app/people/open.ts'
import {
  confirmPeople,
  erasePerson,
  exportPeople,
  getPerson,
  listPeople,
  previewPeople,
} from '../contract/people.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function peopleHandlers(people: PeopleCases): readonly Handler[] {
  return [
    handler(listPeople, ({ query }) => people.list(query)),
    handler(getPerson, ({ params, query }) => people.get(params.person, query.asOf)),
    handler(previewPeople, ({ body }) => people.preview(body)),
    handler(confirmPeople, ({ params, body }, caller) =>
      people.confirm(params.digest, body, personOf(caller)),
    ),
    handler(exportPeople, async ({ query }) => ({
      bytes: await people.export(query.language, query.asOf),
      mediaType: 'text/csv; charset=utf-8',
      fileName: 'people.csv',
    })),
    handler(erasePerson, async ({ params, body }, caller) => {
      const done = await people.erase(params.person, body.reason, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
  ]
}
