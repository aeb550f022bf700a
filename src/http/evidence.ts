import type { EvidenceCases } from '../app/evidence/open.ts'
import {
  downloadEvidence,
  getEvidence,
  listEvidence,
  uploadEvidence,
} from '../contract/evidence.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function evidenceHandlers(evidence: EvidenceCases): readonly Handler[] {
  return [
    handler(listEvidence, ({ query }) => evidence.list(query)),
    handler(getEvidence, ({ params, query }) => evidence.get(params.evidence, query.asOf)),
    handler(uploadEvidence, async ({ query, body }, caller) => {
      const { title, fileName, from, to } = query
      const controls = query.controls.split(',').map((control) => control.trim())
      const upload = { title, fileName, controls, from, to, bytes: body }
      const done = await evidence.upload(upload, personOf(caller))
      return isRefused(done) ? done : { id: done.id, seq: done.last }
    }),
    handler(downloadEvidence, ({ params }) => evidence.file(params.evidence)),
  ]
}
