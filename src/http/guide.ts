import type { GuideCases } from '../app/guide/open.ts'
import type { SearchCases } from '../app/search/open.ts'
import { getGuide, getTasks, search } from '../contract/evidence.ts'
import { handler, readerOf, type Handler } from './handler.ts'

export function guideHandlers(guide: GuideCases, searching: SearchCases): readonly Handler[] {
  return [
    handler(getGuide, ({ query }, caller) => guide.guide(readerOf(caller), query.asOf)),
    handler(getTasks, (_, caller) => guide.tasks(readerOf(caller))),
    handler(search, ({ query }, caller) =>
      searching.find(query.q, readerOf(caller).role, query.asOf),
    ),
  ]
}
