import { z } from 'zod'
import { refuse } from '../../domain/decider.ts'
import type { EvidenceCommand, EvidenceRefusal, Evidence } from '../../domain/evidence/evidence.ts'
import { conclusion } from '../../domain/evidence/events.ts'
import type { Engine, RoomHandle } from '../engine/engine.ts'
import { defineAct, type ActHandler } from '../signed-act.ts'
import { evidenceOne } from './reads.ts'

/** What an inspector signs: the very bytes, what they are said to show, and the conclusion. */
const signed = z.object({
  evidence: z.string(),
  sha256: z.string(),
  from: z.string(),
  to: z.string(),
  controls: z.array(z.string()),
  conclusion,
  note: z.string(),
})

export function evidenceActs(
  engine: Engine,
  evidence: RoomHandle<EvidenceCommand, Evidence, EvidenceRefusal>,
): readonly ActHandler[] {
  return [
    defineAct({
      act: 'inspect-evidence',
      permission: 'evidence.inspect',
      signed,
      async statement(input, signer) {
        const found = await evidenceOne(await engine.views(), input.evidence)
        if (found === null) return refuse('evidence-unknown', input.evidence)
        if (found.by.id === signer.person) return refuse('evidence-own', input.evidence)
        if (found.state === 'rejected') return refuse('evidence-rejected', input.evidence)
        const note = input.note.toWellFormed().trim()
        if (input.conclusion === 'rejected' && note === '') {
          return refuse('evidence-note-missing', 'note')
        }
        const { sha256, from, to, controls } = found
        return {
          act: 'inspect-evidence',
          evidence: input.evidence,
          sha256,
          from,
          to,
          controls,
          conclusion: input.conclusion,
          note,
        }
      },
      async carryOut(statement, signature, signer) {
        const found = await evidenceOne(await engine.views(), statement.evidence)
        if (found === null) return refuse('evidence-unknown', statement.evidence)
        const same =
          found.sha256 === statement.sha256 &&
          found.from === statement.from &&
          found.to === statement.to &&
          found.controls.join() === statement.controls.join()
        if (!same) return refuse('evidence-changed', statement.evidence)
        return evidence.handle(
          {
            type: 'inspect',
            evidence: statement.evidence,
            conclusion: statement.conclusion,
            note: statement.note,
            signature,
          },
          { by: signer.person },
        )
      },
    }),
  ]
}
