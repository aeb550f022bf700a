import { z } from 'zod'
import type { CriteriaCommand, CriteriaRefusal, Criterion } from '../../domain/criteria/criteria.ts'
import { isCriterion } from '../../domain/criteria/ids.ts'
import { refuse } from '../../domain/decider.ts'
import type { RoomHandle } from '../engine/engine.ts'
import { defineAct, type ActHandler } from '../signed-act.ts'

const signed = z.object({ criterion: z.string(), reason: z.string() })

/** That a criterion does not apply here, and why: signed, because the report says so too. */
export function criteriaActs(
  criteria: RoomHandle<CriteriaCommand, Criterion, CriteriaRefusal>,
): readonly ActHandler[] {
  return [
    defineAct({
      act: 'exclude-criterion',
      permission: 'criteria.decide',
      signed,
      async statement({ criterion, reason }) {
        if (!isCriterion(criterion)) return refuse('criterion-unknown', criterion)
        const now = await criteria.state(`criteria:${criterion}`)
        if (now.state === 'excluded') return refuse('criterion-excluded-already', criterion)
        return { act: 'exclude-criterion', criterion, reason: reason.toWellFormed() }
      },
      carryOut: ({ criterion, reason }, signature, signer) =>
        criteria.handle({ type: 'exclude', criterion, reason, signature }, { by: signer.person }),
    }),
  ]
}
