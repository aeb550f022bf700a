import type { AuditCases } from '../app/audit/open.ts'
import { getAssertion, getDescription, makeReport, writeDescription } from '../contract/evidence.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function auditHandlers(audit: AuditCases): readonly Handler[] {
  return [
    handler(getDescription, async ({ query }) => {
      const found = await audit.description(query.asOf)
      if (isRefused(found)) return found
      return { blocks: found.blocks.map((block) => ({ ...block })), figures: found.figures }
    }),
    handler(writeDescription, async ({ params, body }, caller) => {
      const done = await audit.writeDescription({ ...params, ...body }, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(getAssertion, ({ query }) => audit.assertion(query)),
    handler(makeReport, ({ query }, caller) => audit.makeReport(query, personOf(caller))),
  ]
}
