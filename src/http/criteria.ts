import type { ControlsCases } from '../app/controls/open.ts'
import type { CriteriaCases } from '../app/criteria/open.ts'
import type { Handled } from '../app/engine/engine.ts'
import type { ExceptionsCases } from '../app/exceptions/open.ts'
import type { JudgingCases } from '../app/judging/open.ts'
import {
  addControl,
  adoptControls,
  answerException,
  assignOwner,
  editControl,
  getBoard,
  getCheck,
  getControl,
  getCriterion,
  getException,
  getTrend,
  includeCriterion,
  listChecks,
  listControls,
  listExceptions,
  listLibrary,
  retireControl,
  runChecks,
} from '../contract/criteria.ts'
import { isRefused, type Refused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function criteriaHandlers(cases: {
  readonly criteria: CriteriaCases
  readonly controls: ControlsCases
  readonly exceptions: ExceptionsCases
  readonly judging: JudgingCases
}): readonly Handler[] {
  const { criteria, judging } = cases
  return [
    handler(getBoard, ({ query }) => criteria.board(query.asOf)),
    handler(getCriterion, ({ params, query }) => criteria.get(params.criterion, query.asOf)),
    handler(includeCriterion, async ({ params, body }, caller) =>
      shown(await criteria.include(params.criterion, body.reason, personOf(caller))),
    ),
    handler(getTrend, ({ query }) => judging.trend(query.asOf)),
    handler(listChecks, ({ query }) => judging.listChecks(query.asOf)),
    handler(getCheck, ({ params, query }) => judging.getCheck(params.check, query.asOf)),
    handler(runChecks, (_, caller) => judging.run(personOf(caller))),
    ...controlsHandlers(cases.controls),
    ...exceptionsHandlers(cases.exceptions),
  ]
}

function controlsHandlers(controls: ControlsCases): readonly Handler[] {
  return [
    handler(listControls, ({ query }) => controls.list(query.asOf)),
    handler(getControl, ({ params, query }) => controls.get(params.control, query.asOf)),
    handler(listLibrary, () => controls.library()),
    handler(adoptControls, async ({ body }, caller) =>
      shown(await controls.adopt(body.controls, personOf(caller))),
    ),
    handler(addControl, async ({ body }, caller) =>
      shown(await controls.add(body, personOf(caller))),
    ),
    handler(editControl, async ({ params, body }, caller) =>
      shown(await controls.edit(params.control, body, personOf(caller))),
    ),
    handler(retireControl, async ({ params, body }, caller) =>
      shown(await controls.retire(params.control, body.reason, personOf(caller))),
    ),
    handler(assignOwner, async ({ params, body }, caller) =>
      shown(await controls.assignOwner(params.control, body.person, personOf(caller))),
    ),
  ]
}

function exceptionsHandlers(exceptions: ExceptionsCases): readonly Handler[] {
  return [
    handler(listExceptions, ({ query }) => exceptions.list(query)),
    handler(getException, ({ params, query }) => exceptions.get(params.exception, query.asOf)),
    handler(answerException, async ({ params, body }, caller) =>
      shown(await exceptions.answer(params.exception, body, personOf(caller))),
    ),
  ]
}

function shown(done: Handled | Refused): { seq: number | null } | Refused {
  return isRefused(done) ? done : { seq: done.last }
}
