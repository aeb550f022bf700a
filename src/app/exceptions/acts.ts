import { z } from 'zod'
import { isRefused, refuse } from '../../domain/decider.ts'
import { exceptions } from '../../domain/exceptions/exceptions.ts'
import { answerDigest } from '../../domain/exceptions/identity.ts'
import type { Engine } from '../engine/engine.ts'
import type { JudgingCases } from '../judging/open.ts'
import { readDay } from '../judging/rows.ts'
import { defineAct, type ActHandler } from '../signed-act.ts'

/**
 * What is accepted: the exception (its id follows from the check, the subject and the how manieth
 * time), the reason code that the check gave, and the answer as it stands, by digest. A statement's
 * own `until` is something else: how long it may be signed.
 */
const signed = z.object({
  exception: z.string(),
  acceptedUntil: z.string(),
  reason: z.string(),
  finding: z.string(),
  answer: z.string(),
})

const unsigned = {
  statement: '{}',
  credentialId: '-',
  authenticatorData: '-',
  clientDataJSON: '-',
  signature: '-',
}

/** To bear an exception for a while. It changes no status; everybody sees who bears it. */
export function exceptionsActs(engine: Engine, judging: JudgingCases): readonly ActHandler[] {
  const { exceptions: room, recorder } = judging
  const streamOf = (exception: string) => `exceptions:${exception}`
  return [
    defineAct({
      act: 'accept-exception',
      permission: 'exceptions.accept',
      signed,
      async statement({ exception, until, reason }, signer) {
        const found = await recorder.recordOne(exception)
        if (found === null) return refuse('exception-unknown', exception)
        const now = await room.state(streamOf(exception))
        const what = {
          exception,
          until,
          reason: reason.toWellFormed(),
          finding: now.state === 'absent' ? '' : now.reason,
          answer: now.state === 'absent' || now.answer === null ? '' : answerDigest(now.answer),
        }
        const today = await readDay(await engine.views())
        // What would be refused after signing is refused before.
        const command = { type: 'accept', ...what, signature: unsigned, today } as const
        const decided = exceptions.decide(command, now, { by: signer.person, at: engine.now() })
        if (isRefused(decided)) return decided
        const { until: acceptedUntil, ...rest } = what
        // Whoever signs reads which check it was; what is carried out follows from the id.
        return { act: 'accept-exception', check: found.check, ...rest, acceptedUntil }
      },
      async carryOut({ acceptedUntil: until, ...rest }, signature, signer) {
        const today = await readDay(await engine.views())
        const command = { type: 'accept', ...rest, until, signature, today } as const
        return room.handle(command, { by: signer.person })
      },
    }),
  ]
}
