import type { getBoard, getCriterion } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import { countStates, tallyOf } from '../judging/recording.ts'
import type { JudgingCases } from '../judging/open.ts'
import { showControl, showCriterion } from '../judging/show.ts'
import type { ActHandler } from '../signed-act.ts'
import { criteriaActs } from './acts.ts'
import { criteriaRoom } from './room.ts'

export type CriteriaCases = {
  readonly board: (asOf?: string) => Promise<Output<typeof getBoard>>
  readonly get: (criterion: string, asOf?: string) => Promise<Output<typeof getCriterion> | Refused>
  readonly include: (criterion: string, reason: string, by: string) => Promise<Handled | Refused>
  readonly acts: readonly ActHandler[]
}

/** The criteria, as they are met. Which of them do not apply is decided by signature. */
export function openCriteria(
  engine: Engine,
  { judging }: { readonly judging: JudgingCases },
): CriteriaCases {
  const room = engine.open(criteriaRoom)
  const { catalogue } = judging
  return {
    async board(asOf) {
      const judged = await judging.judge(await engine.views(asOf))
      const criteria = judged.criteria.filter(({ inScope }) => inScope)
      const adopted = judged.controls.filter(({ state }) => state === 'adopted')
      const shown = new Set(criteria.map(({ entry }) => entry.series))
      return {
        series: catalogue.series
          .filter(({ id }) => shown.has(id))
          .map(({ id, title }) => ({ id, title })),
        criteria: criteria.map(showCriterion),
        totals: tallyOf(criteria.map(({ status }) => status)),
        controls: tallyOf(adopted.map(({ status }) => status)),
        exceptions: countStates(judged.exceptions),
        size: judged.size,
      }
    },
    async get(id, asOf) {
      const judged = await judging.judge(await engine.views(asOf))
      const criterion = judged.criteria.find(({ entry }) => entry.id === id)
      if (criterion === undefined) return refuse('criterion-unknown', id)
      const adopted = new Set(
        judged.controls.filter(({ state }) => state === 'adopted').map((control) => control.id),
      )
      const { entry, unproven, inScope, exclusion } = criterion
      return {
        ...showCriterion(criterion),
        guidance: entry.guidance,
        unproven,
        inScope,
        controlRows: judged.controls
          .filter((control) => criterion.controls.includes(control.id))
          .map(showControl),
        suggestions: catalogue.controls
          .filter((control) => !adopted.has(control.id))
          .filter(({ mappings }) => mappings.some((to) => to.framework === 'soc2' && to.id === id))
          .map((control) => ({ id: control.id, title: control.title })),
        exclusion,
      }
    },
    include: (criterion, reason, by) => room.handle({ type: 'include', criterion, reason }, { by }),
    acts: criteriaActs(room),
  }
}
